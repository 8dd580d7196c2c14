"""What is known of a result: facts with labels, then the words it was asked for with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.page.labelled import label_cells, labelled, prose
from oxen_tui.widgets.page.lines import Lines, ListedLines
from oxen_tui.widgets.page.view import PageView


@dataclass(frozen=True, slots=True)
class ResultFact:
    """One line: `Paid  $0.40 estimate ~$0.40`."""

    label: str
    text: str
    aside: str = ""
    """Behind the text, fainter."""


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """All of one result."""

    facts: Sequence[ResultFact] = ()
    prompt: str = ""
    trouble: str = ""
    """What is wrong with its file; stands first."""


class GalleryFacts(PageView):
    """Shows the facts of one result."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._facts = ResultFacts()

    def show(self, facts: ResultFacts) -> None:
        """Show these; the page stays where it was read where only a value changed."""
        if facts != self._facts:
            same = facts.prompt == self._facts.prompt
            self._facts = facts
            self.renew(to_top=not same)

    def lay_out(self, paper: Paper) -> Lines:
        return ListedLines(fact_lines(self._facts, paper), paper.line)


def fact_lines(page: ResultFacts, paper: Paper) -> list[PageLine]:
    """The lines of a page."""
    lines: list[PageLine] = []
    if page.trouble:
        lines += [*prose(paper, f"{paper.glyphs.failed} {page.trouble}", "err"), PageLine()]
    column = label_cells([fact.label for fact in page.facts], paper)
    for fact in page.facts:
        pieces = [Piece(fact.text, "text")]
        if fact.aside:
            pieces.append(Piece(f" {fact.aside}", "faint"))
        lines += labelled(paper, fact.label, pieces, column)
    if page.prompt:
        lines += [PageLine(), *prose(paper, page.prompt)]
    return lines
