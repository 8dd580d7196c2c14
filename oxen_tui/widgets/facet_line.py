"""Two lines of words that narrow a list: the kinds with their numbers, and a few that are often wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span, span_cells
from oxen_tui.widgets.tones import tones
from oxen_tui.widgets.wording import count


@dataclass(frozen=True, slots=True)
class Facet:
    """One word of the line."""

    key: str
    """Names it to whoever handed it in."""
    label: str
    sign: str = ""
    """A glyph before the label, which stands alone where room is short."""
    number: int | None = None
    """Rows it would leave; None where nobody counted."""
    chosen: bool = False


class FacetLine(Widget, can_focus=True):
    """Says which word was chosen, by key or click. What is left out for want of room can be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Previous", show=False, id="facets.previous"),
        Binding("right,l", "step(1)", "Next", show=False, id="facets.next"),
        Binding("up,k", "row(-1)", "Line above", show=False, id="facets.up"),
        Binding("down,j", "row(1)", "Line below, then the list", show=False, id="facets.down"),
        Binding("enter,space", "choose", "choose", id="facets.choose"),
        Binding("escape", "leave", "to the list", id="facets.leave"),
    ]

    DEFAULT_CSS = "FacetLine { height: auto; width: 1fr; }"

    cursor: reactive[int] = reactive(0)
    """Index among the words that are drawn."""

    class Chosen(Message):
        """A word was chosen; it may be one that is chosen already."""

        key: str

    class Left(Message):
        """The user wants to go on to the list."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._kinds: Sequence[Facet] = ()
        self._quick: Sequence[Facet] = ()

    def show(self, kinds: Sequence[Facet], quick: Sequence[Facet]) -> None:
        """Show these; nothing is drawn where nothing changed."""
        if (kinds := tuple(kinds)) == self._kinds and (quick := tuple(quick)) == self._quick:
            return
        grew = bool(self._quick) != bool(quick) or not self._kinds
        self._kinds, self._quick = tuple(kinds), tuple(quick)
        self.refresh(layout=grew)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 if self._low or not self._quick else 2

    # What the user does

    def action_step(self, step: int) -> None:
        self.cursor = max(0, min(self.cursor + step, len(list(self._places())) - 1))

    def action_row(self, step: int) -> None:
        places = list(self._places())
        here = places[min(self.cursor, len(places) - 1)]
        wanted = [place for place in places if place.y == here.y + step]
        if wanted:
            near = min(wanted, key=lambda place: abs(place.start - here.start))
            self.cursor = places.index(near)
        elif step > 0:
            self.action_leave()

    def action_choose(self) -> None:
        places = list(self._places())
        if self.cursor < len(places):
            self.post_message(self.Chosen(places[self.cursor].facet.key))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_click(self, event: events.Click) -> None:
        for place in self._places():
            if place.y == event.y and place.start <= event.x < place.end:
                self.post_message(self.Chosen(place.facet.key))

    # Drawing

    @property
    def plain(self) -> list[str]:
        """What is drawn, by line."""
        return [self.render_line(y).text.rstrip() for y in range(self.size.height)]

    def render_line(self, y: int) -> Strip:
        width, base, style = self.size.width, self.rich_style, tones(self.app)
        segments, taken = [Segment(" ", base)], 1
        for index, place in enumerate(self._places()):
            if place.y != y:
                continue
            surface = base + style["cursor"] if place.facet.chosen else base
            here = self.has_focus and index == self.cursor
            segments.append(Segment(glyph("bar") if here else " ", surface + style["accent"]))
            for text, tone in place.spans:
                segments.append(Segment(text, surface + style["bold" if place.facet.chosen or here else tone]))
            segments.append(Segment(" ", surface))
            taken = place.end
        return Strip(segments, taken).adjust_cell_length(width, base)

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.refresh()

    @property
    def _low(self) -> bool:
        return self.screen.size.height < 26

    def _places(self) -> Iterator[_Place]:
        """The words that fit, with where they stand."""
        lines = [self._kinds] if self._low else [self._kinds, self._quick]
        index_words = [_spans(facet, words=True) for facet in self._kinds]
        words = 1 + sum(span_cells(spans) + 2 for spans in index_words) <= self.size.width
        for y, line in enumerate(lines):
            x = 1
            for facet in line:
                spans = _spans(facet, words=words or y > 0 or not facet.sign)
                cells = span_cells(spans) + 2
                if x + cells > self.size.width:
                    break
                yield _Place(facet, y, x, x + cells, spans)
                x += cells


@dataclass(frozen=True, slots=True)
class _Place:
    facet: Facet
    y: int
    start: int
    """First cell, and the one behind the last."""
    end: int
    spans: list[Span]


def _spans(facet: Facet, *, words: bool) -> list[Span]:
    label = f"{facet.sign} {facet.label}".strip() if words else facet.sign
    spans: list[Span] = [(label, "muted" if facet.number != 0 else "faint")]
    if facet.number is not None:
        spans.append((" " + count(facet.number), "faint"))
    return spans
