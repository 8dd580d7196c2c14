"""Messages for tests that need no store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from oxen_tui.store.message import Ending, Message

BEGAN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def message(number: int, role: str, text: str, **more: Any) -> Message:
    """One of a path: a minute after the one before, which it follows."""
    known: dict[str, Any] = {
        "id": number,
        "conversation_id": 1,
        "parent_id": number - 1 or None,
        "role": role,
        "text": text,
        "reasoning": "",
        "reasoning_seconds": None,
        "tool_calls": (),
        "model": "m",
        "ending": Ending.DONE,
        "trouble": "",
        "created_at": BEGAN + timedelta(minutes=number),
        "seconds": None,
        "first_token_seconds": None,
        "usage": None,
        "cost": None,
        "sibling": 1,
        "siblings": 1,
    }
    return Message(**{**known, **more})
