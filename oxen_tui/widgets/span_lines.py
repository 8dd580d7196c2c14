"""Some lines of text, each with a left and a right end, one under another. As high as they are many."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones

Ends = tuple[Sequence[Span], Sequence[Span]]
"""What stands at the left and at the right of a line; the left one is cut where there is too little room."""


class SpanLines(Widget):
    """Draws them without markup; repaints only what changed."""

    DEFAULT_CSS = "SpanLines { height: auto; }"

    class Pressed(Message):
        """It was clicked."""

        lines: SpanLines

        @property
        def control(self) -> SpanLines:
            return self.lines

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[tuple[list[Span], list[Span]]] = []

    def show(self, lines: Sequence[Ends]) -> None:
        """Show these; costs nothing where they are what is shown already."""
        new = [(list(left), list(right)) for left, right in lines]
        if new == self._lines:
            return
        other_height = len(new) != len(self._lines)
        self._lines = new
        self.refresh(layout=other_height)

    @property
    def plain(self) -> list[str]:
        """What is shown, without tones."""
        return [
            "  ".join(filter(None, ("".join(text for text, _ in left), "".join(text for text, _ in right))))
            for left, right in self._lines
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self))

    def render_line(self, y: int) -> Strip:
        width, base, look = self.size.width, self.rich_style, tones(self.app)
        if y >= len(self._lines) or not width:
            return Strip.blank(width, base)
        left, right = self._lines[y]
        right = cut(right, width)
        left = cut(left, max(0, width - span_cells(right) - (2 if right else 0)))
        gap = width - span_cells(left) - span_cells(right)
        spans = [*left, (" " * gap, "text"), *right]
        return Strip([Segment(text, base + look[tone]) for text, tone in spans if text], width)
