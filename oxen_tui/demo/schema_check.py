"""Checks a request against a model's schema, in the dialect of contract section 10.

The real service does this after the enqueue, in the provider: a bad value becomes a row that failed. So does ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from .json_values import Json, is_number, is_whole, number, rows, table, tables, text


def problems(schema: Json, request: Json) -> list[str]:
    """What is wrong with a request, in sentences; empty if nothing is. Unknown fields are let through."""
    found = list(_object(schema, request, ""))
    if "multi_prompt" in table(schema.get("properties")):
        found += _shots(request)
    return found


def _object(schema: Json, value: Json, where: str) -> Iterator[str]:
    for name in rows(schema.get("required")):
        given = value.get(text(name))
        if given is None or given in ("", []):
            yield f"{where}{name} is required"
    for name, field in table(schema.get("properties")).items():
        if value.get(name) is not None:
            yield from _value(table(field), value[name], f"{where}{name}")


def _value(field: Json, value: object, where: str) -> Iterator[str]:
    kinds = [text(kind) for kind in rows(field.get("type"))] or [text(field.get("type"))]
    if kinds != [""] and not any(_is(kind, value) for kind in kinds):
        yield f"{where} must be {' or '.join(kinds)}"
        return
    choices = rows(field.get("enum"))
    if choices and value not in choices:
        yield f"{where} must be one of {', '.join(str(choice) for choice in choices)}"
    if is_number(value):
        low, high = field.get("minimum"), field.get("maximum")
        if is_number(low) and number(value, 0) < number(low, 0):
            yield f"{where} must be {low} or more"
        if is_number(high) and number(value, 0) > number(high, 0):
            yield f"{where} must be {high} or less"
    if isinstance(value, str):
        limit = field.get("maxLength")
        if is_number(limit) and len(value) > number(limit, 0):
            yield f"{where} must have at most {limit} characters"
        if field.get("format") == "uri" and value and not value.startswith(("http://", "https://", "data:")):
            yield f"{where} must be an address or a data URL"
    if isinstance(value, list):
        limit = field.get("maxItems")
        if is_number(limit) and len(value) > number(limit, 0):
            yield f"{where} takes at most {limit} items"
        least = field.get("minItems")
        if is_number(least) and len(value) < number(least, 0):
            yield f"{where} needs at least {least} items"
        for index, item in enumerate(value):
            yield from _value(table(field.get("items")), item, f"{where}[{index}]")
    if isinstance(value, dict):
        yield from _object(field, value, f"{where}.")


def _is(kind: str, value: object) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return is_whole(value)
        case "number":
            return is_number(value)
        case "boolean":
            return isinstance(value, bool)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case "null":
            return value is None
    return True


def _shots(request: Json) -> Iterator[str]:
    """The rules of multi-shot models that no schema states (contract section 5)."""
    shots = tables(request.get("multi_prompt"))
    prompt = text(request.get("prompt"))
    if shots and prompt:
        yield "Cannot provide both 'prompt' and 'multi_prompt'."
    if not shots and not prompt:
        yield "Either 'prompt' or 'multi_prompt' must be provided."
    total = sum(number(shot.get("duration"), 5.0) for shot in shots)
    if shots and not 3 <= total <= 15:
        yield f"multi_prompt must last 3 to 15 seconds in total, not {total:g}"
    if request.get("tail_image_url") and not request.get("start_image_url"):
        yield "tail_image_url needs a start_image_url"
    pictures = len(rows(request.get("input_image"))) + len(tables(request.get("elements")))
    if pictures > 4:
        yield "elements and input_image together take at most 4 pictures"
