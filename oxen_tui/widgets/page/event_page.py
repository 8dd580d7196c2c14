"""The raw events of a stream, one to a line: when it came, what it says, how it was written. Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, NamedTuple, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper, cells_of, clipped
from oxen_tui.widgets.page.json_lines import broken_json, ink_json
from oxen_tui.widgets.page.lines import Lines, ListedLines, ReadLines
from oxen_tui.widgets.page.raw_json_view import RawJsonView


class Events(Protocol):
    """What is to be known of them. Asked for what is in view."""

    def __len__(self) -> int: ...

    def after(self, number: int) -> str:
        """When it came: `+1,234`, in milliseconds."""
        ...

    def gist(self, number: int) -> str:
        """What it says, in a few words; "" where that is not known."""
        ...

    def raw(self, number: int) -> str:
        """All of it, in one line."""
        ...

    def lines(self, number: int) -> Iterable[tuple[int, str]]:
        """The same as JSON, each line with its depth."""
        ...


class _Row(NamedTuple):
    number: int
    """Of its event."""
    read: Callable[[], str]
    pieces: tuple[Piece, ...] | None = None
    """Of a line of an event that is open; None for the first line of one."""

    @property
    def text(self) -> str:
        return self.read()


class EventPage(RawJsonView):
    """A cursor goes from event to event; while more come it stays on the last one, if it stands there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "open", id="events.open"),
        Binding("y", "copy", "copy", id="events.copy"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._events: Events | None = None
        self._opened: set[int] = set()
        self._at = 0
        self._empty = ""
        self._columns = (0, 0)
        """Cells of the times and of what the events say."""

    def tell(self, told: Events | None, *, empty: str = "", keep: bool = False) -> None:
        """Show these.

        Args:
            told: None while there are none.
            empty: What to say where there are none.
            keep: They are those from before, and more: stay on the one that the cursor is on, or on the last.
        """
        before = len(self._events) if self._events is not None else 0
        follows = keep and before > 0 and self._at == before - 1
        self._events, self._empty = told, empty
        if not keep:
            self._opened.clear()
            self._at = 0
            self.show(None)
            return
        self.renew()
        if follows and told is not None and len(told) > before:
            self._stand_on(len(told) - 1)

    @property
    def cursor(self) -> int:
        """The number of the event that keys act on, from 0."""
        return self._at

    def lay_out(self, paper: Paper) -> Lines:
        self._found = None
        told = self._events
        if told is None or not len(told):
            return ListedLines((self._empty,), lambda text: paper.row([Piece(text, "muted")]))
        times = max(6, len(told.after(len(told) - 1)))
        self._columns = times, max(10, min(28, (paper.inner - times) // 3))
        return ReadLines(self._rows(paper), lambda row: self._painted(paper, row))

    def _rows(self, paper: Paper) -> Iterator[_Row]:
        told = self._events
        for number in range(len(told)) if told is not None else ():
            assert told is not None
            yield _Row(number, lambda told=told, number=number: told.raw(number))  # type: ignore[misc]
            if number in self._opened:
                indent = self._columns[0] + 2
                for line in broken_json(told.lines(number), max(20, paper.inner - indent)):
                    pieces = (Piece(" " * indent, "text"), *ink_json(line))
                    yield _Row(number, lambda text=line.text: text, pieces)  # type: ignore[misc]

    # --- what the user does ---------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        self._stand_on(self._at + step)

    def action_page(self, step: int) -> None:
        """A page of events, or within one that is longer than the page."""
        lines = self._known()
        if lines is None:
            return
        line = self.top + (0 if step < 0 else self.page_height - 1) + step * max(1, self.page_height - 2)
        lines.reach(line + 1)
        self._stand_on(lines.sources[max(0, min(line, lines.known - 1))].number)

    def action_edge(self, end: int) -> None:
        if self._events is not None:
            self._stand_on(len(self._events) - 1 if end else 0)

    def action_open(self) -> None:
        """Show all of the event under the cursor, or fold it again."""
        self._opened ^= {self._at}
        top = self.top
        self.renew()
        self.go_to(top)
        self._stand_on(self._at)

    def action_copy(self) -> None:
        """One that is open alone, else all of them."""
        if self._events is None or not len(self._events):
            return
        if self._at in self._opened:
            self.post_message(self.Copied(self._events.raw(self._at), "event"))
            return
        told = self._events
        lines = (f"{told.after(number)} ms  {told.raw(number)}" for number in range(len(told)))
        self.post_message(self.Copied("\n".join(lines), "raw events"))

    def on_click(self, event: events.Click) -> None:
        lines, index = self._known(), self.top + event.y
        if lines is not None and index < lines.known:
            self._stand_on(lines.sources[index].number)
            self.action_open()

    def reveal(self, first: int, last: int | None = None) -> None:
        super().reveal(first, last)
        lines = self._known()
        if lines is not None and self._found is not None and first == self._found:
            self._at = lines.sources[first].number  # what was found is what keys act on

    def _known(self) -> ReadLines[_Row] | None:
        lines = self.lines
        return lines if isinstance(lines, ReadLines) and lines.known else None

    def _stand_on(self, number: int) -> None:
        told = self._events
        if told is None or not len(told):
            return
        self._at = max(0, min(number, len(told) - 1))
        line = self._line_of(self._at)
        lines = self._known()
        last = line
        while lines is not None and last + 1 < lines.known and lines.sources[last + 1].number == self._at:
            last += 1
        self.reveal(line, min(last, line + max(1, self.page_height) - 1))
        self.refresh()

    def _line_of(self, number: int) -> int:
        """The first line of an event: its own number, and the lines of those above it that are open."""
        lines = self._known()
        if lines is None:
            return 0
        lines.reach(number + 1)
        line = number
        if any(each < number for each in self._opened):
            while line < lines.known and lines.sources[line].number < number:
                line += 1
                lines.reach(line + 1)
        lines.reach(line + self.page_height)
        return line

    # --- drawing --------------------------------------------------------------------------------------------------

    def _painted(self, paper: Paper, row: _Row) -> Strip:
        told = self._events
        here = row.number == self._at and self.has_focus
        if row.pieces is not None:
            pieces = list(row.pieces)
        elif told is None:
            pieces = []
        else:
            pieces = self._head(paper, told, row.number)
        if self._words and self._words in row.text.casefold():
            return self.lit(paper, row, pieces)
        return paper.row(pieces, ground="field", bar="accent") if here and row.pieces is None else paper.row(pieces)

    def _head(self, paper: Paper, told: Events, number: int) -> list[Piece]:
        times, wide = self._columns
        pieces = [Piece(f"{told.after(number):>{times}}", "faint"), Piece("  ", "text")]
        gist = clipped([Piece(told.gist(number), "text")], wide, paper.glyphs.ellipsis)
        pieces += [*gist, Piece(" " * (wide - cells_of(gist) + 2), "text")]
        return [*pieces, Piece(told.raw(number)[: 4 * paper.width], "faint")]
