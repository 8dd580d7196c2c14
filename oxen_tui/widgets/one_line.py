"""A line of text with a left and a right end, drawn without markup: the base of header, footer and status line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.tones import tones

Span = tuple[str, str]
"""Text, and the name of its tone (`widgets/tones.py`)."""


def span_cells(spans: Sequence[Span]) -> int:
    return sum([cell_len(text) for text, _ in spans])


def cut(spans: Sequence[Span], cells: int) -> list[Span]:
    """The spans, shortened to `cells` with an ellipsis where they are longer."""
    if span_cells(spans) <= cells:
        return list(spans)
    kept: list[Span] = []
    room = cells - 1
    for text, tone in spans:
        size = cell_len(text)
        if size > room:
            if room >= 0:
                kept.append((set_cell_size(text, room).rstrip() + "…", tone))
            break
        kept.append((text, tone))
        room -= size
    return kept


def cut_middle(text: str, cells: int) -> str:
    """The text, with its middle left out where it is too long: versions and variants stand at the end of names."""
    if cell_len(text) <= cells:
        return text
    if cells < 12:
        return set_cell_size(text, max(0, cells - 1)).rstrip() + "…"
    tail = (cells - 1) // 2
    head = set_cell_size(text, cells - 1 - tail)
    end = text[-tail:]
    while cell_len(end) > tail:
        end = end[1:]
    return head + "…" + end


class OneLine(Widget):
    """Draws `left` and `right` spans on its own surface; the right end stays whole, the left is shortened."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._left: list[Span] = []
        self._right: list[Span] = []

    def say(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Show these; costs nothing where they are what is shown already."""
        if (left := list(left)) != self._left or (right := list(right)) != self._right:
            self._left, self._right = list(left), list(right)
            self.refresh()

    @property
    def plain(self) -> str:
        """What is shown, without tones (tests, and screen readers of the log)."""
        return "".join(text for text, _ in self._left) + "  " + "".join(text for text, _ in self._right)

    def render_line(self, y: int) -> Strip:
        width, base, style = self.size.width, self.rich_style, tones(self.app)
        if y or not width:
            return Strip.blank(width, base)
        right = cut(self._right, width)
        taken = span_cells(right)
        left = cut(self._left, max(0, width - taken - (1 if taken else 0)))
        gap = width - taken - span_cells(left)
        segments = [Segment(text, base + style[tone]) for text, tone in left]
        segments.append(Segment(" " * max(0, gap), base))
        segments += [Segment(text, base + style[tone]) for text, tone in right]
        return Strip(segments, width)
