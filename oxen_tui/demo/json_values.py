"""Reading JSON that a stranger sent: what is there if it has the right type, else the default.

The border of the demo service has the type `Json` and nothing wider; these few functions narrow it.
"""

from __future__ import annotations

from collections.abc import Mapping

Json = dict[str, object]
"""A decoded JSON object whose values nobody has looked at yet."""


def text(value: object, default: str = "") -> str:
    """The value if it is a string, else the default."""
    return value if isinstance(value, str) else default


def table(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> list[object]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def tables(value: object) -> list[Json]:
    """The objects in an array; everything else in it is left out."""
    return [row for row in rows(value) if isinstance(row, dict)]


def is_number(value: object) -> bool:
    """Whether JSON would call it a number: Python's True and False are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value: object, default: float) -> float:
    """The value as a float if it is a number or a string that reads as one, else the default."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return default
    return default


def maybe_number(values: Mapping[str, object], key: str) -> float | None:
    """The number under a key, None if there is none (JSON null, another type, no such key)."""
    value = values.get(key)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def is_whole(value: object) -> bool:
    """Whether JSON Schema would call it an integer: 5 and 5.0, never true."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, float) and value.is_integer()
    )
