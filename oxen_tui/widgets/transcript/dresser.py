"""What is laid over the lines for a while: the bar of the message that keys act on, and the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.selection import Selection
from textual.strip import Strip

from oxen_tui.widgets.transcript.column import row_code

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.column import Column, Found
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

_KEPT = 500
"""Lines with a bar that are kept."""


class Dresser:
    """Makes of a line what is shown of it. For one painter: a new one is made with every new painter."""

    def __init__(self) -> None:
        self._barred: dict[int, tuple[Strip, Strip]] = {}

    def strip(
        self, column: Column, found: Found | None, chosen: TurnLines | None, selection: Selection | None
    ) -> Strip:
        """A line of the page.

        Args:
            found: The line; None below the last one.
            chosen: The turn that has the bar.
        """
        if found is None:
            return column.painter.blank.strip
        strip = found.line.strip
        lines = column.turns[found.number]
        if lines is chosen and found.at >= lines.lead:
            strip = self._with_bar(column, strip)
        if selection is not None:
            span = selection.get_span(row_code(found.number, found.at))
            if span is not None:
                strip = _selected(column, strip, span, found)
        return strip

    def _with_bar(self, column: Column, strip: Strip) -> Strip:
        known = self._barred.get(id(strip))
        if known is None:
            if len(self._barred) > _KEPT:
                self._barred.clear()
            glyphs = column.painter.glyphs
            first = strip.text[:1]
            glyph = first if first in (glyphs.corner_top, glyphs.corner_bottom) else glyphs.edge_bar
            text, style, _ = next(iter(strip))
            rest = [Segment(text[1:], style)] if len(text) > 1 else []
            bar = Segment(glyph, column.painter.inks["accent"])
            barred = Strip([bar, *rest, *list(strip)[1:]], strip.cell_length)
            # The strip is kept too: as long as it is, no other can have its id.
            known = self._barred[id(strip)] = (strip, barred)
        return known[1]


def _selected(column: Column, strip: Strip, span: tuple[int, int], found: Found) -> Strip:
    line = found.line
    first = max(line.start, span[0])
    last = line.end if span[1] < 0 else min(line.end, span[1])
    if line.ornament or last <= first:
        return strip
    start, end = strip.index_to_cell_position(first), strip.index_to_cell_position(last)
    inks = column.painter.inks
    lit = [Segment(text, inks.over(style or inks["text"], "selection")) for text, style, _ in strip.crop(start, end)]
    return Strip.join([strip.crop(0, start), Strip(lit, end - start), strip.crop(end)])


def changed_cells(before: Strip, now: Strip) -> int:
    """How far from the left two lines differ. Textual repaints from the left edge in any case."""
    width = now.cell_length
    if before.cell_length != width or not before or not now:
        return width
    last, new = next(reversed(before)), next(reversed(now))
    if last.style == new.style and last.text.isspace() and new.text.isspace():
        return width - min(len(last.text), len(new.text))
    return width
