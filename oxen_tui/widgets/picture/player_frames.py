"""Frames of a clip as large as they are played: fewer pixels where the link carries few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.fitting import fitted, fitted_halves

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDEST: Final = (720, 384, 192, 128)
"""Pixels of a frame that the terminal makes larger itself, by level."""

Size = tuple[int, int]


def play_box(level: int, size: Size, columns: int, rows: int, display: Display) -> Size:
    """Pixels within which a frame is decoded.

    Args:
        level: 0, the finest, to 3.
        size: Of the clip.
        columns, rows: Cells that it is played in.
        display: Of this terminal.
    """
    width, height = _dots(size, columns, rows, display)
    if display.mode is PictureMode.TGP:
        scale = min(1.0, _WIDEST[level] / width)
        return max(1, round(width * scale)), max(1, round(height * scale))
    return max(1, width >> level), max(1, height >> level)


def spread(frame: Image, level: int, size: Size, columns: int, rows: int, display: Display) -> Image:
    """A coarse frame as squares of one colour each, in as many dots as are drawn: equal neighbours are cheap to
    write, and no filter may blur them. Arguments as `play_box`."""
    if not level or display.mode is PictureMode.TGP:
        return frame
    from PIL.Image import Resampling

    return frame.resize(_dots(size, columns, rows, display), Resampling.NEAREST)


def _dots(size: Size, columns: int, rows: int, display: Display) -> Size:
    """What a picture of this shape is drawn with in so many cells."""
    cell = display.cell
    if display.mode in (PictureMode.HALF, PictureMode.NONE):
        return fitted_halves(size, columns, rows, cell)
    across, down = fitted(size, columns, rows, cell)
    width, height = across * cell[0], down * cell[1]
    scale = min(width / size[0], height / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
