"""From the form of one model to that of another: what fits is kept, by name and by what it is."""

from __future__ import annotations

import copy
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.services.form.check import COUNT, NAMESPACE
from oxen_tui.services.form.defaults import takes_many, takes_one
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.form.typed_values import media_value
from oxen_tui.services.form.validator import is_blank
from oxen_tui.services.form.variants import fits, is_same
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.keywords import is_number


def carry_over(form: RequestForm, model: Model) -> RequestForm:
    """A form for another model with what fits there.

    Media go into the first field for their kind where no field has the name of theirs. What is wrong with a value
    there, and what was not set here, is left behind.
    """
    other = RequestForm(model)
    homeless: list[Field] = []
    for name, value in form.body.items():
        field = other.schema.field(name)
        if field is None:
            own = form.schema.field(name)
            if own is not None and own.media is not None:
                homeless.append(own)
            elif name in (COUNT, NAMESPACE):
                other.set((name,), value)
            continue
        _take(other, field, value)
    for own in homeless:
        _find_home(other, own, form.body[own.name])
    return other


def _take(other: RequestForm, field: Field, value: object) -> None:
    fitted = _fitted(field, value)
    if fitted is NOTHING or is_blank(fitted) or is_same_as_default(field, fitted):
        return
    other.set((field.name,), fitted)
    if any(problem.path[:1] == (field.name,) and not _is_elsewhere(problem.path) for problem in other.problems):
        other.clear((field.name,))


def is_same_as_default(field: Field, value: object) -> bool:
    """Whether setting a value would change nothing."""
    return field.default is not NOTHING and is_same(field.default, value)


def _is_elsewhere(path: tuple[str | int, ...]) -> bool:
    """Prompt and shots exclude each other; that is not the fault of the value."""
    return path == ("multi_prompt",)


def _fitted(field: Field, value: object) -> Any:
    """The value as the field would have it (8 for "8", 1K for 1k, a list for one), or NOTHING."""
    if field.media is not None:
        addresses = [value] if isinstance(value, str) else value
        if not isinstance(addresses, list) or not all(isinstance(entry, str) for entry in addresses):
            return NOTHING
        most = field.media.most if takes_many(field.media) else 1
        return media_value(field, addresses[:most])
    if fits(field, value):
        return copy.deepcopy(value)
    if field.shape is Shape.CHOICE:
        return next((choice for choice in field.choices if _written(choice) == _written(value)), NOTHING)
    if isinstance(value, str) and value.isdecimal() and len(value) < 20 and fits(field, int(value)):
        return int(value)
    if is_number(value) and fits(field, _written(value)):
        return _written(value)
    return NOTHING


def _written(value: object) -> str:
    if is_number(value):
        return f"{value:.12g}"
    return value.strip().casefold() if isinstance(value, str) else repr(value)


def _find_home(other: RequestForm, own: Field, value: object) -> None:
    """Puts media into the first free field for their kind."""
    assert own.media is not None
    several = isinstance(value, list) and len(value) > 1
    free = [
        field
        for field in other.schema.visible
        if field.media is not None and field.media.kind is own.media.kind and field.name not in other.body
    ]
    best = next((field for field in free if not several or not takes_one(field)), free[0] if free else None)
    if best is not None:
        _take(other, best, value)
