"""What is set for a conversation, in a few words for the line under the composer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from oxen_tui.safe_text import clean_line
from oxen_tui.store.conversation_settings import ConversationSettings

_LONGEST_VALUE = 24
_MOST = 3
"""Parameters that are named with their values; of more, how many."""


def set_words(settings: ConversationSettings, system_prompt: str = "", *, with_schema: bool = True) -> str:
    """`temperature 0.2 · system prompt · schema: invoice`; empty where nothing is set. Tools are told elsewhere.

    Args:
        with_schema: False where it is told elsewhere too.
    """
    parts = [words] if (words := parameter_words(settings.parameters)) else []
    if system_prompt:
        parts.append("system prompt")
    if with_schema and settings.schema is not None:
        parts.append(f"schema: {clean_line(settings.schema_name, _LONGEST_VALUE) or 'unnamed'}")
    return " · ".join(parts)


def parameter_words(parameters: Mapping[str, Any]) -> str:
    """`temperature 0.2 · max_tokens 400`, or how many there are; empty for none. A schema is told elsewhere."""
    set_ones = {name: value for name, value in parameters.items() if name != "response_format" and value is not None}
    if len(set_ones) > _MOST:
        return f"{len(set_ones)} parameters"
    return " · ".join(clean_line(f"{name} {_value(value)}", _LONGEST_VALUE + 16) for name, value in set_ones.items())


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
