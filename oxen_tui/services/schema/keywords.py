"""The words of a request schema, and the shape in which each of them means something (contract section 10).

A word that comes in another shape (`properties` as a list, `enum` as a string) is not dropped: it is put aside with
the words nobody knows, and shown as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeGuard


def is_number(value: object) -> TypeGuard[int | float]:
    """A number to compare with: no truth value, not infinite."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def strings(value: object) -> tuple[str, ...]:
    """The strings of an array."""
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_limit(value: object) -> bool:
    return is_number(value) or isinstance(value, bool)  # older drafts say by a truth value that a limit is exclusive


def _is_step(value: object) -> bool:
    return is_number(value) and value > 0


def _is_count(value: object) -> bool:
    return is_number(value) and value >= 0 and value == int(value)


def _is_type(value: object) -> bool:
    return bool(value) and (isinstance(value, str) or _is_names(value))


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_values(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _is_schemas(value: object) -> bool:
    return _is_values(value) and all(isinstance(entry, Mapping) for entry in value)  # type: ignore[attr-defined]


def _is_references(value: object) -> bool:
    groups = value.get("groups") if is_mapping(value) else None
    return _is_schemas(groups) and all(
        _is_text(group.get("field")) and _is_text(group.get("pattern"))
        for group in groups  # type: ignore[attr-defined]
    )


def _is_anything(_value: object) -> bool:
    return True


_SHAPES: Mapping[str, Callable[[object], bool]] = {
    "type": _is_type,
    "title": _is_text,
    "description": _is_text,
    "default": _is_anything,
    "enum": _is_values,
    "const": _is_anything,
    "minimum": is_number,
    "maximum": is_number,
    "exclusiveMinimum": _is_limit,
    "exclusiveMaximum": _is_limit,
    "multipleOf": _is_step,
    "minLength": _is_count,
    "maxLength": _is_count,
    "minItems": _is_count,
    "maxItems": _is_count,
    "pattern": _is_text,
    "format": _is_text,
    "nullable": _is_truth,
    "properties": is_mapping,
    "required": _is_names,
    "items": is_mapping,
    "oneOf": _is_schemas,
    "anyOf": _is_schemas,
    "renderType": _is_text,
    "x-order": is_number,
    "x-hidden": _is_truth,
    "x-next-to": _is_text,
    "x-workbench-default": _is_anything,
    "x-media-references": _is_references,
}


def sorted_out(rule: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """The words that are understood, and all others with what stands in them."""
    known: dict[str, object] = {}
    additional: dict[str, object] = {}
    for key, value in rule.items():
        shape = _SHAPES.get(key)
        (known if shape is not None and shape(value) else additional)[key] = value
    return known, additional
