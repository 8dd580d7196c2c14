"""Lets what a widget drew go with it. Textual keeps the lines of the last thousand widgets that were taken away.

It computes two colours for every widget it draws and remembers them by who asked: by the object which holds the lines
that the widget drew. In a program that is open all day that is tens of megabytes.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


def install() -> None:
    """Remember the colours by what they are made of, in this process."""
    StylesCache.get_inner_outer = _inner_outer_of  # type: ignore[method-assign, assignment]


def _inner_outer_of(_: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
    return _inner_outer(base_background, background)


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)
