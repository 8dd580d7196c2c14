"""What a form tells: each message names the row, and what the user did with it."""

from __future__ import annotations

from oxen_tui.widgets.message import Message


class OfField(Message):
    """Something was done in a row."""

    key: str


class Moved(OfField):
    """The cursor stands on another row; "" where it stands on none."""


class Typed(OfField):
    """A letter more, or the last one: what stands in the field now. Of media see `MediumTyped`."""

    text: str


class EditingEnded(OfField):
    """Nothing more will be typed into it for now."""


class MediumTyped(OfField):
    """An address is being typed; it is none yet. Ways to go on may be offered: `Form.offer`."""

    text: str


class MediaGiven(OfField):
    """An address, or several lines of them, was typed to the end, pasted or dropped."""

    text: str


class Chosen(OfField):
    """An option was chosen."""

    index: int


class Opened(OfField):
    """The options of a row are in sight: what each costs is worth knowing."""


class Stepped(OfField):
    """A number is to go up or down."""

    by: int


class Cleared(OfField):
    """A field goes back to its default; a medium or an entry of a list goes away."""


class Rolled(OfField):
    """Chance is to fill it in."""


class Nulled(OfField):
    """It is to be null, which is something else than its default."""


class ExampleTaken(OfField):
    """It is to be filled in with its example."""


class Folded(OfField):
    """A heading is to show its rows, or to hide them."""


class AddWanted(OfField):
    """One more entry is wanted, in the list of this row."""


class Shifted(OfField):
    """An entry is to change places with the one before or after it."""

    by: int


class FileWanted(OfField):
    """A medium is to be chosen among the files."""


class ResultWanted(OfField):
    """A medium is to be chosen among the results."""


class EditorWanted(OfField):
    """A text is to be written in the user's own editor."""


class Left(Message):
    """The cursor went past an end: -1 above the first row, 1 below the last."""

    by: int
