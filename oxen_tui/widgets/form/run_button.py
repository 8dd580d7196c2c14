"""The button that spends, with its price, and beside it what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones

_LEAST = 20
"""Cells of the button."""


@dataclass(frozen=True, slots=True)
class RunState:
    """What the button says."""

    word: str = "Run"
    price: str = ""
    """Of this very request: `~$0.60`, `price unknown`."""
    ready: bool = False
    """Whether pressing it runs. Else it goes to what is to be put right."""
    beside: tuple[Span, ...] = ()
    """`1 field to fix`, `sending`."""
    right: tuple[Span, ...] = ()
    """`today $1.86 of $5.00`."""


class RunButton(Widget, can_focus=True):
    """Three lines with half-row edges; one where there is no room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "run", id="run.press"),
        Binding("up,k,shift+tab", "leave(-1)", "Back to the fields", show=False, id="run.up"),
        Binding("tab,down,j", "leave(1)", "first field", id="run.first"),
    ]

    DEFAULT_CSS = """
    RunButton { height: 3; width: 1fr; background: $bg; }
    RunButton.-flat { height: 1; }
    """

    class Pressed(Message):
        """It was pressed, whether it is ready or not."""

    class Left(Message):
        """Keys go elsewhere: -1 to the last field, 1 to the first."""

        by: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = RunState()

    def say(self, state: RunState) -> None:
        """Show this; costs nothing where it is shown already."""
        if state != self._state:
            self._state = state
            self.refresh()

    @property
    def plain(self) -> str:
        """What is said, without surfaces."""
        state = self._state
        parts = [state.word, state.price, _text(state.beside), _text(state.right)]
        return "  ".join(part for part in parts if part)

    def action_press(self) -> None:
        self.post_message(self.Pressed())

    def action_leave(self, by: int) -> None:
        self.post_message(self.Left(by))

    def on_click(self, event: events.Click) -> None:
        if 2 <= event.x < 2 + self._cells:
            self.action_press()

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.refresh()

    @property
    def _cells(self) -> int:
        state = self._state
        return min(max(_LEAST, cell_len(state.word) + cell_len(state.price) + 6), max(0, self.size.width - 4))

    def render_line(self, y: int) -> Strip:
        width, base, style = self.size.width, self.rich_style, tones(self.app)
        state, cells = self._state, self._cells
        surface = style["primary"] if state.ready else style["cursor"] + style["bold"]
        bar = Segment(glyph("bar"), base + style["accent"]) if self.has_focus else Segment(" ", base)
        if self.size.height > 1 and y != 1:
            edge = glyph("half_top" if y == 0 else "half_bottom")
            ink = Style(color=surface.bgcolor)
            return Strip([Segment("  ", base), Segment(edge * cells, base + ink)]).adjust_cell_length(width, base)
        gap = max(1, cells - 4 - cell_len(state.word) - cell_len(state.price))
        label = f"  {state.word}{' ' * gap}{state.price}  "
        segments = [bar, Segment(" ", base), Segment(label, base + surface)]
        room = width - 2 - cell_len(label) - 4
        beside = cut(state.beside, max(0, room))
        right = state.right if span_cells(state.right) + span_cells(beside) + 2 <= room else ()
        segments.append(Segment("  ", base))
        segments += [Segment(text, base + style[tone]) for text, tone in beside]
        segments.append(Segment(" " * max(0, room - span_cells(beside) - span_cells(right)), base))
        segments += [Segment(text, base + style[tone]) for text, tone in right]
        return Strip(segments).adjust_cell_length(width, base)


def _text(spans: Sequence[Span]) -> str:
    return "".join(text for text, _ in spans)
