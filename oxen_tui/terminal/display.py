"""How pictures are shown in this terminal: what was found at the start, for whoever draws one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from oxen_tui.terminal.fitting import USUAL_CELL, Cell


class PictureMode(Enum):
    """A way to show pictures; the values are those of the setting `images`."""

    TGP = "tgp"
    """The terminal graphics protocol, with placeholders: real pictures that lie in the text."""
    SIXEL = "sixel"
    """Real pictures painted over the text."""
    HALF = "half"
    """Two pixels in each cell."""
    NONE = "none"
    """A line of words."""


@dataclass(frozen=True, slots=True)
class Display:
    """What a picture needs to know of the terminal."""

    mode: PictureMode = PictureMode.HALF
    cell: Cell = USUAL_CELL
    light: bool = False
    """Smaller uploads, with fewer colours: the link is slow, or the user said so."""
    truecolour: bool = True
    measured: bool = False
    """Whether the system says how large a cell is: then it says so again when the user zooms."""
    round_trip: float | None = None
    """Seconds to the terminal and back; None where it did not answer."""


_in_use = Display()


def use(display: Display) -> None:
    """Show pictures in this way from now on, in this process."""
    global _in_use
    _in_use = display


def in_use() -> Display:
    """The way that was chosen; half cells until one was."""
    return _in_use
