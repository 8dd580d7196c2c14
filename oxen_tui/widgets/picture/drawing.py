"""The lines of a picture, and of the words in its place."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from oxen_tui.terminal.half_cells import UPPER_HALF
from oxen_tui.widgets.one_line import cut


def half_cell_row(pixels: bytes, columns: int, row: int, base: Style) -> list[Segment]:
    """One row of half cells; equal neighbours are one segment.

    Args:
        pixels: Red, green and blue of each half cell, row by row. The last row of cells may have upper halves only.
        columns: Half cells in a row.
        row: Of cells.
        base: The style of the widget, whose ground is under missing halves.
    """
    stride = columns * 3
    upper = pixels[2 * row * stride : (2 * row + 1) * stride]
    lower = pixels[(2 * row + 1) * stride : (2 * row + 2) * stride]
    segments: list[Segment] = []
    begin = 0
    for at in range(3, stride + 3, 3):
        same = upper[at : at + 3] == upper[begin : begin + 3] and lower[at : at + 3] == lower[begin : begin + 3]
        if same and at < stride:
            continue
        above = _colour(upper[begin : begin + 3])
        below = _colour(lower[begin : begin + 3]) if lower else base.bgcolor
        cells = (at - begin) // 3
        if above == below:
            segments.append(Segment(" " * cells, Style.from_color(None, above)))
        else:
            segments.append(Segment(UPPER_HALF * cells, Style.from_color(above, below)))
        begin = at
    return segments


def _colour(pixel: bytes) -> Color:
    """Not by Rich's own way, which writes the name of each colour: that takes three times as long."""
    return Color("", ColorType.TRUECOLOR, None, ColorTriplet(*pixel))


def changed_cells(before: bytes, after: bytes, columns: int, rows: int) -> list[tuple[int, int, int]]:
    """Where half cells differ from those that they take the place of: row, first column, and the one behind the last.

    Args:
        before: Red, green and blue of each half cell, row by row.
        after: Likewise, of as many.
        columns, rows: Cells.
    """
    found, stride = [], columns * 3
    for row in range(rows):
        begin = 2 * row * stride
        one, other = before[begin : begin + 2 * stride], after[begin : begin + 2 * stride]
        if one == other:
            continue
        places = [at // 3 % columns for at in range(0, len(other), 3) if one[at : at + 3] != other[at : at + 3]]
        found.append((row, min(places), max(places) + 1))
    return found


def words_row(words: str, width: int, height: int, y: int, base: Style, tone: Mapping[str, Style]) -> Strip:
    """One row of words that stand where a picture would, broken over as many rows as there are."""
    rows = textwrap.wrap(words, max(1, width)) if len(words) > width else [words]
    if len(rows) > height > 0:
        rows = [*rows[: height - 1], " ".join(rows[height - 1 :])]
    if y >= len(rows):
        return Strip.blank(width, base)
    segments = [Segment(text, base + tone[name]) for text, name in cut([(rows[y], "faint")], width)]
    return Strip(segments).adjust_cell_length(width, base)
