"""What is asked of a model: the path, what was set for the conversation, and the tools that are switched on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from oxen_tui.api.model import Model
from oxen_tui.services.context.sent_path import sent_part, told_message
from oxen_tui.services.conversation.answer_request import Wish
from oxen_tui.services.conversation.attachment_parts import parts_of
from oxen_tui.services.conversation.history import history, history_to_continue
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Message
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from oxen_tui.services.tools.tool import Toolbox


class Wishes:
    """Puts requests together."""

    def __init__(
        self, store: Store, tools: Callable[[], Toolbox] | None, model: Callable[[str], Model | None] = lambda _: None
    ) -> None:
        self._store = store
        self._tools = tools
        self._model = model

    async def settings(
        self, conversation_id: int, instead: ConversationSettings | None = None
    ) -> ConversationSettings:
        """What holds for a question: what is said for it, else what was set for its conversation."""
        return instead or (await self._store.conversations.get(conversation_id)).settings

    async def wish(
        self,
        path: Sequence[Message],
        model: str,
        parameters: Mapping[str, Any],
        instead: ConversationSettings | None = None,
    ) -> Wish:
        """What is to be asked at the end of a path, or to go on with the unfinished answer that it ends in.

        Args:
            path: From the first message.
            model: To be asked.
            parameters: Beside those that were set. Of an unfinished answer: all of them.
            instead: In place of what was set for the conversation.

        Raises:
            AttachmentGone: Something that is to be sent cannot be read.
            StoreError: The disk.
        """
        conversation = await self._store.conversations.get(path[-1].conversation_id)
        settings = instead or conversation.settings
        known = self._model(model)
        if (told := told_message(path)) is not None:
            from oxen_tui.services.context.summaries import room_for  # nearly no question needs it

            before = await self._store.messages.path_to(told)
            path = [*room_for(before, known.context_length if known is not None else None)[0], *path]
            settings = replace(settings, schema=None, tools=())
        else:
            path = sent_part(path, settings.left_out)
        parts = await parts_of(path, known.inputs if known is not None else ())
        if path[-1].role == "assistant":
            wish = Wish(model, history_to_continue(path, conversation.system_prompt, parts), parameters)
        else:
            wish = Wish(
                model,
                history(path, conversation.system_prompt, parts),
                {**settings.parameters, **parameters},
                schema=settings.schema,
                schema_name=settings.schema_name,
            )
        if self._tools is None:
            return wish
        if settings.tools and (tools := self._tools().definitions(settings.tools)):
            return replace(wish, tools=tools)
        called = list(dict.fromkeys(call.name for message in wish.messages for call in message.tool_calls))
        used = self._tools().definitions(called) if called else []
        return replace(wish, tools=used, tools_allowed=not used)
