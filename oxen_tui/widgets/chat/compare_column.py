"""One answer among several: who gives it and how far it is, the answer, and what it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.transcript.view import Transcript
from oxen_tui.widgets.wording import short_count


@dataclass(frozen=True, slots=True)
class ColumnSaid:
    """What stands round the answer."""

    name: str
    """Of the model."""
    state: tuple[Span, ...] = ()
    """What it does, at the right of its name."""
    took: tuple[Span, ...] = ()
    """Under the answer: times."""
    wrote: tuple[Span, ...] = ()
    """Under that: tokens and speed."""
    cost: tuple[Span, ...] = ()
    """And the money."""


class CompareColumn(Vertical):
    """Draws it. The keys are those of the page it stands on; a click on it says so."""

    DEFAULT_CSS = """
    CompareColumn {
        width: 1fr; height: 1fr; margin: 0 2 0 0;
        & > .compare-head { background: $panel; }
        &.-here > .compare-head { background: $field; }
        &.-last { margin: 0; }
        & > .compare-took { margin: 1 0 0 0; }
        &.-low > .compare-took { margin: 0; }
        &.-low > .compare-cost { display: none; }
    }
    """

    class Touched(Message):
        """It was clicked."""

        number: int

    def __init__(self, number: int) -> None:
        """`number` is its place, from 0."""
        super().__init__()
        self.number = number
        self._said = ColumnSaid("")
        self._below = 0
        self._is_here = False

    def compose(self) -> ComposeResult:
        yield OneLine(classes="compare-head")
        yield Transcript()
        yield OneLine(classes="compare-took")
        yield OneLine(classes="compare-wrote")
        yield OneLine(classes="compare-cost")

    def on_mount(self) -> None:
        self._head = self.query_one(".compare-head", OneLine)
        self._took = self.query_one(".compare-took", OneLine)
        self._wrote = self.query_one(".compare-wrote", OneLine)
        self._cost = self.query_one(".compare-cost", OneLine)
        self.transcript = self.query_one(Transcript)
        """Of one turn."""
        self.transcript.can_focus = False

    def tell(self, said: ColumnSaid, *, here: bool) -> None:
        """Show this; `here` is whether the keys act on this column."""
        self._said, self._is_here = said, here
        self.set_class(here, "-here")
        self._draw()

    def fold(self) -> None:
        """Open what is folded in the answer, or fold it again."""
        if (turns := self.transcript.column.turns) and turns[-1].folds:
            self.transcript.action_fold()

    @property
    def plain(self) -> str:
        """What stands round the answer, without tones."""
        lines = (self._head, self._took, self._wrote, self._cost)
        return "\n".join(" ".join(line.plain.split()) for line in lines)

    @on(Transcript.LinesBelow)
    def _count_lines_below(self, event: Transcript.LinesBelow) -> None:
        event.stop()
        self._below = event.count
        self._draw()

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Touched(self.number))

    def _draw(self) -> None:
        bar: Span = (f"{glyph('bar')} " if self._is_here else "  ", "accent")
        name: Sequence[Span] = ((f"{self.number + 1} ", "faint"), (self._said.name, "bold"))
        self._head.say([bar, *name], [*self._said.state, ("  ", "text")])
        below: list[Span] = [(f"{glyph('down')} {short_count(self._below)}  ", "accent")] if self._below else []
        said, dot = self._said, (f" {glyph('dot')} ", "faint")
        self._took.say([("  ", "text"), *said.took], below)
        low = self.has_class("-low") and said.cost
        between = [dot] if said.wrote and low else []
        self._wrote.say([("  ", "text"), *said.wrote, *between, *(said.cost if low else ())])
        self._cost.say([("  ", "text"), *said.cost])
