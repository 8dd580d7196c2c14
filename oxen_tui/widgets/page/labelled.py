"""Facts with a label before them, broken to their column: the first page about a model, its prices."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.lines.wrapping import wrap

MEASURE = 88
"""Cells that prose takes at most."""


def label_cells(labels: Sequence[str], paper: Paper) -> int:
    """How wide the column of these labels is, gap included: at most two fifths of the page, a little more if then
    all of them fit."""
    wanted = max(map(cell_len, labels), default=0) + 2
    return wanted if wanted <= paper.inner * 9 // 20 else max(8, paper.inner * 2 // 5)


def labelled(paper: Paper, label: str, pieces: Sequence[Piece], column: int) -> list[PageLine]:
    """A fact on as many lines as it takes."""
    width = max(8, min(MEASURE, paper.inner) - column)
    blanks = Piece(" " * column, "text")
    lines: list[PageLine] = []
    if cell_len(label) >= column:
        lines += [PageLine(tuple(line.pieces)) for line in wrap([Piece(label, "muted")], paper.inner)]
        label = ""
    for number, line in enumerate(wrap(list(pieces), width)):
        before = blanks if number else Piece(set_cell_size(label, column), "muted")
        lines.append(PageLine((before, *line.pieces)))
    return lines


def prose(paper: Paper, text: str, ink: str = "muted", indent: int = 0) -> list[PageLine]:
    """Some words, broken to the page."""
    width = max(8, min(MEASURE, paper.inner) - indent)
    before = (Piece(" " * indent, "text"),) if indent else ()
    return [PageLine((*before, *line.pieces)) for line in wrap([Piece(text, ink)], width)]
