"""Bars: time that passed against the usual time, bytes that came against all."""

from __future__ import annotations

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span


def bar(share: float, cells: int, tone: str = "accent") -> list[Span]:
    """A bar of so many cells, filled up to this share (0 to 1). It is full only when nothing is left."""
    done = max(0, min(cells, int(share * cells)))
    spans: list[Span] = [(glyph("bar_done") * done, tone), (glyph("bar_left") * (cells - done), "line")]
    return [span for span in spans if span[0]]


def time_bar(passed: float, usual: float, slow: float, cells: int) -> tuple[list[Span], int]:
    """Time against the user's own runs: filled up to now, a rule to the usual time, dots on to the slow tenth.

    Args:
        passed: Seconds so far.
        usual: Half of the runs took less.
        slow: Nine of ten runs took less.
        cells: Of the whole bar.

    Returns:
        The bar, and the cell at which the usual time stands.
    """
    whole = max(slow, usual, 0.001)
    mark = max(1, min(cells - 1, round(cells * usual / whole))) if slow > usual else cells
    done = min(cells, int(cells * passed / whole))
    tone = "accent" if passed < usual else "warn"
    spans: list[Span] = [
        (glyph("bar_done") * done, tone),
        (glyph("bar_left") * max(0, mark - done), "line"),
        (glyph("bar_slow") * (cells - max(mark, done)), "line"),
    ]
    return [span for span in spans if span[0]], mark
