"""What was used: tokens and money, of a conversation, this session and today; and when a context is nearly full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from oxen_tui.store.store import Store
from oxen_tui.store.usage import Used

NEARLY_FULL = 0.85
"""Of a model's context, from which on a warning is given."""
_CHARACTERS_A_TOKEN = 4
_WAYS_OUT = "/fork, /new or delete a message"


@dataclass(frozen=True, slots=True)
class UsageSection:
    """A part of the account."""

    title: str
    models: tuple[Used, ...]
    """The dearest first."""
    total: Used


async def usage_report(store: Store, conversation_id: int | None, now: datetime) -> tuple[UsageSection, ...]:
    """The account of the conversation on screen (if there is one), of this session and of today.

    Args:
        store: Where answers and jobs are written down.
        conversation_id: The one on screen.
        now: The moment, in the time zone whose day is meant.

    Raises:
        StoreError: It cannot be read.
    """
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    parts = [("This session", await store.usage.of_session()), ("Today", await store.usage.since(today))]
    if conversation_id is not None:
        parts.insert(0, ("This conversation", await store.usage.of_conversation(conversation_id)))
    return tuple(UsageSection(title, tuple(used), sum(used, Used())) for title, used in parts)


def context_warning(used: int | None, length: int | None, draft: int = 0) -> str:
    """What to say before a conversation overflows its model's context, with the ways out; "" while there is room.

    Args:
        used: Tokens of the conversation, as the last answer counted them.
        length: Tokens that the model takes.
        draft: Characters of the question that is being written.
    """
    if not used or not length:
        return ""
    if used + draft / _CHARACTERS_A_TOKEN >= length:
        return f"the next question may not fit: {_WAYS_OUT}"
    if used > NEARLY_FULL * length:
        return f"context {100 * used // length}% full: {_WAYS_OUT}"
    return ""
