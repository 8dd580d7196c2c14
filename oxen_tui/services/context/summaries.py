"""Summaries that conversations go on from: what they cost, and conversations that begin with one.

The summary is the first answer of a conversation of its own, so it is streamed, stopped, asked for again and paid for
as every answer is. What it is a summary of is sent before its question (`conversation.wishes`), whatever happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from oxen_tui.services.context.sent_path import newest_that_fit
from oxen_tui.services.context.use import message_tokens
from oxen_tui.services.price.pricing import chat_cost
from oxen_tui.store.message import Message

if TYPE_CHECKING:
    from oxen_tui.api.model import Model
    from oxen_tui.store.store import Store

_FOR_THE_ANSWER: Final = 0.2
"""Of the model's context, kept free for the summary and its question."""
_MOST_WRITTEN: Final = 1_200
"""Tokens that a summary is taken to have where it is priced."""


@dataclass(frozen=True, slots=True)
class SummaryPlan:
    """What asking for a summary comes to. Estimates."""

    model: str
    sent: int
    """Tokens."""
    dollars: float | None
    """None is unknown."""
    too_old: int
    """Messages at the beginning that do not fit into the model's context."""


def room_for(path: Sequence[Message], context: int | None) -> tuple[Sequence[Message], int]:
    """What of a path can be told a model at once, and how many messages before that cannot.

    Args:
        path: From the first message.
        context: Tokens that the model takes; None where that is not known.
    """
    room = None if context is None else int(context * (1 - _FOR_THE_ANSWER))
    return newest_that_fit(path, room, message_tokens)


def plan_summary(path: Sequence[Message], model_id: str, model: Model | None) -> SummaryPlan:
    """What asking this model for a summary of a path comes to."""
    told, too_old = room_for(path, model.context_length if model is not None else None)
    sent = sum(map(message_tokens, told))
    usage = next((message.usage for message in reversed(path) if message.usage is not None), None)
    if usage is not None and usage.total_tokens is not None and not too_old:
        sent = max(sent, usage.total_tokens)  # the server can count
    written = min(_MOST_WRITTEN, max(100, sent // 3))
    dollars = chat_cost(model.pricing if model is not None else None, sent, written)
    return SummaryPlan(model_id, sent, dollars, too_old)


async def begin_from_summary(store: Store, leaf: Message, model: str) -> tuple[int, str]:
    """A conversation that is to begin with a summary of what leads to a message. The other stays as it is.

    Returns:
        Its id, and the title of the one it is about.

    Raises:
        StoreError: Nothing was made.
    """
    from oxen_tui.store.whole_conversations import NewConversation

    old = await store.conversations.get(leaf.conversation_id)
    settings = replace(old.settings, left_out=None)
    new = NewConversation(
        (),
        None,
        f"Summary of {old.title or 'a conversation'}",
        model,
        old.system_prompt,
        settings,
        forked_from=leaf.id,
    )
    return await store.whole.add(new), old.title
