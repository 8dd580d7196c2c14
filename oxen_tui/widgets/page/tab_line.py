"""Names of pages in a line, the one in view underlined."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.lines.line import MARGIN, Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.message import Message


class TabLine(Widget):
    """Shows the names; a click on one says so. Which page is in view is for its owner to say."""

    DEFAULT_CSS = "TabLine { height: 2; background: $panel; }"

    class Chosen(Message):
        """A name was clicked."""

        name: str

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names = tuple(names)
        self._active = self._names[0]

    @property
    def active(self) -> str:
        """The name of the page in view."""
        return self._active

    def choose(self, name: str) -> None:
        """Underline this one."""
        if name != self._active:
            self._active = name
            self.refresh()

    def _gap(self, width: int) -> int:
        """Cells between two names: as in a comfortable line, or what there is."""
        words = sum(map(cell_len, self._names))
        return max(1, min(3, (width - 2 * MARGIN - words) // max(1, len(self._names) - 1)))

    def render_line(self, y: int) -> Strip:
        paper = Paper.of(self.app, self.size.width)
        gap, rule = " " * self._gap(paper.width), paper.glyphs.rule
        pieces: list[Piece] = []
        for name in self._names:
            here = name == self._active
            size = cell_len(name)
            if pieces:
                pieces.append(Piece(rule * len(gap) if y else gap, "line"))
            if y:
                pieces.append(
                    Piece(paper.glyphs.bar_done * size if here else rule * size, "accent" if here else "line")
                )
            else:
                pieces.append(Piece(name, "strong" if here else "muted"))
        if y:
            rest = paper.inner - sum(cell_len(piece.text) for piece in pieces)
            pieces.append(Piece(rule * max(0, rest), "line"))
        return paper.row(pieces)

    def on_click(self, event: events.Click) -> None:
        at, gap = MARGIN, self._gap(self.size.width)
        for name in self._names:
            end = at + cell_len(name)
            if at <= event.x < end + gap:
                self.post_message(self.Chosen(name))
                return
            at = end + gap
