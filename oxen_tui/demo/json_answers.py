"""Values that fit a JSON Schema, made from a question: for `response_format` and for the arguments of tool calls."""

from __future__ import annotations

import json
import re

from .json_values import Json, number, rows, table, text

FORMATS = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T14:02:00Z",
    "time": "14:02:00",
    "email": "ada@example.org",
    "uri": "https://example.org/made-up",
    "uuid": "5d1c6c7e-0d5b-4a55-9a51-0c6b7a2f9f10",
}
MOST_ITEMS = 2_000
"""Of an array, however many are asked for."""
DEEPEST = 12
"""Levels of `$ref` and nesting that are followed; a schema may point at itself."""


def fitting(schema: Json, about: str, name: str = "", root: Json | None = None, depth: int = 0) -> object:
    """A value for a schema.

    Args:
        about: The question; words and numbers in it are used where they suit.
        name: The field's name, which tells what kind of text suits.
        root: The whole schema, for `$ref`.
    """
    root = schema if root is None else root
    if depth > DEEPEST:
        return None
    reference = text(schema.get("$ref"))
    if reference.startswith("#/"):
        target: object = root
        for part in reference[2:].split("/"):
            target = table(target).get(part)
        return fitting(table(target), about, name, root, depth + 1)
    if "const" in schema:
        return schema["const"]
    choices = rows(schema.get("enum"))
    if choices:
        words = about.lower()
        return next((choice for choice in choices if isinstance(choice, str) and choice.lower() in words), choices[0])
    for several in ("anyOf", "oneOf", "allOf"):
        options = [option for option in rows(schema.get(several)) if isinstance(option, dict)]
        if options:
            return fitting(options[0], about, name, root, depth + 1)
    if schema.get("default") is not None:
        return schema["default"]
    kinds = rows(schema.get("type")) or [schema.get("type")]
    match text(next((kind for kind in kinds if kind != "null"), "null")) or _guessed(schema):
        case "object":
            return _object(schema, about, root, depth)
        case "array":
            return _array(schema, about, name, root, depth)
        case "integer":
            return int(_number(schema, about, 3))
        case "number":
            return float(_number(schema, about, 0.5))
        case "boolean":
            return True
        case "null":
            return None
    return _text(schema, about, name)


def _guessed(schema: Json) -> str:
    return "object" if "properties" in schema else "array" if "items" in schema else "string"


def _object(schema: Json, about: str, root: Json, depth: int) -> Json:
    fields = table(schema.get("properties"))
    needed = rows(schema.get("required"))
    deep = depth > 4
    return {
        name: fitting(table(field), about, name, root, depth + 1)
        for name, field in fields.items()
        if name in needed or not deep
    }


def _array(schema: Json, about: str, name: str, root: Json, depth: int) -> list[object]:
    """As many as were asked for (`40 items`) where the schema leaves that open; no two alike where texts are free."""
    said = re.search(r"(\d[\d,]*)\s+(?:items|entries|rows|lines|points)\b", about)
    wanted = int(said[1].replace(",", "")[:6]) if said and depth < 3 else 2
    least, most = number(schema.get("minItems"), 0), number(schema.get("maxItems"), MOST_ITEMS)
    count = int(max(min(wanted, most, MOST_ITEMS), min(least, 50), 0))
    item = table(schema.get("items"))
    made = [fitting(item, about, name, root, depth + 1) for _ in range(count)]
    return [_told_apart(value, item, place) for place, value in enumerate(made)]


def _told_apart(value: object, schema: Json, place: int) -> object:
    """The same with a number behind its texts, where nothing speaks against that."""
    if isinstance(value, dict):
        fields = table(schema.get("properties"))
        return {key: _told_apart(each, table(fields.get(key)), place) for key, each in value.items()}
    free = not schema.keys() & {"enum", "const", "format", "pattern", "maxLength", "default", "$ref"}
    return f"{value} {place + 1}" if isinstance(value, str) and free and schema.get("type") == "string" else value


def _number(schema: Json, about: str, default: float) -> float:
    said = re.search(r"-?\d+(?:\.\d+)?", about)
    value = float(said[0]) if said else default
    low = number(schema.get("minimum"), number(schema.get("exclusiveMinimum"), -1e9) + 1e-9)
    high = number(schema.get("maximum"), number(schema.get("exclusiveMaximum"), 1e9) - 1e-9)
    value = min(max(value, low), max(low, high))
    step = number(schema.get("multipleOf"), 0)
    if step > 0:
        value = round(value / step) * step
    return round(value, 6)


def _text(schema: Json, about: str, name: str) -> str:
    form = text(schema.get("format"))
    if form in FORMATS:
        return FORMATS[form]
    words = " ".join(about.split())
    lowered = name.lower()
    place = re.search(r"\b(?:in|from|to|at|near)\s+([A-Z][\w-]+)", words)
    if place and any(part in lowered for part in ("city", "place", "location", "country")):
        value = place[1]
        return _sized(schema, value)
    if any(part in lowered for part in ("city", "place", "location", "country", "name", "who", "author")):
        # A capital inside the question is most likely the thing that was asked about.
        proper = re.findall(r"(?<=\s)[A-Z][\w-]+(?:\s[A-Z][\w-]+)*", words)
        value = proper[0] if proper else "Harbour"
    elif any(part in lowered for part in ("title", "subject", "heading")):
        value = words[:40].rstrip(" ?.!,").capitalize() or "Untitled"
    else:
        value = words or "made up by the demo service"
    return _sized(schema, value)


def _sized(schema: Json, value: str) -> str:
    most, least = int(number(schema.get("maxLength"), 400)), int(number(schema.get("minLength"), 0))
    return value[: max(0, most)].ljust(min(least, 1000), ".")


def _spoiled(value: object) -> object:
    """The same with mistakes, to see what becomes of them: a field too few, one too many, one of another kind."""
    if isinstance(value, list):
        return [*map(_spoiled, value[:1]), *value[1:]]
    if not isinstance(value, dict) or not value:
        return {"made_up": value}
    first, *others = value
    kept = {first: [value[first]], **{key: value[key] for key in others[:-1]}}
    inner = next((key for key in others[:-1] if isinstance(value[key], dict | list) and value[key]), "")
    return {**kept, **({inner: _spoiled(value[inner])} if inner else {}), "made_up": True}


def json_text(form: Json, about: str) -> str:
    """The answer to a request with `response_format`: JSON and nothing around it."""
    schema = table(table(form.get("json_schema")).get("schema"))
    if form.get("type") == "json_schema" and schema:
        value = fitting(schema, about)
        if re.search(r"\b(invalid|wrong|broken)\b", about, re.IGNORECASE):
            value = _spoiled(value)
        return json.dumps(value, ensure_ascii=False, indent=2)
    return json.dumps(
        {
            "answer": f"A made-up answer to: {' '.join(about.split())[:200]}",
            "made_up": True,
            "points": ["what it is", "why it matters", "what to try next"],
            "confidence": 0.5,
        },
        ensure_ascii=False,
        indent=2,
    )
