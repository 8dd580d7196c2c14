"""How large a picture or clip becomes, from the many ways a request can say it (contract section 10, size fields)."""

from __future__ import annotations

import re

from .json_values import Json, is_number, number, table, text
from .pricing import default_of

STILL_PIXELS = 1_500_000
"""The largest still this service draws, in pixels."""
UPSCALED_PIXELS = 4_500_000
"""The largest result of an upscaler."""
SMALLEST = 64
"""Pixels of the shorter side."""

NAMED_RATIOS: dict[str, float] = {
    "square_hd": 1.0,
    "square": 1.0,
    "portrait_4_3": 3 / 4,
    "portrait_16_9": 9 / 16,
    "landscape_4_3": 4 / 3,
    "landscape_16_9": 16 / 9,
}
EDGES: dict[str, int] = {"512": 512, "0.5k": 512, "768sq": 768, "1k": 1024, "1 mp": 1024, "2k": 1440, "4k": 1800}
"""Side in pixels of a square picture of that resolution; the pixel limit cuts the large ones."""
CLIP_HEIGHTS: dict[str, int] = {
    "360p": 270,
    "480p": 270,
    "540p": 288,
    "720p": 360,
    "1080p": 432,
    "2k": 480,
    "4k": 480,
}
"""Shorter side of a clip: much smaller than its name, so that a demo clip is drawn in a second."""

_PAIR = re.compile(r"^\s*(\d{1,5})\s*[x×*]\s*(\d{1,5})\s*$", re.IGNORECASE)
_RATIO = re.compile(r"^\s*(\d{1,4}(?:\.\d+)?)\s*:\s*(\d{1,4}(?:\.\d+)?)\s*$")


def bounded(width: float, height: float, pixels: int = STILL_PIXELS) -> tuple[int, int]:
    """The size, shrunk to a number of pixels and never below the smallest side; both sides even."""
    width, height = max(width, 1.0), max(height, 1.0)
    scale = min(1.0, (pixels / (width * height)) ** 0.5)
    wide, high = max(SMALLEST, round(width * scale)), max(SMALLEST, round(height * scale))
    return wide - wide % 2, high - high % 2


def ratio_of(value: object) -> float | None:
    """Width over height of "16:9", "landscape_16_9", "1024x768" or an object with both; None for "auto" and more."""
    if isinstance(value, dict):
        wide, high = number(value.get("width"), 0), number(value.get("height"), 0)
        return wide / high if wide > 0 and high > 0 else None
    words = text(value).strip().lower()
    if words in NAMED_RATIOS:
        return NAMED_RATIOS[words]
    match = _RATIO.match(words) or _PAIR.match(words)
    if match and float(match[2]) > 0 and float(match[1]) > 0:
        return min(8.0, max(0.125, float(match[1]) / float(match[2])))
    return None


def _asked(schema: Json, parameters: Json, name: str) -> object:
    value = parameters.get(name)
    return default_of(schema, name) if value is None else value


def still_size(schema: Json, parameters: Json, like: tuple[int, int] | None = None) -> tuple[int, int]:
    """Pixels of a still.

    Args:
        like: Size of the input picture, for requests that leave the shape open.
    """
    wide, high = parameters.get("width"), parameters.get("height")
    if is_number(wide) and is_number(high):
        return bounded(number(wide, 1024), number(high, 1024))
    edge = 1024
    for name in ("resolution", "image_size", "size"):
        edge = EDGES.get(text(_asked(schema, parameters, name)).strip().lower(), edge)
    for name in ("size", "image_size", "resolution"):
        value = _asked(schema, parameters, name)
        match = _PAIR.match(text(value))
        if match:
            return bounded(float(match[1]), float(match[2]))
        sides = table(value)
        if sides:
            return bounded(number(sides.get("width"), 1024), number(sides.get("height"), 1024))
    ratio = None
    for name in ("aspect_ratio", "image_size", "size"):
        ratio = ratio or ratio_of(_asked(schema, parameters, name))
    if ratio is None:
        ratio = like[0] / like[1] if like else 1.0
    return bounded(edge * ratio**0.5, edge / ratio**0.5)


def clip_size(schema: Json, parameters: Json, like: tuple[int, int] | None = None) -> tuple[int, int]:
    """Pixels of a clip; both sides even, as its encoders want."""
    short = CLIP_HEIGHTS.get(text(_asked(schema, parameters, "resolution")).strip().lower(), 360)
    ratio = ratio_of(_asked(schema, parameters, "aspect_ratio")) or ratio_of(_asked(schema, parameters, "size"))
    if ratio is None:
        ratio = like[0] / like[1] if like else 16 / 9
    ratio = min(3.0, max(1 / 3, ratio))
    wide, high = (short * ratio, short) if ratio >= 1 else (short, short / ratio)
    return bounded(wide, high, 500_000)
