"""The button under a model: what Enter does with it, and what a plain request would cost."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones

_LEAST = 20
"""Cells of the button."""

_LEAST_ABOUT = 8
"""Cells below which nothing is said beside it."""


class OpenButton(Widget):
    """A word and a price on the accent, and beside it what the price is of. Never takes the focus: Enter does it."""

    DEFAULT_CSS = """
    OpenButton { height: 4; width: 1fr; background: $panel; }
    OpenButton.-flat { height: 1; }
    """

    class Pressed(Message):
        """It was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said = ("", "", "")

    def say(self, word: str, price: str, about: str) -> None:
        """Show this; without a word there is no button.

        Args:
            word: What is done: `Create`.
            price: What that costs: `~$0.60`, `price unknown`.
            about: What is paid for: `6 s at 720p, no sound`.
        """
        if (word, price, about) != self._said:
            self._said = word, price, about
            self.refresh()

    @property
    def plain(self) -> str:
        """What is said, without the surface."""
        return "  ".join(part for part in self._said if part)

    def on_click(self, event: events.Click) -> None:
        if self._said[0] and 2 <= event.x < 2 + self._cells:
            self.post_message(self.Pressed())

    @property
    def _cells(self) -> int:
        word, price, _ = self._said
        return min(max(_LEAST, len(word) + len(price) + 8), max(0, self.size.width - 4))

    def render_line(self, y: int) -> Strip:
        width, base, style = self.size.width, self.rich_style, tones(self.app)
        word, price, _ = self._said
        row = y if self.size.height > 1 else 1
        if not word or row > 2:
            return Strip.blank(width, base)
        segments, cells = [Segment("  ", base)], self._cells
        if row == 1:
            gap = max(1, cells - 4 - len(word) - len(price))
            segments.append(Segment(f"  {word}{' ' * gap}{price}  ", base + style["primary"]))
        else:
            edge = glyph("half_top" if row == 0 else "half_bottom")
            segments.append(Segment(edge * cells, base + style["accent"]))
        room = width - cells - 6
        said: list[Span] = cut([(self._about(room)[row], "faint")], room) if room > _LEAST_ABOUT else []
        segments.append(Segment(" " * max(0, room + 2 - span_cells(said)), base))
        segments += [Segment(text, base + style[tone]) for text, tone in said]
        return Strip(segments).adjust_cell_length(width, base)

    def _about(self, room: int) -> list[str]:
        """What is paid for, on the three rows of the button: one is enough, or it is broken at a comma or space."""
        about = self._said[2]
        if cell_len(about) <= room or self.size.height == 1:
            return ["", about, ""]
        first, comma, rest = about.partition(", ")
        parts = [first + comma.rstrip(), rest] if rest and cell_len(first) < room else wrap(about, room)
        return ["", *parts, ""][:3] if len(parts) < 3 else parts[:3]
