"""How a schema is said: in JSON Schema's own words for types, and numbers and values as they would be typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from oxen_tui.safe_text import clean_line
from oxen_tui.services.json_text import compact_json
from oxen_tui.services.schema.fields import NOTHING, Field
from oxen_tui.services.schema.media import MediaKind

_LIKE_ANOTHER_VALUE = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?|true|false|null|[\[{\"].*")
"""Strings that would read as something else without quotes: a duration of "8" is not one of 8."""

_MOST_FORMS = 4
"""Forms of a union that are named with its type; all of them follow below it."""

_DEEPEST_LIST = 3

_PLURALS = {
    MediaKind.IMAGE: "images",
    MediaKind.VIDEO: "videos",
    MediaKind.AUDIO: "audio clips",
    MediaKind.MASK: "masks",
}


def value_text(value: object) -> str:
    """A value in one line: strings bare where that cannot mislead, else everything as JSON."""
    if not isinstance(value, str):
        return compact_json(value)
    if not value or value != value.strip() or not _one_line(value) or _LIKE_ANOTHER_VALUE.fullmatch(value):
        return compact_json(value)
    return value if value.isascii() and value.isprintable() else clean_line(value, len(value) + 1)


def number_text(number: float) -> str:
    """As it would be typed: no grouping, because it is typed."""
    return json.dumps(number)


def type_words(field: Field, depth: int = 0) -> str:
    """`string`, `enum`, `array of uri`, `integer | string`, `any`; a type nobody knows as it is."""
    if field.enum:
        kinds = {_kind(value) for value in field.enum}
        return f"{kinds.pop()} enum" if len(kinds) == 1 and kinds != {"string"} else "enum"
    if field.const is not NOTHING:
        return "const"
    if field.variants:
        named = list(dict.fromkeys(type_words(form, depth + 1) for form in field.variants[:_MOST_FORMS]))
        return " | ".join([*named, "…"] if len(field.variants) > _MOST_FORMS else named)
    if field.types:
        return " | ".join(_type_word(field, kind, depth) for kind in field.types)
    if field.fields:
        return "object"
    if field.items is not None:
        return _type_word(field, "array", depth)
    return "uri" if field.format in ("uri", "url") else "any"


def media_words(field: Field) -> str:
    """`image`, `images`, `mask`; "" for what takes no media."""
    if field.media is None:
        return ""
    several = _PLURALS[field.media.kind]
    return several if field.media.many else field.media.kind.value


def limit_words(field: Field) -> Iterator[str]:
    """Everything that a value must keep to: range, length, number, step, pattern, format."""
    if words := range_words(field):
        yield words
    if words := _counted(field.min_length, field.max_length, "character"):
        yield words
    if words := _counted(field.min_items, field.max_items, "item"):
        yield words
    if field.step is not None:
        yield f"in steps of {number_text(field.step)}"
    if field.pattern:
        yield f"pattern {clean_line(field.pattern, 1000)}"
    if field.format and field.format not in ("uri", "url"):
        yield f"format {clean_line(field.format, 100)}"


def range_words(field: Field) -> str:
    """`4 … 12`, `≥ 4`, `≤ 12`, `above 0 … below 1`; "" without limits."""
    if field.minimum is not None:
        low = number_text(field.minimum)
    else:
        low = "" if field.exclusive_minimum is None else f"above {number_text(field.exclusive_minimum)}"
    if field.maximum is not None:
        high = number_text(field.maximum)
    else:
        high = "" if field.exclusive_maximum is None else f"below {number_text(field.exclusive_maximum)}"
    both = f" and {_also_exclusive(field)}" if _also_exclusive(field) else ""
    if low and high:
        return f"{low} … {high}{both}"
    if low:
        return f"{low if field.minimum is None else f'≥ {low}'}{both}"
    return f"{high if field.maximum is None else f'≤ {high}'}{both}" if high else ""


def _also_exclusive(field: Field) -> str:
    """Exclusive limits beside inclusive ones: odd, but said."""
    said = []
    if field.minimum is not None and field.exclusive_minimum is not None:
        said.append(f"above {number_text(field.exclusive_minimum)}")
    if field.maximum is not None and field.exclusive_maximum is not None:
        said.append(f"below {number_text(field.exclusive_maximum)}")
    return ", ".join(said)


def _counted(low: int | None, high: int | None, unit: str) -> str:
    units = f"{unit}s"
    if low is not None and high is not None:
        return f"{high:,} {unit if high == 1 else units}" if low == high else f"{low:,} … {high:,} {units}"
    if high is not None:
        return f"≤ {high:,} {unit if high == 1 else units}"
    return "" if low is None else f"≥ {low:,} {unit if low == 1 else units}"


def _type_word(field: Field, kind: str, depth: int) -> str:
    if kind == "string" and field.format in ("uri", "url"):
        return "uri"
    if kind != "array":
        return clean_line(kind, 60)
    if field.items is None or depth >= _DEEPEST_LIST:
        return "array"
    return f"array of {type_words(field.items, depth + 1)}"


def _one_line(value: str) -> bool:
    return "\n" not in value and "\r" not in value and "\t" not in value


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else "array" if isinstance(value, list) else "object"
