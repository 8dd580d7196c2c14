"""What was sent and what came back as a page: heads, JSON, times; with a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.page.json_lines import broken_json, ink_json
from oxen_tui.widgets.page.lines import Lines, ReadLines
from oxen_tui.widgets.page.raw_json_view import RawJsonView


class WireLine(NamedTuple):
    """One line of what is told, before it is broken to the page."""

    text: str
    label: str = ""
    """Before it, for a name with a value."""
    ink: str = "text"
    json_depth: int | None = None
    """Of a line of JSON; None for any other."""

    @property
    def plain(self) -> str:
        """As it is copied."""
        if self.json_depth is not None:
            return "  " * self.json_depth + self.text
        return f"{self.label.rstrip()}: {self.text}" if self.label else self.text


WireSource = Callable[[], Iterable[WireLine]]


class _Row(NamedTuple):
    text: str
    pieces: tuple[Piece, ...]


class WirePage(RawJsonView):
    """Shows the lines of a source, which are asked for as far as they are in view."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._told: WireSource | None = None
        self._what = ""

    def tell(self, source: WireSource | None, what: str = "", *, keep: bool = False) -> None:
        """Show these.

        Args:
            source: None for an empty page.
            what: They are, for who copies them.
            keep: It is the same as before, or more of it: stay where the reader is.
        """
        self._told, self._what = source, what
        if keep:
            self.renew()
        else:
            self.show(None)

    def lay_out(self, paper: Paper) -> Lines:
        self._found = None
        return ReadLines(self._rows(paper), lambda row: self.lit(paper, row, list(row.pieces)))

    def action_copy(self) -> None:
        if self._told is not None:
            self.post_message(self.Copied("\n".join(line.plain for line in self._told()), self._what))

    def _rows(self, paper: Paper) -> Iterator[_Row]:
        for line in self._told() if self._told is not None else ():
            if line.json_depth is not None:
                for each in broken_json([(line.json_depth, line.text)], paper.inner):
                    yield _Row(each.text, tuple(ink_json(each)))
            else:
                yield from _wrapped(line, paper)


def _wrapped(line: WireLine, paper: Paper) -> Iterator[_Row]:
    label = Piece(f"{line.label}  ", "muted") if line.label else None
    indent = min(cell_len(label.text), paper.inner // 3) if label is not None else 0
    pieces = [label, Piece(line.text, line.ink)] if label is not None else [Piece(line.text, line.ink)]
    rest = wrap(pieces, max(8, paper.inner - indent))
    for number, part in enumerate(rest):
        before = (Piece(" " * indent, "text"),) if number and indent else ()
        shown = (*before, *part.pieces)
        yield _Row("".join(piece.text for piece in shown), shown)
