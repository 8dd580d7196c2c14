"""Whether a JSON Schema can be followed strictly, by the rules that providers of strict answers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_KNOWN: Final = frozenset(
    {
        *("type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref"),
        *("$defs", "definitions", "title", "description", "pattern", "format", "multipleOf", "minimum", "maximum"),
        *("exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "$schema", "$id", "$comment"),
    }
)
_DEEPEST: Final = 10
"""Levels of nesting that strict answers may have."""
_MOST_PROPERTIES: Final = 1000


def allows_strict(schema: Mapping[str, Any]) -> bool:
    """Whether it is an object that names all it may hold, requires all of it, and uses plain keywords only."""
    if schema.get("type") != "object" or "anyOf" in schema:
        return False
    return _Look().fits(schema, 0)


class _Look:
    def __init__(self) -> None:
        self._properties = 0

    def fits(self, schema: object, depth: int) -> bool:
        if not isinstance(schema, Mapping) or depth > _DEEPEST or not schema.keys() <= _KNOWN:
            return False
        kinds = schema.get("type")
        is_object = kinds == "object" or (isinstance(kinds, list) and "object" in kinds) or "properties" in schema
        if is_object and not self._closed(schema):
            return False
        below = [
            *_values(schema.get("properties")),
            *_values(schema.get("$defs")),
            *_values(schema.get("definitions")),
            *(schema["anyOf"] if isinstance(schema.get("anyOf"), list) else ()),
            *((schema["items"],) if "items" in schema else ()),
        ]
        return all(self.fits(each, depth + 1) for each in below)

    def _closed(self, schema: Mapping[str, Any]) -> bool:
        properties, required = schema.get("properties"), schema.get("required")
        if not isinstance(properties, Mapping) or not isinstance(required, list):
            return False
        self._properties += len(properties)
        return (
            schema.get("additionalProperties") is False
            and set(properties) == {name for name in required if isinstance(name, str)}
            and self._properties <= _MOST_PROPERTIES
        )


def _values(table: object) -> list[Any]:
    return list(table.values()) if isinstance(table, Mapping) else []
