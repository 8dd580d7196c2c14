"""The few strokes all pictures are made of: gradients, glows, ridges. Sizes in pixels; Pillow loads on first use."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from .scenes import Colour

if TYPE_CHECKING:
    from PIL.Image import Image


def colour(code: str) -> Colour:
    """A colour from "#rrggbb"."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """The first colour with a part (0 to 1) of the second."""
    return (
        round(one[0] + (other[0] - one[0]) * part),
        round(one[1] + (other[1] - one[1]) * part),
        round(one[2] + (other[2] - one[2]) * part),
    )


def gradient(size: tuple[int, int], stops: Sequence[Colour]) -> Image:
    """A picture whose colours run from the top to the bottom."""
    from PIL import Image

    strip = Image.new("RGB", (1, max(2, len(stops))))
    for row, stop in enumerate(stops):
        strip.putpixel((0, row), stop)
    if len(stops) == 1:
        strip.putpixel((0, 1), stops[0])
    # The half pixel at both ends would stay flat: stretch beyond the picture and cut it off.
    height = strip.height
    box = (0.0, 0.5, 1.0, height - 0.5)
    return strip.resize(size, Image.Resampling.BILINEAR, box=box)


@lru_cache(maxsize=32)
def halo(radius: int, power: float) -> Image:
    """A round mask, full in the middle and nothing at the edge."""
    from PIL import Image

    # Pillow's gradient reaches 181 in the middle of each side; what lies beyond is the corners.
    table = [round(255 * max(0.0, 1 - value / 181) ** power) for value in range(256)]
    return Image.radial_gradient("L").point(table).resize((2 * radius, 2 * radius), Image.Resampling.BILINEAR)


def glow(
    on: Image, centre: tuple[float, float], radius: float, of: Colour, strength: float, power: float = 2.0
) -> None:
    """Light around a point; strength 0 to 1."""
    if radius < 1:
        return
    mask = halo(int(radius), power)
    if strength < 1:
        mask = mask.point([round(value * strength) for value in range(256)])
    on.paste(of, (round(centre[0] - radius), round(centre[1] - radius)), mask)


def ridge(
    dice: random.Random, width: int, base: float, height: float, rough: float = 1.0
) -> list[tuple[float, float]]:
    """The line of a range of hills, left to right: a few waves of falling size."""
    waves = [
        (
            dice.uniform(0.6, 1.4) * 2**octave,
            dice.uniform(0, math.tau),
            height / (1.9**octave) * (rough if octave else 1),
        )
        for octave in range(5)
    ]
    step = max(1, width // 160)
    return [
        (
            float(x),
            base - sum(size * math.sin(x / width * math.tau * often + phase) for often, phase, size in waves) / 2,
        )
        for x in range(-step, width + 2 * step, step)
    ]


def filled(line: Sequence[tuple[float, float]], bottom: float) -> list[tuple[float, float]]:
    """A polygon under a line."""
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]


def shade(on: Image, polygon: Sequence[tuple[float, float]], top: Colour, bottom: Colour) -> None:
    """Fill a polygon with a gradient over the picture's height."""
    from PIL import Image, ImageDraw

    low = max(0, int(min(y for _, y in polygon)))
    high = min(on.height, math.ceil(max(y for _, y in polygon)))
    if high - low < 2:
        return
    mask = Image.new("L", (on.width, high - low), 0)
    ImageDraw.Draw(mask).polygon([(x, y - low) for x, y in polygon], fill=255)
    on.paste(gradient((on.width, high - low), (top, bottom)), (0, low), mask)
