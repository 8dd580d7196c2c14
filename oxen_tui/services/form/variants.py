"""Which of its forms a value takes, where a field has several (`oneOf`, `anyOf`, a list of types)."""

from __future__ import annotations

from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.keywords import is_number
from oxen_tui.services.schema.words import type_words, value_text

_MOST_FORMS = 30
_PLAIN = frozenset({Shape.TEXT, Shape.NUMBER, Shape.CHOICE, Shape.SWITCH})
_IMPLIED = {Shape.GROUP: "object", Shape.LIST: "array"}
"""Types that need not be stated where fields or entries are described."""

_DEEPEST = 4
"""Levels that are looked into to tell objects apart."""


def forms_of(field: Field) -> tuple[Field, ...]:
    """The forms of a value, those of forms that have forms themselves in their places; () for a single one."""
    if field.shape is not Shape.UNION:
        return ()
    found: list[Field] = []
    for form in field.alternatives:
        found.extend(forms_of(form) or (form,))
        if len(found) >= _MOST_FORMS:
            break
    return tuple(found[:_MOST_FORMS])


def are_plain(forms: tuple[Field, ...]) -> bool:
    """Whether what is typed tells which form is meant: numbers, words, text."""
    return bool(forms) and all(form.shape in _PLAIN for form in forms)


def form_words(form: Field) -> str:
    """What a picker calls it."""
    if form.title and form.title != form.name:
        return form.title
    return value_text(form.const) if form.const is not NOTHING else type_words(form)


def fitting(forms: tuple[Field, ...], value: object) -> int | None:
    """The form that a value fits best, the first of several; None if it fits none."""
    scores = [_fit(form, value, _DEEPEST) for form in forms]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def fits(field: Field, value: object) -> bool:
    """Whether a value is of the kind that a field takes. Limits are not looked at."""
    return _fit(field, value, _DEEPEST) > 0 or (value is None and field.nullable)


def is_same(one: object, other: object) -> bool:
    """Whether two JSON values are one: 1 is 1.0, and not true."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _fit(field: Field, value: object, depth: int) -> int:
    """0 for what does not fit; more the closer it fits."""
    if field.shape is Shape.UNION:
        return max((_fit(form, value, depth) for form in forms_of(field)), default=0)
    if field.choices:
        return 1000 if any(is_same(choice, value) for choice in field.choices) else 0
    if field.types and not any(has_type(kind, value) for kind in field.types) and not _is_medium(field, value):
        return 0
    if field.shape in _IMPLIED and not has_type(_IMPLIED[field.shape], value):
        return 0
    if isinstance(value, dict):
        return _fit_of_object(field, value, depth)
    if isinstance(value, list) and field.items is not None and value and depth:
        return 1 if all(_fit(field.items, entry, depth - 1) for entry in value[:8]) else 0
    return 1


def _fit_of_object(field: Field, value: dict[str, object], depth: int) -> int:
    known = {entry.name: entry for entry in field.fields}
    if not known or not depth:
        return 1
    score = 1
    for name, entry in value.items():
        if name in known:
            # A name with one possible value is how objects of several forms are told apart.
            fit = _fit(known[name], entry, depth - 1)
            if fit == 0 and known[name].choices:
                return 0
            score += 2 if fit else 0
    return score + sum(entry.required and entry.name in value for entry in field.fields)


def _is_medium(field: Field, value: object) -> bool:
    """Fields for one medium or several may say so in their forms."""
    if field.media is None:
        return False
    return isinstance(value, str) or (isinstance(value, list) and field.media.many)


def has_type(kind: str, value: object) -> bool:
    """Whether a value is of a type of JSON Schema; of a type nobody knows, any is."""
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return is_number(value) and value == int(value)
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
