"""A call of a tool that a model wants made (contract section 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from oxen_tui.api.json_values import mapping, name, text


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call the model wants made."""

    id: str
    name: str
    arguments: str
    """JSON text as the model wrote it, which may not parse."""

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "type": "function", "function": {"name": self.name, "arguments": self.arguments}}

    @classmethod
    def from_json(cls, value: Any) -> ToolCall:
        call = mapping(value)
        function = mapping(call.get("function"))
        return cls(name(call.get("id")), name(function.get("name")), arguments_text(function.get("arguments")))


def arguments_text(value: Any) -> str:
    """The arguments of a tool call as JSON text; some servers send them parsed."""
    return text(value) if isinstance(value, str) else text(json.dumps(value)) if isinstance(value, dict) else ""
