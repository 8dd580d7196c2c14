"""What a request costs, how long it may take, and the request itself: the page beside a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper, cells_of, clipped
from oxen_tui.widgets.page.body_lines import Path, body_lines
from oxen_tui.widgets.page.code_lines import code_lines
from oxen_tui.widgets.page.labelled import prose
from oxen_tui.widgets.page.lines import Lines, ReadLines
from oxen_tui.widgets.page.view import PageView

FORMS = ("JSON", "curl", "Python")
"""What a request can be shown and copied as."""

_LEXERS = {"curl": "bash", "Python": "python"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands at the right end of its line."""

    label: str
    value: str
    ink: str = "text"
    """Of the value."""


@dataclass(frozen=True)
class RequestFacts:
    """All that the page shows."""

    reckoning: tuple[str, ...] = ()
    """How the price comes about, line by line; what stands behind a tab goes to the right end."""
    estimate: str = ""
    """`~$0.60`, `price unknown`."""
    is_known: bool = True
    money: tuple[Fact, ...] = ()
    """Spent today, under way, what is left of a budget."""
    time: tuple[Fact, ...] = ()
    """How long it took before."""
    body: Mapping[str, object] | None = None
    """The request, with the names of files in place of their addresses."""
    wrong: frozenset[Path] = frozenset()
    """Where values stand that would be refused."""
    source: Callable[[str], str] | None = None
    """The whole request as one of `FORMS`, without any key."""


class RequestSide(PageView):
    """Shows the facts of one request. Which form of it is in view is for the user to choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,tab", "form(1)", "JSON, curl, Python", id="request_side.next"),
        Binding("left,h,shift+tab", "form(-1)", "The form before", show=False, id="request_side.before"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._facts = RequestFacts()
        self._form = FORMS[0]

    def show(self, facts: RequestFacts) -> None:
        """Show these; the reader stays where he is."""
        self._facts = facts
        self.renew()

    @property
    def form(self) -> str:
        """The form of the request in view."""
        return self._form

    @property
    def copy_text(self) -> str:
        """The whole request in that form, "" while there is none."""
        return self._facts.source(self._form) if self._facts.source is not None else ""

    def action_form(self, by: int) -> None:
        self._form = FORMS[(FORMS.index(self._form) + by) % len(FORMS)]
        self.renew()

    def lay_out(self, paper: Paper) -> Lines:
        return ReadLines(self._written(paper), paper.line)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _written(self, paper: Paper) -> Iterator[PageLine]:
        facts = self._facts
        yield PageLine()
        if facts.estimate:
            yield from self._price(paper, facts)
        if facts.time:
            yield PageLine((Piece("Time", "muted+strong"),))
            yield PageLine()
            yield from _columns(facts.time)
            yield PageLine()
        if facts.body is not None:
            yield from self._request(paper, facts)

    def _price(self, paper: Paper, facts: RequestFacts) -> Iterator[PageLine]:
        yield PageLine((Piece("Price", "muted+strong"),), (Piece("estimate", "faint"),))
        yield PageLine()
        for line in facts.reckoning:
            left, _, right = line.partition("\t")
            if right:
                yield PageLine((Piece(left, "muted"),), (Piece(right, "text"),))
            else:
                yield from prose(paper, left)
        yield PageLine(rule=True)
        ink = "text+strong" if facts.is_known else "warn"
        yield PageLine((Piece("Estimate", "text+strong"),), (Piece(facts.estimate, ink),))
        yield PageLine()
        if facts.money:
            yield from _columns(facts.money)
            yield PageLine()

    def _request(self, paper: Paper, facts: RequestFacts) -> Iterator[PageLine]:
        names: list[Piece] = []
        for form in FORMS:
            names += [Piece("  ", "text")] if names else []
            names.append(Piece(form, "strong" if form == self._form else "muted"))
        title = clipped([Piece("Request", "muted+strong")], max(0, paper.inner - cells_of(names) - 2), "")
        yield PageLine(tuple(title), tuple(names))
        yield PageLine()
        if self._form == FORMS[0]:
            yield from body_lines(facts.body or {}, facts.wrong, paper)
        elif facts.source is not None:
            yield from code_lines(facts.source(self._form), _LEXERS[self._form], paper)
        yield PageLine()
        yield PageLine((Piece(f"F4 edit as JSON {paper.glyphs.dot} y copy", "faint"),))


def _columns(facts: Sequence[Fact]) -> Iterator[PageLine]:
    for fact in facts:
        yield PageLine((Piece(fact.label, "muted"),), (Piece(fact.value, fact.ink),))
