"""Sixel: a picture as bands of six rows of dots, painted over the text at the cursor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxen_tui.terminal.few_colours import few_colours

if TYPE_CHECKING:
    from PIL.Image import Image

FULL_COLOURS: Final = 128
LIGHT_COLOURS: Final = 48

_BAND = 6
_DOTS = bytes(min(63 + bits, 255) for bits in range(256))
"""What stands for six dots: the character 63 places behind their bits."""
_RUN = re.compile(rb"(.)\1{3,254}", re.DOTALL)


def encoded(picture: Image, *, light: bool = False) -> str:
    """The picture dot by dot, to be written where its upper left corner is to be.

    What lies beside and below it stays as it is. Takes a tenth of a second for a page: for a thread.

    Args:
        picture: RGB, in dots of the screen.
        light: Fewer colours.
    """
    few = few_colours(picture, LIGHT_COLOURS if light else FULL_COLOURS, dithered=not light)
    width, height = few.size
    dots = few.tobytes()
    bands = [_band(dots, width, top, min(_BAND, height - top)) for top in range(0, height, _BAND)]
    palette = few.getpalette() or []
    colours = "".join(
        f"#{number};2;{_percent(palette[3 * number])};{_percent(palette[3 * number + 1])};"
        f"{_percent(palette[3 * number + 2])}"
        for number in sorted(set(dots))
    )
    # The second parameter leaves untouched what no dot is set on; the raster says the size before it is counted.
    return f'\x1bP0;1q"1;1;{width};{height}{colours}{b"-".join(bands).decode("ascii")}\x1b\\'


def painted_at(column: int, row: int, picture: str) -> str:
    """What paints an encoded picture at a cell, counted from 0, and leaves the cursor where it was."""
    return f"\x1b7\x1b[{row + 1};{column + 1}H{picture}\x1b8"


def _band(dots: bytes, width: int, top: int, rows: int) -> bytes:
    """One band: for each colour in it, which of its dots have that colour."""
    lines = [dots[(top + row) * width : (top + row + 1) * width] for row in range(rows)]
    painted = []
    for number in sorted(set(b"".join(lines))):
        bits = 0
        for row, line in enumerate(lines):
            if number in line:
                only = bytes(number) + bytes((1 << row,)) + bytes(255 - number)
                bits |= int.from_bytes(line.translate(only), "big")
        characters = bits.to_bytes(width, "big").translate(_DOTS).rstrip(b"?")  # "?" sets no dot
        painted.append(b"#%d" % number + _RUN.sub(_run, characters))
    return b"$".join(painted)


def _run(match: re.Match[bytes]) -> bytes:
    return b"!%d%s" % (len(match[0]), match[1])


def _percent(value: int) -> int:
    return round(value * 100 / 255)
