"""What a form shows: one entry for each field, and what is wrong with what was filled in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

from oxen_tui.services.form.typed_json import json_line
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.words import value_text

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the body: `("elements", 0, "frontal_image_url")`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request would be refused."""

    path: Path
    """Of the field, also of one that is missing; () for the request as a whole."""
    name: str
    """Of the field, as a form calls it: `elements 1, frontal_image_url`."""
    sentence: str
    """What goes after the name: `must be 1 or less`."""

    def __str__(self) -> str:
        return f"{self.name} {self.sentence}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a form. Rows come in order, children below what they belong to."""

    path: Path
    field: Field
    """Of several forms that a value may take, the one that is chosen."""
    label: str
    """What to call it: the schema's name for it; `shots 2` in a list."""
    shape: Shape
    """How it is filled in. Never UNION: where the forms of a value are plain, it is TEXT, and what is typed decides;
    else it is the shape of the chosen form, beside `variants`."""
    depth: int
    """Levels above; 0 at the top."""
    value: object = NOTHING
    """What is set. NOTHING where nothing is."""
    default: object = NOTHING
    """What the service takes where nothing is set; for what is required, that is sent."""
    example: object = NOTHING
    """What the service's own form starts with: to be offered, never sent unasked."""
    typed: str | None = None
    """What was typed, where it is no value yet (`12a` for a number) or the value would be written another way."""
    problem: str = ""
    """A sentence without its subject; "" where all is well, or where what is wrong is further down."""
    title: str = ""
    description: str = ""
    required: bool = False
    nullable: bool = False
    """Whether it may be set to None, which is something else than leaving it out."""
    beside: str = ""
    """The name of the field it stands beside in the service's own form, or ""."""
    first: bool = True
    """Whether it is required or basic, or belongs to such a field."""
    unknown: bool = False
    """Whether the schema says nothing of it: it was in a body, and is sent as it is."""
    suggestions: tuple[object, ...] = ()
    """Values that have a name, of a TEXT that also takes others (`auto` of a duration)."""
    variants: tuple[str, ...] = ()
    """The forms its value may take, in words; empty where there is nothing to choose."""
    variant: int | None = None
    """The chosen one of `variants`."""
    forms: tuple[Field, ...] = ()
    """What `variants` are the words for."""
    count: int | None = None
    """Entries that a list or a field for several media holds."""
    may_add: bool = False
    """Whether there is room for one more."""
    most: int | None = None
    """Entries there may be at most, where that is known."""
    media: tuple[str, ...] = ()
    """The addresses in a media field: file:, https: and data: URLs."""
    dice: bool = False
    """Whether `RequestForm.roll_seed` has an answer for it."""

    @property
    def is_set(self) -> bool:
        return self.value is not NOTHING or self.typed is not None

    @property
    def shown(self) -> object:
        """The value, or else the default."""
        return self.default if self.value is NOTHING else self.value

    @property
    def text(self) -> str:
        """What stands in a line or an area to be edited: `RequestForm.set_text` reads it back. "" where not set."""
        if self.typed is not None:
            return self.typed
        return "" if self.value is NOTHING else written(self.value, self.shape, plain=self.field.shape is Shape.TEXT)

    @property
    def folded_away(self) -> bool:
        """Whether it may be out of sight: of the rest, nothing set, nothing wrong."""
        return not (self.first or self.is_set or self.problem)


def written(value: object, shape: Shape, *, plain: bool) -> str:
    """A value as it would be typed.

    Args:
        plain: Whether only text can be meant, so that 8 needs no quotes to be text.
    """
    if isinstance(value, str):
        if shape in (Shape.MEDIA, Shape.CHOICE) or (shape is Shape.TEXT and plain):
            return value
        if shape is Shape.TEXT:
            return value if value and value_text(value) == value else json.dumps(value, ensure_ascii=False)
    if shape is Shape.MEDIA and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return "\n".join(value)
    if shape in (Shape.RAW, Shape.GROUP, Shape.LIST):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return json_line(value)
