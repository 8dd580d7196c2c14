"""Example bodies for a model: the least it takes, and everything a form would show.

They are valid by the model's own schema as far as that can be made sure without running its patterns, which are
foreign. The samples are ours; addresses stand for files of the reader's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.keywords import is_mapping
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema
from oxen_tui.services.schema.statement import Nothing

_PROMPT = "A lighthouse at dusk, the beam sweeps over a quiet sea"
_QUESTION = "Why do lighthouses flash?"
_SYSTEM = "Answer in two sentences."
_ADDRESSES = {
    MediaKind.IMAGE: ("https://example.com/picture", ".png"),
    MediaKind.MASK: ("https://example.com/mask", ".png"),
    MediaKind.VIDEO: ("https://example.com/clip", ".mp4"),
    MediaKind.AUDIO: ("https://example.com/voice", ".mp3"),
}
_MOST_ENTRIES = 20
"""Entries that a sample list is filled up to, however many the schema wants."""

_DEEPEST = 8
"""Levels of optional fields that a full body goes down."""


def minimal_body(model: Model, schema: RequestSchema | None = None) -> dict[str, object]:
    """Only what is required, without `model`; a prompt where nothing is (some take either of two fields)."""
    schema = schema if schema is not None else model_schema(model)
    if model.kind is ModelKind.CHAT:
        return {**_required(schema.fields), "messages": [{"role": "user", "content": _QUESTION}]}
    body = _required(schema.fields)
    prompt = schema.field("prompt")
    if not body and prompt is not None:
        body["prompt"] = _needed(prompt)
    if not body and not schema.fields and model.kind is ModelKind.OTHER:
        body["input"] = _QUESTION
    if not body and not schema.fields and model.kind is not ModelKind.OTHER:
        body["prompt"] = _PROMPT
    return body


def full_body(model: Model, schema: RequestSchema | None = None) -> dict[str, object]:
    """Every field that a form shows, with its default or a sample. Of two that exclude each other, the first."""
    schema = schema if schema is not None else model_schema(model)
    if model.kind is ModelKind.CHAT:
        return _full_chat(model, schema)
    body = minimal_body(model, schema)
    for field in schema.visible:
        if field.name in body or (field.name == "multi_prompt" and "prompt" in body):
            continue  # contract section 5: never both
        value = _optional(field, _DEEPEST)
        if value is not NOTHING:
            body[field.name] = value
    order = {field.name: index for index, field in enumerate(schema.fields)}
    return dict(sorted(body.items(), key=lambda entry: order.get(entry[0], -1)))


def sends_picture(schema: RequestSchema, body: Mapping[str, object]) -> bool:
    """Whether a picture or mask is in the body: such a request is an edit (contract section 4)."""
    return any(_holds_picture(field, body.get(field.name), _DEEPEST) for field in schema.fields)


def _full_chat(model: Model, schema: RequestSchema) -> dict[str, object]:
    question: object = _QUESTION
    if "image" in model.inputs:
        picture = "".join(_ADDRESSES[MediaKind.IMAGE])
        question = [
            {"type": "image_url", "image_url": {"url": picture}},
            {"type": "text", "text": "What is in this picture?"},
        ]
    body = minimal_body(model, schema)
    body["messages"] = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": question}]
    for field in schema.visible:
        # Most parameters of a chat have neither: which of them a model refuses, only its maker knows.
        if field.name not in body and (value := _stated(field)) is not NOTHING:
            body[field.name] = value
    if schema.field("stream") is not None:
        body["stream"] = True
    return body


def _required(fields: tuple[Field, ...]) -> dict[str, object]:
    return {field.name: _needed(field) for field in fields if field.required}


def _needed(field: Field) -> object:
    """A value in any case."""
    value = _stated(field)
    if value in ("", None) or value is NOTHING:
        value = _sample(field, 0)
    if value is not NOTHING:
        return value
    return {} if "object" in field.types else [] if "array" in field.types else "…"


def _optional(field: Field, depth: int) -> object | Nothing:
    value = _stated(field)
    if value is None or value == "" or value is NOTHING:
        sampled = _sample(field, depth)
        return value if sampled is NOTHING else sampled
    return value


def _stated(field: Field) -> object | Nothing:
    """What the schema itself names: text by its example, all else by its default first."""
    stated = (field.const, field.default, field.example)
    if field.shape in (Shape.TEXT, Shape.MEDIA):
        stated = (field.const, field.example, field.default)
    named = [value for value in stated if value is not NOTHING]
    if not named and isinstance(examples := field.additional.get("examples"), list):
        named = examples
    first = next((value for value in named if value not in ("", None)), None)
    if first is not None:
        return first
    if field.choices:
        return field.choices[0]
    return named[0] if named else NOTHING


def _sample(field: Field, depth: int) -> object | Nothing:
    """A value of the right shape; NOTHING where there is no telling, or where it is too deep to matter."""
    shape = field.shape
    if shape is Shape.CHOICE:
        return field.choices[0]
    if shape is Shape.MEDIA:
        return _addresses(field)
    if shape is Shape.TEXT:
        return _text(field)
    if shape is Shape.NUMBER:
        return _number(field)
    if shape is Shape.SWITCH:
        return True
    if shape is Shape.LIST:
        return _entries(field, depth)
    if shape is Shape.GROUP:
        return _group(field, depth)
    if shape is Shape.UNION:
        samples = (_sample(form, depth) for form in field.alternatives)
        return next((value for value in samples if value is not NOTHING), NOTHING)
    return NOTHING


def _group(field: Field, depth: int) -> dict[str, object]:
    body = _required(field.fields)
    for entry in field.fields if depth > 0 else ():
        if entry.name not in body and not entry.hidden:
            value = _optional(entry, depth - 1)
            if value is not NOTHING:
                body[entry.name] = value
    return body


def _entries(field: Field, depth: int) -> object | Nothing:
    if field.max_items == 0:
        return []
    if field.items is None:
        return NOTHING
    wanted = min(max(field.min_items or 0, 1), _MOST_ENTRIES)
    if field.items.choices:
        return [field.items.choices[index % len(field.items.choices)] for index in range(wanted)]
    stated = _stated(field.items)
    entry = _sample(field.items, depth - 1) if stated is NOTHING else stated
    return NOTHING if entry is NOTHING else [entry] * wanted


def _addresses(field: Field) -> object:
    assert field.media is not None
    start, ending = _ADDRESSES[field.media.kind]
    forms = {field.types, *(form.types for form in field.variants)}
    if not field.media.many or any("string" in types for types in forms):
        return start + ending
    wanted = min(max(field.min_items or 0, 1), _MOST_ENTRIES)
    return [start + (f"-{index}" if index > 1 else "") + ending for index in range(1, wanted + 1)]


def _text(field: Field) -> str | Nothing:
    if field.pattern:
        return NOTHING  # it is foreign, and a pattern can be made to compute for ever
    if field.format in ("uri", "url"):
        return "https://example.com/"
    if field.format:
        return NOTHING
    text = "smeared, crooked" if "negative" in field.name else _PROMPT
    if field.min_length is not None and len(text) < field.min_length:
        text = (text + ". ") * math.ceil(field.min_length / len(text))
    return text if field.max_length is None else text[: field.max_length]


def _number(field: Field) -> float:
    """The least there is that is allowed, and 1 rather than 0."""
    whole = "integer" in field.types and "number" not in field.types
    step = field.step or (1 if whole else None)
    low, above = field.minimum, field.exclusive_minimum
    high = field.maximum if field.maximum is not None else field.exclusive_maximum
    least = low if low is not None else above if above is not None else min(1, high if high is not None else 1)
    if above is not None and least <= above:
        least = above + step if step else above + 1 if high is None else (above + high) / 2
    if step:
        least = math.ceil(least / step) * step
        if least == 0 and (high is None or step <= high):
            least = step
    return int(least) if whole else least


def _holds_picture(field: Field, value: object, depth: int) -> bool:
    if value in (None, "") or value == [] or depth <= 0:
        return False
    if field.media is not None:
        return field.media.kind in (MediaKind.IMAGE, MediaKind.MASK)
    if is_mapping(value):
        return any(_holds_picture(entry, value.get(entry.name), depth - 1) for entry in field.fields)
    if isinstance(value, list) and field.items is not None:
        return any(_holds_picture(field.items, entry, depth - 1) for entry in value)
    return False
