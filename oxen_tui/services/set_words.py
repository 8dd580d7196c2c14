"""What is set for a conversation, in a few words for the line under the composer."""

from __future__ import annotations

import json

from oxen_tui.safe_text import clean_line
from oxen_tui.store.conversation_settings import ConversationSettings

_LONGEST_VALUE = 24
_MOST = 3
"""Parameters that are named with their values; of more, how many."""


def set_words(settings: ConversationSettings, system_prompt: str = "") -> str:
    """`temperature 0.2 · system prompt · schema: invoice`; empty where nothing is set. Tools are told elsewhere."""
    parameters = settings.parameters
    parts = [clean_line(f"{name} {_value(value)}", _LONGEST_VALUE + 16) for name, value in parameters.items()]
    if len(parts) > _MOST:
        parts = [f"{len(parts)} parameters"]
    if system_prompt:
        parts.append("system prompt")
    if settings.schema is not None:
        parts.append(f"schema: {clean_line(settings.schema_name, _LONGEST_VALUE) or 'unnamed'}")
    return " · ".join(parts)


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
