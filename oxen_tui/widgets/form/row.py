"""What a form shows: one row for each field, put into words by whoever knows the field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """How a row is filled in."""

    TEXT = "text"
    """Words of any length, also JSON."""
    LINE = "line"
    """Words or a number in one line."""
    STEPPER = "stepper"
    """A number that keys go up and down, and that can be typed."""
    CHOICE = "choice"
    """One of `FormRow.options`."""
    SWITCH = "switch"
    """The same for no and yes, which space turns."""
    MEDIUM = "medium"
    """A file or an address; shown as `FormRow.chip` when it is given."""
    GROUP = "group"
    """A heading of rows below it, which it folds and unfolds."""
    LIST = "list"
    """The same of entries, to which more can be added."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several values."""

    text: str
    note: str = ""
    """Beside it: what a request with it would cost."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A medium that was given."""

    sign: str
    """Name of a glyph: that of its kind."""
    name: str
    facts: str = ""
    """`1536×1024 · 412 KB`."""
    problem: str = ""
    """Why it cannot be sent."""
    warning: str = ""
    """What may go wrong with it."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row. Never changed: a new one takes its place."""

    key: str
    """Names the row to whoever handed it in."""
    label: str
    control: Control
    depth: int = 0
    """Levels that it stands in."""
    text: str = ""
    """What is filled in, as it would be typed; "" where nothing is set."""
    is_set: bool = False
    """Whether it is sent because the user said so. What is not is muted."""
    placeholder: str = ""
    """What is shown while nothing is set: the default, or `required`."""
    options: tuple[Option, ...] = ()
    chosen: int | None = None
    """Of the options: what is set, else the default."""
    is_open: bool = True
    """Of a heading: whether the rows below it are in the form."""
    chip: Chip | None = None
    hint: str = ""
    """Beside the field: `4 … 12`, `3 fields`, `adds $0.24`."""
    keys: str = ""
    """Beside the field while it has the focus: keys that only it knows, such as `r random`."""
    problem: str = ""
    """What is wrong with it, a sentence without its subject."""
    help: str = ""
    """What the service says of it."""
    most: int | None = None
    """Characters that a text may have."""
    follows: bool = False
    """Whether it stands right below the row before it, without a blank line."""
    in_list: bool = False
    """Whether it is an entry of a list, or a part of one: another can be added, and the entry moved."""
    is_entry: bool = False
    """Whether it is the entry itself, which can be taken out."""
    dice: bool = False
    """Whether chance can fill it in."""
    nullable: bool = False
    """Whether it can be set to null."""
    example: str = ""
    """What it may be filled in with, where a key takes that."""
    digits: bool = False
    """Whether it is a number: a digit begins it anew."""

    @property
    def types(self) -> bool:
        """Whether letters go into it."""
        return self.control in (Control.TEXT, Control.LINE, Control.STEPPER, Control.MEDIUM)

    @property
    def folds(self) -> bool:
        """Whether it is a heading."""
        return self.control in (Control.GROUP, Control.LIST)

    @property
    def chooses(self) -> bool:
        """Whether it takes one of its options."""
        return self.control in (Control.CHOICE, Control.SWITCH)
