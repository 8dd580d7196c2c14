"""JSON as it came over the wire, in lines and colours, with a search. Work is done for what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.strip import Strip

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.page.json_lines import JsonLine, broken_json, indented, ink_json
from oxen_tui.widgets.page.lines import Lines, ReadLines
from oxen_tui.widgets.page.view import SLICE_SECONDS, PageView
from oxen_tui.widgets.wording import count

_CHUNK = 2_000
"""Lines searched in one go."""

JsonSource = Callable[[], Iterable[tuple[int, str]]]
"""Gives the lines of one value, each with its depth, as `services.json_text.json_lines` does."""


class Searchable(Protocol):
    """A line that words may stand in."""

    @property
    def text(self) -> str: ...


class RawJsonView(PageView):
    """Shows one value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next(1)", "next", show=False, id="raw.next"),
        Binding("N", "next(-1)", "previous", show=False, id="raw.previous"),
        Binding("y", "copy", "copy", id="raw.copy"),
    ]

    can_find = True

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._source: JsonSource | None = None
        self._words = ""
        self._found: int | None = None

    def show(self, source: JsonSource | None) -> None:
        """Show these lines, which are asked for when they are drawn; None for an empty page."""
        self._source = source
        self._words, self._found = "", None
        self.renew(to_top=True)

    def lay_out(self, paper: Paper) -> Lines:
        self._found = None  # at another width it is another line
        coming = broken_json(self._source() if self._source is not None else (), paper.inner)
        return ReadLines(coming, lambda line: self._drawn(paper, line))

    def find(self, words: str) -> None:
        self._words, self._found = words.casefold(), None
        self.refresh()
        if words:
            self._search(self.top, 1)
        else:
            self.post_message(self.Searched(""))

    def action_next(self, step: int) -> None:
        if self._words:
            self._search((self._found if self._found is not None else self.top) + step, step)

    def action_copy(self) -> None:
        if self._source is not None:
            self.post_message(self.Copied("\n".join(indented(self._source())), "JSON"))

    def _search(self, start: int, step: int) -> None:
        """Go to the first line from here on that holds the words; goes on by itself while there is more to read."""
        lines = self.lines
        if not isinstance(lines, ReadLines):
            return
        if step > 0:
            lines.reach(start + _CHUNK, SLICE_SECONDS)
            span = range(start, min(start + _CHUNK, lines.known))
        else:
            span = range(min(start, lines.known - 1), -1, -1)
        for index in span:
            if self._words in lines.sources[index].text.casefold():
                self._found = index
                self.reveal(index)
                self.refresh()
                self.post_message(self.Searched(f"line {count(index + 1)}"))
                return
        if step > 0 and not (lines.complete and span.stop >= lines.known):
            self.post_message(self.Searched(f"searching, line {count(span.stop)}"))
            words = self._words
            self.set_timer(0.001, lambda: self._search(span.stop, step) if words == self._words else None)
            return
        self.post_message(self.Searched("no further line" if self._found is not None else "nothing found below"))

    def _drawn(self, paper: Paper, line: JsonLine) -> Strip:
        return self.lit(paper, line, ink_json(line))

    def lit(self, paper: Paper, line: Searchable, pieces: list[Piece]) -> Strip:
        """A line of these pieces, set off where what is looked for stands in it."""
        if not self._words or self._words not in line.text.casefold():
            return paper.row(pieces)
        lines = self.lines
        here = isinstance(lines, ReadLines) and self._found is not None and lines.sources[self._found] is line
        return paper.row(_lit(pieces, self._words), ground="field", bar="accent" if here else "")


def _lit(pieces: list[Piece], words: str) -> list[Piece]:
    """The words in bold, where they stand in one piece."""
    lit: list[Piece] = []
    for piece in pieces:
        at = piece.text.casefold().find(words)
        if at < 0:
            lit.append(piece)
            continue
        end = at + len(words)
        parts = ((piece.text[:at], piece.ink), (piece.text[at:end], "warn+strong"), (piece.text[end:], piece.ink))
        lit += [Piece(text, ink) for text, ink in parts if text]
    return lit
