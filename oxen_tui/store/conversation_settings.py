"""What holds for every question of a conversation, beside its system prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ConversationSettings:
    """Chosen by the user, or by a preset."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Of contract section 3, only what was set: `temperature`, `max_tokens`, ..."""
    tools: tuple[str, ...] = ()
    """Names of the tools that the model may call."""
    schema: Mapping[str, Any] | None = None
    """The JSON Schema that answers are to follow."""
    schema_name: str = ""
    preset: str = ""
    """The name of the preset it was begun with."""
    left_out: int | None = None
    """The message up to which nothing is sent, itself included, where it stands on the path. None sends all."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is set."""
        return self == ConversationSettings()


def settings_from(written: str | None) -> ConversationSettings:
    """The column of settings. Keys of a newer version are left out."""
    if not written:
        return ConversationSettings()
    stored: dict[str, Any] = json.loads(written)
    known = {key: value for key, value in stored.items() if key in ConversationSettings.__slots__}
    return ConversationSettings(**{**known, "tools": tuple(known.get("tools", ()))})


def written_settings(settings: ConversationSettings) -> str | None:
    """The same the other way."""
    return None if settings.is_plain else json.dumps(asdict(settings), ensure_ascii=False)
