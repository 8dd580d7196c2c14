"""What was used: tokens and money of a conversation, of this session and of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from oxen_tui.store.store import Store
from oxen_tui.store.usage import Used


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
