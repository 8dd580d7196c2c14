"""What a request needs and the user did not set: the defaults of required fields are sent, and no others."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from oxen_tui.services.form.validator import is_blank
from oxen_tui.services.form.variants import fitting, forms_of
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.media import Media
from oxen_tui.services.schema.request_schema import RequestSchema


def completed(schema: RequestSchema, required: Iterable[Field], values: dict[str, Any]) -> dict[str, Any]:
    """A copy of a body, with what is required and has but one answer that can be meant.

    Args:
        required: The fields at the top that are; they are few, and all of them may be thousands.
    """
    body = copy.deepcopy(values)
    for name, value in body.items():
        if isinstance(value, dict | list) and (field := schema.field(name)) is not None:
            complete_value(field, value)
    for field in required:
        if field.name not in body and (value := required_value(field)) is not NOTHING:
            body[field.name] = value
    return body


def required_value(field: Field) -> Any:
    """What is sent for a required field where nothing is set; NOTHING where the user must say."""
    value = field.default
    if value is not NOTHING and not is_blank(value) and (value is not None or field.nullable):
        return copy.deepcopy(value)
    if len(field.choices) == 1:
        return field.choices[0]
    if field.shape is Shape.GROUP:
        inner: dict[str, Any] = {}
        _complete(field.fields, inner)
        return inner or NOTHING
    return NOTHING


def blank_entry(field: Field) -> Any:
    """What a new entry of a list begins as: an entry cannot be nothing."""
    value = required_value(field)
    if value is not NOTHING:
        return value
    if field.default is not NOTHING and field.default is not None:
        return copy.deepcopy(field.default)
    match field.shape:
        case Shape.UNION:
            return blank_entry(forms_of(field)[0])
        case Shape.CHOICE:
            return field.choices[0]
        case Shape.NUMBER:
            low = field.minimum if field.minimum is not None else 0
            return low if field.maximum is None else min(low, field.maximum)
        case Shape.SWITCH:
            return False
        case Shape.GROUP:
            return {}
        case Shape.LIST:
            return []
    if "object" in field.types:
        return {}
    return [] if "array" in field.types and not takes_one(field) else ""


def takes_one(field: Field) -> bool:
    """Whether a media field takes an address that stands alone, not in a list."""
    forms = (field, *field.variants)
    return any("string" in form.types or not form.types for form in forms) or not takes_many(field.media)


def takes_many(media: Media | None) -> bool:
    return media is not None and media.many


def _complete(fields: Iterable[Field], body: dict[str, Any]) -> None:
    for field in fields:
        if field.name in body:
            complete_value(field, body[field.name])
        elif field.required:
            value = required_value(field)
            if value is not NOTHING:
                body[field.name] = value


def complete_value(field: Field, value: object) -> None:
    """Puts what is required into the objects of a value."""
    if not isinstance(value, dict | list) or field.media is not None:
        return
    forms = forms_of(field)
    if forms:
        index = fitting(forms, value)
        if index is not None:
            complete_value(forms[index], value)
    elif isinstance(value, dict):
        _complete(field.fields, value)
    elif field.items is not None:
        for entry in value:
            complete_value(field.items, entry)
