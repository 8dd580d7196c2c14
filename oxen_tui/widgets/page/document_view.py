"""Markdown that is read and never changes: drawn by the transcript's painter, as far as the reader has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from textual.strip import Strip

from oxen_tui.widgets.glyphs import ASCII
from oxen_tui.widgets.lines.line import ANSWER
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.markdown.body import Body
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.margins import Room
from oxen_tui.widgets.markdown.painter import Painter
from oxen_tui.widgets.page.lines import Lines
from oxen_tui.widgets.page.view import PageView

_SLICE = 4_000
"""Characters parsed in one go."""

Lead = Callable[[Paper], Sequence[PageLine]]
"""Lines that stand above the text, for a width."""


class DocumentView(PageView):
    """Shows one text."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._text = ""
        self._lead: Lead | None = None

    def show(self, text: str, lead: Lead | None = None) -> None:
        """Show this from its first line on.

        Args:
            text: Markdown, cleaned.
            lead: What stands above it.
        """
        self._text, self._lead = text, lead
        self.renew(to_top=True)

    def lay_out(self, paper: Paper) -> Lines:
        narrow = self.app.size.width < 80
        edges = not narrow and self.app.size.height >= 24 and paper.glyphs is not ASCII
        room = Room(paper.width, narrow=narrow, edges=edges, brackets=self.app.current_theme.ansi)
        lead = self._lead(paper) if self._lead else ()
        return _DocumentLines(paper, lead, Painter(room, paper.inks, paper.glyphs), self._text)


class _DocumentLines:
    """The lead, then a text that is parsed in slices while its lines come into view."""

    def __init__(self, paper: Paper, lead: Sequence[PageLine], painter: Painter, text: str) -> None:
        self._paper = paper
        self._lead = lead
        self._text = text
        self._at = 0
        self._body = Body(Document(), ANSWER, painter, streaming=False)

    @property
    def known(self) -> int:
        return len(self._lead) + self._body.height

    @property
    def complete(self) -> bool:
        return self._at > len(self._text)

    def reach(self, count: int, seconds: float | None = None) -> bool:
        end = perf_counter() + seconds if seconds is not None else None
        while not self.complete and self.known < count:
            self._body.feed(self._text[self._at : self._at + _SLICE])
            self._at += _SLICE
            if self._at >= len(self._text):
                self._at = len(self._text) + 1
                self._body.finish()
            if end is not None and perf_counter() > end:
                break
        return self.complete or self.known >= count

    def strip(self, index: int) -> Strip:
        if index < len(self._lead):
            return self._paper.line(self._lead[index])
        return self._body.line(index - len(self._lead)).strip
