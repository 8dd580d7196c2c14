"""What a form shows: one entry for each field, and what is wrong with what was filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from oxen_tui.services.schema_fields import NOTHING, Field, Shape

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the body: `("elements", 0, "frontal_image_url")`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request would be refused."""

    path: Path
    """Of the field, also of one that is missing; () for the request as a whole."""
    name: str
    """Of the field, as a form calls it: `Elements 1, Frontal Image`."""
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
    """What to call it: its title, or its name in words; `Shot 2` in a list."""
    shape: Shape
    """How it is filled in. Never UNION: that is `variants`, beside the shape of the chosen one."""
    depth: int
    """Levels above; 0 at the top."""
    value: object = NOTHING
    """What is set. NOTHING where nothing is."""
    default: object = NOTHING
    """What the service takes where nothing is set; for what is required, that is sent."""
    example: object = NOTHING
    """What the service's own form starts with: to be offered, never sent unasked."""
    typed: str | None = None
    """Text that is no value yet, as it was typed (`12a` for a number)."""
    problem: str = ""
    """A sentence without its subject; "" where all is well, or where what is wrong is further down."""
    required: bool = False
    first: bool = True
    """Whether it is required or basic, or belongs to such a field."""
    unknown: bool = False
    """Whether the schema says nothing of it: it was in a body, and is sent as it is."""
    variants: tuple[str, ...] = ()
    """The forms its value may take, in words; empty where there is one only."""
    variant: int | None = None
    """The chosen one of `variants`."""
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
    def folded_away(self) -> bool:
        """Whether it may be out of sight: of the rest, nothing set, nothing wrong."""
        return not (self.first or self.is_set or self.problem)

    @property
    def beside(self) -> str:
        """The name of the field it stands beside, or ""."""
        return self.field.beside

    @property
    def nullable(self) -> bool:
        """Whether it may be set to None, which is something else than leaving it out."""
        return self.field.nullable
