"""Sixel, read back as a terminal paints it."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from oxen_tui.terminal import sixel

PICTURE = re.compile(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', re.DOTALL)


def painted(text: str) -> Image.Image:
    """The picture as a terminal would paint it; what was left out is pink."""
    match = PICTURE.fullmatch(text)
    assert match is not None
    width, height = int(match[1]), int(match[2])
    picture = Image.new("RGB", (width, height + 6), (255, 0, 255))
    colours: dict[int, tuple[int, int, int]] = {}
    x, top, colour = 0, 0, (0, 0, 0)
    for token in re.finditer(r"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)(.)|([$-])|([?-~])", match[3]):
        if token[1]:
            colours[int(token[1])] = tuple(round(int(part) * 2.55) for part in token.groups()[1:4])  # type: ignore[assignment]
        elif token[5]:
            colour = colours[int(token[5])]
        elif token[8]:
            x, top = 0, top + (6 if token[8] == "-" else 0)
        else:
            times, sign = int(token[6] or 1), token[7] or token[9]
            for column in range(x, x + times):
                for row in range(6):
                    if ord(sign) - 63 >> row & 1:
                        picture.putpixel((column, top + row), colour)
            x += times
    return picture.crop((0, 0, width, height))


@pytest.mark.parametrize("size", [(60, 47), (1, 1), (33, 6), (7, 13)])
@pytest.mark.parametrize("light", [False, True])
def test_every_dot_is_painted_in_about_its_colour(size: tuple[int, int], light: bool) -> None:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(picture).ellipse((0, 0, size[0] // 2, size[1] // 2), fill=(200, 30, 40))

    seen = painted(sixel.encoded(picture, light=light))

    assert seen.size == size
    assert max(ImageStat.Stat(ImageChops.difference(seen, picture)).mean) < 12


def test_equal_dots_are_counted() -> None:
    assert len(sixel.encoded(Image.new("RGB", (600, 600), "red"))) < 2_000


def test_it_is_painted_at_its_cell_and_the_cursor_stays() -> None:
    assert sixel.painted_at(4, 2, "X") == "\x1b7\x1b[3;5HX\x1b8"
