"""One of a few words, chosen with the arrows: all of them on one line where they fit, else the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import OneLine, Span, span_cells


class ChoiceLine(OneLine, can_focus=True):
    """Holds one of its choices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h,up", "step(-1)", "Choice before", show=False, id="choice.before"),
        Binding("right,l,down,space", "step(1)", "Choice after", show=False, id="choice.after"),
    ]

    DEFAULT_CSS = """
    ChoiceLine { padding: 0 1; border-left: inner $field; background: $field; }
    ChoiceLine:focus { border-left: inner $accent; }
    """

    chosen: reactive[int] = reactive(0, init=False, repaint=False)
    """Which of the choices."""

    def __init__(self, choices: Sequence[str], value: str = "", *, classes: str | None = None) -> None:
        """
        Args:
            choices: At least one.
            value: That is chosen at first, if it is one of them; else the first is.
        """
        super().__init__(classes=classes)
        self._choices = list(choices)
        if value in self._choices:
            self.set_reactive(ChoiceLine.chosen, self._choices.index(value))

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._choices[self.chosen]

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def watch_chosen(self) -> None:
        self._draw()

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self._draw()

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def on_click(self, event: events.Click) -> None:
        """The word that is clicked is chosen."""
        event.stop()
        place, end = event.x - 2, 0
        for number, choice in enumerate(self._choices):
            end += span_cells([(clean_line(choice), "")]) + 3
            if place < end:
                self.chosen = number
                return

    def action_step(self, step: int) -> None:
        """Go to the choice before (-1) or after (1), round at the ends."""
        self.chosen = (self.chosen + step) % len(self._choices)

    def _draw(self) -> None:
        here = "accent-bold" if self.has_focus else "bold"
        spans: list[Span] = []
        for number, choice in enumerate(self._choices):
            spans += [("   ", "text")] if spans else []
            spans.append((clean_line(choice), here if number == self.chosen else "faint"))
        if span_cells(spans) <= self.size.width:
            self.say(spans)
        else:
            place = f"{self.chosen + 1} of {len(self._choices)}"
            before, after = glyph("branch_left"), glyph("branch_right")
            self.say([(f"{before} {clean_line(self.value)} {after}", here)], [(place, "faint")])
