"""The rows of a form for one field: itself, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oxen_tui.services.form.entry import Entry, Path
from oxen_tui.services.form.variants import are_plain, fits, fitting, form_words, forms_of
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.references import Place

_MOST_ENTRIES = 200
"""Entries of a list that get rows; those behind them are sent all the same."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user did beside setting values."""

    typed: Mapping[Path, str]
    variants: Mapping[Path, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands."""

    path: Path
    label: str
    depth: int
    first: bool
    required: bool
    default: object
    unknown: bool = False


def rows_of(field: Field, values: Mapping[str, Any], choices: Choices, *, unknown: bool = False) -> Iterator[Entry]:
    """The rows of a field at the top.

    Args:
        values: All that is set.
        unknown: Whether the schema says nothing of the field.
    """
    place = _Place(
        (field.name,), field.name, 0, field.required or field.basic, field.required, field.default, unknown
    )
    yield from _rows(field, values.get(field.name, NOTHING), place, choices)


def unknown_field(name: str) -> Field:
    """Stands for what a body holds and the schema does not name."""
    return Field(name, {}, Place({}), (name,))


def chosen_form(forms: tuple[Field, ...], value: object, default: object, chosen: int | None) -> int:
    """Which form a value has, or is to get. What was chosen counts, unless the value has another form."""
    if chosen is not None and chosen < len(forms) and (value is NOTHING or fits(forms[chosen], value)):
        return chosen
    for known in (value, default):
        if known is not NOTHING and (index := fitting(forms, known)) is not None:
            return index
    return chosen if chosen is not None and chosen < len(forms) else 0


def _rows(field: Field, value: Any, place: _Place, choices: Choices) -> Iterator[Entry]:
    form, shape = field, field.shape
    forms = forms_of(field)
    variant = None
    suggestions: tuple[object, ...] = ()
    if are_plain(forms):
        shape = Shape.TEXT
        suggestions = tuple(choice for each in forms for choice in each.choices)
        forms = ()
    elif forms:
        variant = chosen_form(forms, value, place.default, choices.variants.get(place.path))
        form = forms[variant]
        shape = form.shape
    shape = _shape_for(shape, value)
    media = _addresses(value) if shape is Shape.MEDIA else ()
    count = len(media) if shape is Shape.MEDIA else len(value) if isinstance(value, list) else 0
    most = _most(form) if shape in (Shape.MEDIA, Shape.LIST) else None
    yield Entry(
        path=place.path,
        field=form,
        label=place.label,
        shape=shape,
        depth=place.depth,
        value=value,
        default=place.default,
        example=field.example,
        typed=choices.typed.get(place.path),
        title=field.title,
        description=field.description or form.description,
        required=place.required,
        nullable=field.nullable or form.nullable,
        beside=field.beside,
        first=place.first,
        unknown=place.unknown,
        suggestions=suggestions,
        variants=tuple(form_words(each) for each in forms),
        variant=variant,
        forms=forms,
        count=count if shape in (Shape.MEDIA, Shape.LIST) else None,
        may_add=shape in (Shape.MEDIA, Shape.LIST) and (most is None or count < most),
        most=most,
        media=media,
        dice=_has_dice(place.path, form, shape),
    )
    if shape is Shape.GROUP:
        yield from _members(form, value, place, choices)
    elif shape is Shape.LIST and isinstance(value, list) and form.items is not None:
        name = str(next(step for step in reversed(place.path) if isinstance(step, str)))
        for index, entry in enumerate(value[:_MOST_ENTRIES]):
            inner = _Place((*place.path, index), f"{name} {index + 1}", place.depth + 1, place.first, True, NOTHING)
            yield from _rows(form.items, entry, inner, choices)


def _members(form: Field, value: Any, place: _Place, choices: Choices) -> Iterator[Entry]:
    held = value if isinstance(value, dict) else {}
    given = place.default if isinstance(place.default, dict) else {}
    for field in form.fields:
        if not field.hidden:
            # The default of the whole says what is in it, unless something of it is set.
            default = given.get(field.name, field.default) if not held else field.default
            inner = _Place(
                (*place.path, field.name), field.name, place.depth + 1, place.first, field.required, default
            )
            yield from _rows(field, held.get(field.name, NOTHING), inner, choices)
    known = {field.name for field in form.fields}
    for name in held:
        if name not in known:
            inner = _Place((*place.path, name), name, place.depth + 1, place.first, False, NOTHING, unknown=True)
            yield from _rows(unknown_field(name), held[name], inner, choices)


def _shape_for(shape: Shape, value: object) -> Shape:
    """Raw JSON for a value that the usual shape could not show."""
    if value is NOTHING or value is None:
        return shape
    if shape is Shape.GROUP and not isinstance(value, dict):
        return Shape.RAW
    if shape is Shape.LIST and not isinstance(value, list):
        return Shape.RAW
    if shape is Shape.MEDIA and not isinstance(value, str):
        plain = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        return shape if plain else Shape.RAW
    return shape


def _addresses(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value) if isinstance(value, list) else ()


def _most(form: Field) -> int | None:
    if form.media is None:
        return form.max_items
    return form.media.most if form.media.many else 1


def _has_dice(path: Path, form: Field, shape: Shape) -> bool:
    return shape is Shape.NUMBER and str(path[-1]).lower().split("_")[-1] == "seed"
