"""The fonts of the pictures: one for letters, others for signs that it does not have."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

FAMILIES = ("JetBrains Mono", "DejaVu Sans Mono")
"""In the order in which they are asked for a sign. On Debian: fonts-jetbrains-mono, fonts-dejavu-core."""

SIZE = 20
"""Pixels."""

_NOTDEF = "\U0010fffd"
"""A code point that no font has: what it draws is drawn for all that is missing."""


class FontMissing(Exception):
    """None of the families is installed."""


@cache
def font_for(sign: str, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    """The first font that has this sign.

    Raises:
        FontMissing: See there.
    """
    fonts = [font for family in FAMILIES if (font := _font(family, bold, italic))]
    if not fonts:
        raise FontMissing(f"none of {', '.join(FAMILIES)} is installed, or fc-match is not")
    return next((font for font in fonts if _has(font, sign)), fonts[0])


def _has(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    return bytes(font.getmask(sign)) != bytes(font.getmask(_NOTDEF))


@cache
def _font(family: str, bold: bool, italic: bool) -> ImageFont.FreeTypeFont | None:
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "Bold Italic"}
    pattern = f"{family}:style={style[bold, italic]}"
    try:
        found = subprocess.run(
            ["fc-match", "--format=%{family}\n%{file}", pattern], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    name, file = found.stdout.split("\n")[:2]
    return ImageFont.truetype(Path(file), SIZE) if family in name else None
