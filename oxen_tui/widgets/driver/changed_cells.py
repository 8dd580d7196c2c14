"""Which cells of a line differ, so that a clock in a wide row costs its own cells and not the row.

A list with hundreds of jobs under way ticks once a second; over ssh each byte of that counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

_MARKED = re.compile(
    "[\u0300-\u036f\u0483-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe2f\U0001f3fb-\U0001f3ff]"
)
"""Marks, joiners and tones of skin; scripts in which marks are common are taken as a whole."""


def changed_cells(old: Strip, new: Strip) -> tuple[int, int] | None:
    """The first cell that differs and the one behind the last; None where both look the same.

    Never cuts a wide character. Where marks combine with characters it is the whole line.
    """
    if old == new:
        return None
    width = max(old.cell_length, new.cell_length)
    if _has_marks(old) or _has_marks(new):
        return 0, width
    start = _alike(iter(old), iter(new), _ahead)
    behind = _alike(reversed(old._segments), reversed(new._segments), _behind)
    return start, max(start + 1, width - behind)


class DrawnLines:
    """The lines of a widget as they stand on the screen, to draw only what becomes of them."""

    def __init__(self, draw: Callable[[int], Strip]) -> None:
        """
        Args:
            draw: Makes a line of the widget as it is now.
        """
        self._draw = draw
        self._lines: dict[int, Strip] = {}

    def line(self, y: int) -> Strip:
        """For `render_line`."""
        strip = self._lines.get(y)
        if strip is None:
            strip = self._lines[y] = self._draw(y)
        return strip

    def forget(self) -> None:
        """All of it is to be drawn anew: another width, another theme, another place in the list."""
        self._lines.clear()

    def changes(self) -> Iterator[Region]:
        """Draws the lines that stand on the screen once more; the cells that are not as they were."""
        for y, old in list(self._lines.items()):
            new = self._draw(y)
            if (cells := changed_cells(old, new)) is not None:
                self._lines[y] = new
                yield Region(cells[0], y, cells[1] - cells[0], 1)


def _has_marks(strip: Strip) -> bool:
    """Whether there are characters that take no cell: the cell before them is theirs too."""
    return any(not segment.text.isascii() and _MARKED.search(segment.text) for segment in strip)


def _alike(old: Iterator[Segment], new: Iterator[Segment], within: Callable[[str, str], int]) -> int:
    """Cells that are the same, from one end on."""
    cells = 0
    for one, other in zip(old, new, strict=False):
        if one.style is not other.style and one.style != other.style:
            break
        if one.text != other.text:
            return cells + within(one.text, other.text)
        cells += cell_len(one.text)
    return cells


def _ahead(one: str, other: str) -> int:
    """Cells of what both begin with."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return cell_len(one[:same])


def _behind(one: str, other: str) -> int:
    """Cells of what both end with."""
    return _ahead(one[::-1], other[::-1])
