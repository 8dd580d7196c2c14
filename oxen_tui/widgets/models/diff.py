"""Two models beside one another: what differs in prices, limits and requests; the same on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper, cells_of, clipped
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.models.diff_rows import Comparison, DiffRow, DiffSection, sections_of
from oxen_tui.widgets.page.columns import beside_one_another
from oxen_tui.widgets.page.lines import Lines, ReadLines
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.wording import counted

__all__ = ["DiffRow", "DiffSection", "ModelDiff"]

_SIDE_BY_SIDE = 64
"""Cells between the margins from which on there is room for three columns."""

_GAP = 2
_LONGEST_LABEL = 26


class ModelDiff(PageView):
    """Shows what two models do not have in common. As wide as it may be: side by side, else stacked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "toggle_all", "all or differences", id="diff.all"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._names = ("", "")
        self._sections: Sequence[DiffSection] = ()
        self._same = 0
        self._all = False

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what was compared."""
        self.show(comparison.first, comparison.second, list(sections_of(comparison)), same=comparison.same)

    def show(self, left: str, right: str, sections: Sequence[DiffSection], *, same: int = 0) -> None:
        """Show these two.

        Args:
            left: Name of the first model.
            right: Name of the second.
            sections: Everything that can be compared, differing or not.
            same: How many fields do not differ and are in none of the sections.
        """
        self._names, self._sections, self._same = (left, right), sections, same
        self.renew(to_top=True)

    def lay_out(self, paper: Paper) -> Lines:
        return ReadLines(self._written(paper), paper.line)

    def action_toggle_all(self) -> None:
        self._all = not self._all
        self.renew(to_top=True)

    def _written(self, paper: Paper) -> Iterator[PageLine]:
        rows = [row for section in self._sections for row in section.rows]
        same = sum(row.same for row in rows)
        columns = self._columns(rows, paper)
        yield PageLine()
        if columns is not None:
            yield PageLine(_head(self._names, columns, paper))
        else:
            for number, name in enumerate(self._names, 1):
                yield PageLine((Piece(f"{number}  ", "faint"), Piece(name, "text+strong")))
        yield PageLine(rule=True)
        counts = _counts(len(rows) - same, 0 if self._all else same, self._same)
        for line in wrap(counts, paper.inner):
            yield PageLine(tuple(line.pieces))
        label = min(max([cell_len(row.label) for row in rows], default=8), paper.inner // 3) + _GAP
        for section in self._sections:
            shown = [row for row in section.rows if self._all or not row.same]
            if not shown:
                continue
            yield PageLine()
            yield PageLine((Piece(section.title, "muted+strong"),))
            for row in shown:
                yield from _side_by_side(row, columns) if columns is not None else _stacked(row, paper, label)

    def _columns(self, rows: Sequence[DiffRow], paper: Paper) -> tuple[int, int] | None:
        """Cells of the labels and of either model; None where there is no room."""
        if paper.inner < _SIDE_BY_SIDE:
            return None
        longest = max([cell_len(row.label) for row in rows], default=8)
        label = min(longest, _LONGEST_LABEL, paper.inner // 3)
        return label, (paper.inner - label - 2 * _GAP) // 2


def _counts(different: int, unseen: int, same: int) -> list[Piece]:
    """How much differs, how much that does not can be shown, and how many fields are the same."""
    pieces = [Piece(counted(different, "difference") if different else "No difference in what is known", "muted")]
    if unseen:
        pieces.append(Piece(f"  {counted(unseen, 'fact')} the same, not shown", "faint"))
    if same:
        pieces.append(Piece(f"  {counted(same, 'field')} the same", "faint"))
    return pieces


def _head(names: tuple[str, str], columns: tuple[int, int], paper: Paper) -> tuple[Piece, ...]:
    label, width = columns
    cells = [Piece(" " * (label + _GAP), "text")]
    for name in names:
        (shown,) = clipped([Piece(name, "text+strong")], width, paper.glyphs.ellipsis)
        cells += [shown, Piece(" " * (width - cell_len(shown.text) + _GAP), "text")]
    return tuple(cells)


def _side_by_side(row: DiffRow, columns: tuple[int, int]) -> Iterator[PageLine]:
    label, width = columns
    ink = "faint" if row.same else "text"
    cells = [wrap([Piece(row.label, "faint" if row.same else "muted")], label)]
    rooms = [label]
    if row.changes:
        rooms.append(2 * width + _GAP)
        cells.append([line for change in row.changes for line in wrap([Piece(change, ink)], rooms[-1])])
    else:
        rooms += [width, width]
        cells += [wrap([_value(row.left, ink)], width), wrap([_value(row.right, ink)], width)]
    yield from beside_one_another(cells, rooms, _GAP)


def _stacked(row: DiffRow, paper: Paper, column: int) -> Iterator[PageLine]:
    """For a narrow page; what is short stands in one line all the same."""
    ink = "faint" if row.same else "text"
    half = (paper.inner - column) // 2
    sides = [Piece("1 ", "faint"), _value(row.left, ink)], [Piece("2 ", "faint"), _value(row.right, ink)]
    if cell_len(row.label) < column and not row.changes and all(cells_of(side) + _GAP <= half for side in sides):
        label = Piece(set_cell_size(row.label, column), "faint" if row.same else "muted")
        gap = Piece(" " * (half - cells_of(sides[0])), "text")
        yield PageLine((label, *sides[0], gap, *sides[1]))
        return
    for line in wrap([Piece(row.label, "faint" if row.same else "muted")], paper.inner):
        yield PageLine(tuple(line.pieces))
    if row.changes:
        values = [(" ", change) for change in row.changes]
    elif row.same:
        values = [(" ", row.left)]
    else:
        # What only one of them has stands under its name: no need to say that the other lacks it.
        values = [(mark, value) for mark, value in (("1", row.left), ("2", row.right)) if value]
    for mark, value in values:
        for number, line in enumerate(wrap([_value(value, ink)], max(8, paper.inner - 5))):
            before = Piece(set_cell_size("" if number else f"  {mark}", 5), "faint")
            yield PageLine((before, *line.pieces))


def _value(text: str, ink: str) -> Piece:
    return Piece(text, ink) if text else Piece("–", "faint")
