"""What a model costs, in words and units: plain prices, grids as tables, a worked example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.cells import cell_len, set_cell_size

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.page.labelled import label_cells, labelled, prose
from oxen_tui.widgets.page.lines import Lines, ListedLines
from oxen_tui.widgets.page.view import PageView

_GAP = 2


class PriceRow(Protocol):
    """One price; `services.price.words` has all of these."""

    @property
    def label(self) -> str:
        """What is paid for: `input`, `1080p`."""
        ...

    @property
    def price(self) -> str:
        """With its unit: `$1.20 / M`."""
        ...

    @property
    def note(self) -> str: ...


class PriceTable(Protocol):
    """Prices by two things at once."""

    @property
    def title(self) -> str: ...

    @property
    def head(self) -> Sequence[str]:
        """Over all columns, that of the labels first."""
        ...

    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


class WorkedExample(Protocol):
    """What one request would cost."""

    @property
    def request(self) -> str:
        """`6 s at 720p, no sound`."""
        ...

    @property
    def reckoning(self) -> Sequence[str]:
        """Line by line: `6 s × $0.10 / s`."""
        ...

    @property
    def total(self) -> str:
        """`~$0.60`, or words where it cannot be known."""
        ...


class PricePage(Protocol):
    """All that is known of a price."""

    @property
    def summary(self) -> str:
        """In a sentence or less: `$0.10 / s`, `price varies`."""
        ...

    @property
    def rows(self) -> Sequence[PriceRow]: ...
    @property
    def tables(self) -> Sequence[PriceTable]: ...
    @property
    def examples(self) -> Sequence[WorkedExample]: ...
    @property
    def notes(self) -> Sequence[str]: ...


class PriceView(PageView):
    """Shows one model's prices."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._page: PricePage | None = None

    def show(self, page: PricePage | None) -> None:
        """Show these prices."""
        if page != self._page:
            self._page = page
            self.renew(to_top=True)

    def lay_out(self, paper: Paper) -> Lines:
        lines = list(price_lines(self._page, paper)) if self._page is not None else []
        return ListedLines(lines, paper.line)


def price_lines(page: PricePage, paper: Paper) -> Iterator[PageLine]:
    """The lines of a page of prices."""
    yield from prose(paper, page.summary, "text+strong")
    if page.rows:
        yield PageLine()
        column = label_cells([row.label for row in page.rows], paper)
        for row in page.rows:
            price = [Piece(row.price, "text")]
            if row.note:
                price.append(Piece(f"  {row.note}", "faint"))
            yield from labelled(paper, row.label, price, column)
    for table in page.tables:
        yield PageLine()
        yield from _table(table, paper)
    for example in page.examples:
        yield PageLine()
        yield PageLine(rule=True)
        yield PageLine()
        yield PageLine((Piece("For example", "muted+strong"),))
        yield from prose(paper, example.request, "text")
        for step in example.reckoning:
            yield from prose(paper, step, "muted")
        yield PageLine((Piece("together  ", "muted"), Piece(example.total, "text+strong")))
    for note in page.notes:
        yield PageLine()
        yield from prose(paper, note, "faint")


def _table(table: PriceTable, paper: Paper) -> Iterator[PageLine]:
    """Prices stand at the right of their columns. What does not fit side by side is said line by line."""
    if table.title:
        yield PageLine((Piece(table.title, "muted+strong"),))
    columns = len(table.head)
    widths = [
        max([cell_len(row[column]) for row in (table.head, *table.rows) if column < len(row)], default=0)
        for column in range(columns)
    ]
    if sum(widths) + _GAP * (columns - 1) > paper.inner:
        yield from _stacked(table, paper)
        return
    yield PageLine(_cells(table.head, widths, "faint", "faint"))
    yield PageLine(rule=True)
    for row in table.rows:
        yield PageLine(_cells(row, widths, "muted", "text"))


def _cells(row: Sequence[str], widths: Sequence[int], first: str, others: str) -> tuple[Piece, ...]:
    label = Piece(set_cell_size(row[0] if row else "", widths[0]), first)
    cells = []
    for column, width in enumerate(widths[1:], 1):
        text = row[column] if column < len(row) else ""
        cells.append(Piece(" " * (_GAP + width - cell_len(text)) + text, others))
    return (label, *cells)


def _stacked(table: PriceTable, paper: Paper) -> Iterator[PageLine]:
    labels = [f"{row[0]} {name}".strip() for row in table.rows for name in table.head[1:]]
    column = label_cells(labels, paper)
    for row in table.rows:
        for name, price in zip(table.head[1:], row[1:], strict=False):
            if price:
                yield from labelled(paper, f"{row[0]} {name}".strip(), [Piece(price, "text")], column)
