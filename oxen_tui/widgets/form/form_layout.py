"""Where the rows of a form stand. Thousands of rows cost an addition each; lines are made for what is in view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from textual.strip import Strip

from oxen_tui.widgets.form.field_lines import PLAIN, Look
from oxen_tui.widgets.form.form_paper import FormPaper
from oxen_tui.widgets.form.row import FormRow
from oxen_tui.widgets.form.row_lines import BLANK, FormLine, gap_before, row_height, row_lines

_KEPT = 400
"""Rows whose lines are kept."""


class FormLayout:
    """The lines of all rows, as `PageView` wants them."""

    complete = True

    def __init__(self, rows: Sequence[FormRow], paper: FormPaper, look: Callable[[int], Look], special: int) -> None:
        """
        Args:
            rows: Of the form.
            paper: They are drawn on.
            look: What the user is about in a row.
            special: The one row that may be about something; all others look plain.
        """
        self.rows = rows
        self.paper = paper
        self._look = look
        heights = [gap_before(row, index, paper) + row_height(row, paper, PLAIN) for index, row in enumerate(rows)]
        if 0 <= special < len(rows):
            row = rows[special]
            heights[special] = gap_before(row, special, paper) + row_height(row, paper, look(special))
        self._ends = list(accumulate(heights))
        self._lines: dict[int, list[FormLine]] = {}

    # What a page asks

    @property
    def known(self) -> int:
        return self._ends[-1] if self._ends else 0

    def reach(self, count: int, seconds: float | None = None) -> bool:
        return True

    def strip(self, index: int) -> Strip:
        line = self.line(index)
        return self.paper.strip(line.pieces, line.bar)

    # What a form asks

    def row_at(self, line: int) -> int:
        """The row that this line belongs to, the blank ones above it included."""
        return bisect_right(self._ends, line)

    def top_of(self, row: int) -> int:
        """Its first line below the blank ones."""
        start = self._ends[row - 1] if row else 0
        return start + gap_before(self.rows[row], row, self.paper)

    def end_of(self, row: int) -> int:
        """The line after its last one."""
        return self._ends[row]

    def line(self, index: int) -> FormLine:
        """A line of the whole form."""
        row = self.row_at(index)
        within = index - self.top_of(row)
        if within < 0:
            return BLANK
        lines = self._drawn(row)
        return lines[within] if within < len(lines) else BLANK

    def forget(self, row: int) -> None:
        """The row looks otherwise now, and is as high as before."""
        self._lines.pop(row, None)

    def _drawn(self, row: int) -> list[FormLine]:
        lines = self._lines.get(row)
        if lines is None:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            lines = self._lines[row] = row_lines(self.rows[row], self.paper, self._look(row))
        return lines
