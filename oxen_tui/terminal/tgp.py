"""The terminal graphics protocol with placeholders: a picture is sent once, and lies in the text as characters.

https://sw.kovidgoyal.net/kitty/graphics-protocol/ - the number of a picture travels as the colour of its
placeholders, so it has 24 bits.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from oxen_tui.terminal.few_colours import few_colours

if TYPE_CHECKING:
    from PIL.Image import Image

PLACEHOLDER: Final = "\U0010eeee"
LARGEST_CHUNK: Final = 4096
"""Characters of base64 in one command."""

FULL_COLOURS, LIGHT_COLOURS = 256, 96
LIGHT_SCALE: Final = 0.55

_NAMED_EVERY, _NAMED_LAST = 24, 3

_NUMBERS = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1 5a8-5a9 "
    "5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec 730 732-733 735-736 73a 73d "
    "73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 829-82d 951 953-954 f82-f83 f86-f87 135d-135f "
    "17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe "
    "20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d a6f0-a6f1 a8e0-a8f1 aab0 "
    "aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38 1d185-1d189 1d1aa-1d1ad 1d242-1d244 "
)
"""The marks that stand for the numbers from 0 on (the protocol's `rowcolumn-diacritics.txt`)."""


def packed(picture: Image, width: int, height: int, *, light: bool) -> str:
    """The picture as base64 of a PNG with a palette, a fifth of what true colour takes.

    Args:
        picture: RGB, of any size.
        width: Pixels of the screen it covers; it is made smaller for that, never larger: the terminal does that.
        height: Likewise.
        light: Half the size and fewer colours.
    """
    from PIL.Image import Resampling

    scale = min(1.0, width / picture.width, height / picture.height)
    if light:
        scale = min(scale, LIGHT_SCALE * max(width / picture.width, height / picture.height))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    small = picture if size == picture.size else picture.resize(size, Resampling.LANCZOS, reducing_gap=2.0)
    few = few_colours(small, LIGHT_COLOURS if light else FULL_COLOURS, dithered=True)
    file = io.BytesIO()
    few.save(file, "png", compress_level=6)
    return base64.b64encode(file.getvalue()).decode("ascii")


def upload(number: int, payload: str, columns: int, rows: int) -> Callable[[int], str]:
    """What hands out the commands that send a picture and say how many cells it covers.

    Args:
        number: Of the picture, 24 bits.
        payload: From `packed`.
        columns: Cells.
        rows: Cells.

    Returns:
        A function that gives the next commands, about as many bytes as it is asked for, and "" at the end.
    """
    at = 0

    def next_piece(size: int) -> str:
        nonlocal at
        commands: list[str] = []
        while size > 0 and at < len(payload):
            # Chunks are multiples of four, so that each is base64 by itself.
            length = max(4, min(size, LARGEST_CHUNK) // 4 * 4)
            chunk = payload[at : at + length]
            first = f"a=T,U=1,i={number},c={columns},r={rows},f=100," if at == 0 else ""
            at += len(chunk)
            commands.append(f"\x1b_G{first}q=2,m={int(at < len(payload))};{chunk}\x1b\\")
            size -= length
        return "".join(commands)

    return next_piece


def end_of_broken_upload(number: int) -> str:
    """Ends an upload that is not finished, so that the next one is not taken for its rest, and frees what came."""
    return f"\x1b_Gq=2,m=0;\x1b\\{free(number)}"


def free(number: int) -> str:
    """Makes the terminal forget a picture, its data too."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def placeholders(row: int, columns: int) -> str:
    """The text of one row of a picture; its colour is to be the picture's number.

    A placeholder without marks is the one right of its neighbour. Half of the bytes go with the marks, so only some
    have them: each `_NAMED_EVERY`th, for what is covered in part, and the last ones, right of which a toast ends.
    """
    mark, marks = _marks()[row], _marks()
    return "".join(
        [
            f"{PLACEHOLDER}{mark}{marks[column]}"
            if column % _NAMED_EVERY == 0 or column >= columns - _NAMED_LAST
            else PLACEHOLDER
            for column in range(columns)
        ]
    )


def colour_of(number: int) -> tuple[int, int, int]:
    """Red, green and blue that stand for the number of a picture."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


@cache
def _marks() -> tuple[str, ...]:
    return tuple(chr(code) for code in _codes())


def _codes() -> Iterator[int]:
    for part in "".join(_NUMBERS).split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
