"""An example request to a model as a program would send it: short or complete, for a shell or in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.page.code_lines import code_lines
from oxen_tui.widgets.page.lines import Lines, ReadLines
from oxen_tui.widgets.page.view import PageView

LANGUAGES = ("curl", "Python")

RequestSource = Callable[[bool, str], str]
"""The text of a request, without any key: whether with every field, and in which of `LANGUAGES`."""

_LEXERS = {"curl": "bash", "Python": "python"}


class RequestView(PageView):
    """Shows one example at a time. What was chosen stays chosen for the next model."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "toggle_full", "minimal or full", id="request.full"),
        Binding("p", "toggle_language", "curl or Python", id="request.language"),
        Binding("y", "copy", "copy", id="request.copy"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._source: RequestSource | None = None
        self._empty = ""
        self._full = False
        self._language = LANGUAGES[0]

    def show(self, source: RequestSource | None, *, empty: str = "No example", keep: bool = False) -> None:
        """Show examples from this source.

        Args:
            empty: What to say where there is none.
            keep: Stay where the reader is.
        """
        self._source, self._empty = source, empty
        self.renew(to_top=not keep)

    def lay_out(self, paper: Paper) -> Lines:
        return ReadLines(self._written(paper), paper.line)

    def action_toggle_full(self) -> None:
        self._full = not self._full
        self.renew(to_top=True)

    def action_toggle_language(self) -> None:
        here = LANGUAGES.index(self._language)
        self._language = LANGUAGES[(here + 1) % len(LANGUAGES)]
        self.renew(to_top=True)

    def action_copy(self) -> None:
        if self._source is not None:
            text = self._source(self._full, self._language)
            self.post_message(self.Copied(text, f"{self._language} request"))

    def _written(self, paper: Paper) -> Iterator[PageLine]:
        if self._source is None:
            yield PageLine((Piece(self._empty, "muted"),))
            return
        sizes = _choice(("minimal", "full"), "full" if self._full else "minimal")
        languages = _choice(LANGUAGES, self._language)
        yield PageLine((*sizes, Piece("   ", "text"), *languages))
        yield PageLine()
        text = self._source(self._full, self._language)
        yield from code_lines(text, _LEXERS[self._language], paper)


def _choice(names: Sequence[str], chosen: str) -> list[Piece]:
    """Chips, the chosen one on a surface."""
    return [Piece(f" {name} ", "field+strong" if name == chosen else "faint") for name in names]
