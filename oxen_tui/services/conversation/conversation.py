"""Talking to a model: questions are stored, sent and answered, and nothing that came is lost.

An answer that ends in calls of tools is gone on from (`conversation_rounds`) until the model answers in words.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from oxen_tui.api.chat import ChatRequest
from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean
from oxen_tui.services.conversation.answer_stream import ClientProvider
from oxen_tui.services.conversation.answer_writing import AnswerWriter
from oxen_tui.services.conversation.events import AnswerEnded, ConversationEvent, QuestionStored
from oxen_tui.services.conversation.history import open_round
from oxen_tui.services.conversation.rounds import Rounds
from oxen_tui.services.conversation.wishes import Wishes
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from oxen_tui.services.tools.tool import Asker, Toolbox


class ConversationService:
    """Asks models and keeps what they answer.

    `ask`, `regenerate`, `continue_answer` and `edit` are generators of events. However one is left (to its end,
    closed, cancelled), the connection is closed and what came is stored. Wrap them in `contextlib.aclosing`, so that
    a listener that fails in mid-answer leaves it at once and not when memory is tidied.

    What was set for a conversation holds for all of them; `settings` takes its place for one question, `parameters`
    are added to it.
    """

    def __init__(
        self,
        store: Store,
        client: ClientProvider,
        *,
        model: Callable[[str], Model | None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tools: Callable[[], Toolbox] | None = None,
    ) -> None:
        """
        Args:
            store: Where conversations are kept.
            client: Gives the client of the moment; called for every request, so a new key counts from the next.
            model: What is known of a model by its id, for its price.
            monotonic: A clock in seconds.
            sleep: Waits for some seconds.
            tools: Gives the tools, a `services.tools.Toolbox`; called when the first are needed.
        """
        self._store = store
        self._wishes = Wishes(store, tools, model)
        self._writer = AnswerWriter(store, client, model, monotonic, sleep)
        self._rounds = Rounds(store, self._wishes, self._writer, tools, monotonic)

    async def ask(
        self,
        conversation_id: int,
        text: str,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        parent_id: int | None = None,
        attachments: Sequence[Attachment] = (),
        *,
        settings: ConversationSettings | None = None,
        waiting: str = "",
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Asks a question at the end of a conversation, or under `parent_id`.

        The conversation's draft is cleared; where the question waited (`waiting` is its id then), it waits no longer,
        and the draft stays.

        Raises:
            NotWaiting: It does not wait any more; nothing was sent.
            StoreError: The question could not be stored; nothing was sent.
            AttachmentGone: Something that is to be sent cannot be read. The question is stored.
        """
        if parent_id is None:
            parent_id = (await self._store.conversations.get(conversation_id)).leaf_id
        question = await self._store.messages.add_question(
            conversation_id,
            clean(text),
            model,
            parent_id,
            attachments=attachments,
            clear_draft=not waiting,
            waiting=waiting,
        )
        yield QuestionStored(question)
        async with aclosing(self._rounds.answer(question, model, parameters, settings)) as events:
            async for event in events:
                yield event

    async def edit(
        self,
        message_id: int,
        text: str,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        attachments: Sequence[Attachment] | None = None,
        *,
        settings: ConversationSettings | None = None,
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Asks a question differently, beside the old one; with what that carried where nothing else is said.

        Raises:
            StoreError: The question could not be stored; nothing was sent.
        """
        old = await self._store.messages.message(message_id)
        carried = old.attachments if attachments is None else attachments
        question = await self._store.messages.add_question(
            old.conversation_id, clean(text), model, old.parent_id, attachments=carried
        )
        yield QuestionStored(question)
        async with aclosing(self._rounds.answer(question, model, parameters, settings)) as events:
            async for event in events:
                yield event

    async def regenerate(
        self,
        message_id: int,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        settings: ConversationSettings | None = None,
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Answers once more: a new answer beside the old one, or to a message that has none.

        Args:
            message_id: The answer, or the question, or the last result of the tools that an answer called.
            model: Which model to ask this time.
            parameters: Beside those of the conversation as they are now.
            settings: In place of the conversation's, for this answer. The conversation keeps its model then too.

        Raises:
            StoreError: The answer got no place; nothing was sent.
        """
        before = await self._store.messages.message(message_id)
        if before.role == "assistant" and before.parent_id is not None:
            before = await self._store.messages.message(before.parent_id)
        async with aclosing(self._rounds.answer(before, model, parameters, settings)) as events:
            async for event in events:
                yield event

    async def continue_answer(self, message_id: int) -> AsyncGenerator[ConversationEvent, None]:
        """Has the same model go on with an unfinished answer (`Message.may_continue`), in the same message.

        An answer that called tools and was not gone on from has its calls run, as far as they have no results, and
        is followed by the next. Nothing happens to one that was.

        Raises:
            StillAnswering: It is being written.
            StoreError: Nothing was sent.
        """
        await self.save_unsaved()
        path = await self._path_to(message_id)
        ended = path[-1]
        results: Sequence[Message] = ()
        if ended.ending is Ending.TOOL_CALLS:
            waiting = open_round(await self.path(ended.conversation_id))
            if waiting is None or waiting[0].id != message_id:
                return
            results = waiting[1]
        else:
            wish = await self._wishes.wish(path, ended.model, ended.parameters)
            # Last: from here on the row streams, and nothing may be waited for outside of what ends it.
            answer = await self._writer.opened(self._store.answers.resume(message_id))
            async with aclosing(self._writer.write(answer, wish)) as events:
                async for event in events:
                    ended = event.message if isinstance(event, AnswerEnded) else ended
                    yield event
        async with aclosing(self._rounds.go_on(ended, results)) as events:
            async for event in events:
                yield event

    async def request_for(
        self, message_id: int, model: str, settings: ConversationSettings | None = None
    ) -> ChatRequest:
        """The request that asking (again) at this question or tool result would send.

        Raises:
            AttachmentGone: See `ask`.
        """
        return (await self._wishes.wish(await self._path_to(message_id), model, {}, settings)).request()

    def stop(self, message_id: int) -> bool:
        """Ends an answer or the tools that it called now: the generator ends soon. False: neither is running."""
        return self._writer.stop(message_id) or self._rounds.stop(message_id)

    def ask_with(self, asker: Asker) -> None:
        """From now on, this asks the user about calls of tools. Without anybody who asks they are refused."""
        self._rounds.asker = asker

    async def path(self, conversation_id: int, last: int | None = None) -> list[Message]:
        """What a conversation shows, or its `last` messages, with all that came of running answers, saved or not."""
        return self._writer.with_memory(await self._store.messages.path(conversation_id, last))

    async def save_unsaved(self) -> bool:
        """Tries again to save answers whose end could not be saved. Whether all are saved now."""
        return await self._writer.save_unsaved()

    async def interrupt(self) -> None:
        """Stores what still runs as cut off: the program is being ended from outside, not by its user."""
        self._rounds.stop_all()
        await self._writer.interrupt()

    async def close(self) -> None:
        """Stores what still runs, as stopped. Call it before the store is closed."""
        await self._rounds.close()
        await self._writer.close()

    async def _path_to(self, message_id: int) -> list[Message]:
        return self._writer.with_memory(await self._store.messages.path_to(message_id))
