"""Pictures from the upper and lower halves of cells: every terminal with colours shows them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

UPPER_HALF: Final = "▀"
"""Its ink is the upper pixel, its ground the lower one."""

Colour = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""

_STEPS = (0, 95, 135, 175, 215, 255)
"""Of each colour in the cube of 6×6×6 that terminals have as colours 16 to 231."""


def half_cell_pixels(picture: Image, columns: int, half_rows: int, *, truecolour: bool) -> bytes:
    """The picture as one pixel for each half of a cell: red, green and blue, row by row.

    Args:
        picture: RGB, of any size.
        columns: Cells it covers.
        half_rows: Halves of rows it covers.
        truecolour: Whether the terminal has all colours; else each pixel becomes the truly nearest of its 240 fixed
            ones. Reductions that look at one colour at a time turn dusk navy and firs teal.
    """
    from PIL.Image import Resampling

    small = picture.resize((columns, half_rows), Resampling.LANCZOS, reducing_gap=2.0)
    pixels = small.tobytes()
    if truecolour:
        return pixels
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return bytes(part for red, green, blue in triples for part in nearest_of_240(red, green, blue))


@lru_cache(4096)
def nearest_of_240(red: int, green: int, blue: int) -> Colour:
    """The nearest of the colours 16 to 255 of a terminal, by plain distance."""
    cube = (_step(red), _step(green), _step(blue))
    level = 8 + 10 * max(0, min(23, round(((red + green + blue) / 3 - 8) / 10)))
    grey = (level, level, level)
    wanted = (red, green, blue)
    return min(cube, grey, key=lambda colour: sum((a - b) ** 2 for a, b in zip(wanted, colour, strict=True)))


@lru_cache(256)
def _step(value: int) -> int:
    return min(_STEPS, key=lambda step: abs(step - value))
