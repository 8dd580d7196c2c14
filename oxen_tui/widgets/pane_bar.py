"""The header: names of the panes with a count of active jobs; who and where; money spent this session."""

from __future__ import annotations

from textual import events
from textual.reactive import reactive

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine, Span, cut, span_cells
from oxen_tui.widgets.wording import money

PANES = ("chat", "models", "create", "queue", "gallery")
"""Names of the panes in the order of their numbers."""

_LEAST_OF_PLACE = 8
"""Cells of a place that still say something."""


class PaneBar(OneLine):
    """Shows where the user is; a click on a name goes there."""

    DEFAULT_CSS = "PaneBar { dock: top; background: $panel; }"

    active: reactive[str] = reactive("chat", repaint=False)
    """Name of the pane on screen."""
    jobs: reactive[int] = reactive(0, repaint=False)
    """Generations that run or wait."""
    place: reactive[str] = reactive("", repaint=False)
    """Who and where: a user name, a profile, a host."""
    demo: reactive[bool] = reactive(False, repaint=False)
    """Whether the embedded demo service answers."""
    spent: reactive[float] = reactive(0.0, repaint=False)
    """US dollars this session, as far as they are known."""
    partial: reactive[bool] = reactive(False, repaint=False)
    """Whether something was paid whose price is not known: the sum is then only a lower bound."""

    class Chosen(Message):
        """A pane's name was clicked."""

        pane: str

    def on_mount(self) -> None:
        for name in ("active", "jobs", "place", "demo", "spent", "partial"):
            self.watch(self, name, self._draw, init=False)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        names = self._names()
        # Where one is, is known; the names are gone to. So it is the place that gives way.
        room = self.size.width - span_cells(names) - span_cells(self._who("")) - 3
        place = cut([(self.place, "muted")], room) if room >= _LEAST_OF_PLACE else []
        self.say(names, self._who("".join(text for text, _ in place)))

    def _names(self) -> list[Span]:
        narrow = self.size.width < 80
        spans: list[Span] = []
        self._ends: list[tuple[int, str]] = []
        for number, pane in enumerate(PANES, 1):
            here = pane == self.active
            spans.append((glyph("bar") if here else " ", "accent"))
            spans.append((str(number), "accent-bold" if here else "faint"))
            if here or not narrow:
                spans.append((f" {pane.capitalize()}", "bold" if here else "muted"))
            if pane == "queue" and self.jobs:
                spans.append((f" {glyph('running')}{self.jobs}", "accent"))
            if pane != PANES[-1]:
                spans.append((" " if narrow else "  ", "text"))
            self._ends.append((span_cells(spans), pane))
        return spans

    def _who(self, place: str) -> list[Span]:
        narrow = self.size.width < 80
        spans: list[Span] = []
        if self.demo:
            spans.append(("demo", "warn") if narrow else (" demo ", "badge"))
            spans.append(("  ", "text"))
        if place and not narrow:
            spans += [(place, "muted"), ("  ", "text")]
        sign = "≥" if self.partial else ""
        spans.append((sign + money(self.spent), "bold"))
        if self.size.width >= 140:
            spans.append((" spent this session", "faint"))
        elif not narrow:
            spans.append((" spent", "faint"))
        return [*spans, ("  ", "text")]

    def on_click(self, event: events.Click) -> None:
        for end, pane in self._ends:
            if event.x < end:
                self.post_message(self.Chosen(pane))
                return
