"""What the list of jobs draws of a job, or of several that were sent with one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from oxen_tui.store.job import JobState
from oxen_tui.widgets.glyphs import glyph

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A picture as half cells (`terminal.half_cells`), or as the terminal itself shows it."""

    pixels: bytes
    """Red, green and blue of each half cell, row by row; of none where there are dots."""
    columns: int
    key: str = ""
    """What it is of."""
    dots: Image | None = field(default=None, compare=False)
    """For terminals that hold pictures: the dots of its cells."""


class Fold(Enum):
    """Where a row stands among those of one request."""

    NONE = auto()
    """A job by itself."""
    CLOSED = auto()
    """Several jobs in one row."""
    OPEN = auto()
    """The same, and they follow one by one."""
    MEMBER = auto()
    """One of those that follow."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One entry of the list. Texts are whole; the list cuts them to its width."""

    state: JobState
    model: str
    part: str = ""
    """How many jobs it stands for, or which of them it is: `×4`, `2/4`."""
    kind: str = "image"
    """"image", "video" or "audio"."""
    number: int = 1
    """Results that it has or will have."""
    prompt: str = ""
    time: str = ""
    """`1:12`, `-` where it is not known."""
    price: str = ""
    price_tone: str = "text"
    note: str = ""
    """What is to be known of it now: what is left, what went wrong, the name of its file."""
    note_tone: str = "faint"
    aside: str = ""
    """Behind the note, and kept whole where that is cut: `not billed`."""
    share: float | None = None
    """How far its bar is filled, 0 to 1; None is no bar."""
    bar_tone: str = "accent"
    marked: bool = False
    fold: Fold = Fold.NONE
    picture: SmallPicture | None = None
    ticks: bool = False
    """Whether it says a time that goes on."""


_STATES: dict[JobState, tuple[str, str]] = {
    JobState.SENDING: ("waiting", "accent"),
    JobState.WAITING: ("waiting", "muted"),
    JobState.RUNNING: ("running", "accent"),
    JobState.SAVING: ("saving", "accent"),
    JobState.NOT_SAVED: ("saving", "warn"),
    JobState.DONE: ("done", "text"),
    JobState.FAILED: ("failed", "err"),
    JobState.CANCELLED: ("cancelled", "muted"),
    JobState.UNKNOWN: ("unknown", "warn"),
}


def state_sign(state: JobState) -> str:
    """The glyph of a state, told from all others without colour (but for two pairs, which their words tell)."""
    return glyph(_STATES[state][0])


def state_tone(state: JobState) -> str:
    """Its colour."""
    return _STATES[state][1]


def kind_sign(kind: str) -> str:
    """The glyph of what is made."""
    return glyph(kind if kind in ("image", "video", "audio") else "other")
