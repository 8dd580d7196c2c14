"""A line put together from parts that are drawn once: what the terminal is sent of a part is kept with the part.

Textual keeps what it makes of a line with that very line. A line of a grid is another as soon as one of its tiles is,
and the cells of a picture in half cells are the dearest there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip


class JoinedStrip(Strip):
    """Parts beside each other. They are filtered already; see `filtered`."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[Strip]) -> None:
        super().__init__(
            [segment for part in parts for segment in part._segments], sum(part.cell_length for part in parts)
        )
        self._parts = parts

    def render(self, console: Console) -> str:
        if self._render_cache is None:
            self._render_cache = "".join([part.render(console) for part in self._parts])
        return self._render_cache


def filtered(strip: Strip, filters: Sequence[LineFilter], background: Color) -> Strip:
    """What Textual would make of a line before it is shown."""
    for each in filters:
        strip = strip.apply_filter(each, background)
    return strip
