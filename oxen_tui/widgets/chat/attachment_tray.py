"""What the next question carries, as chips above the composer. Nothing while it carries nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones
from oxen_tui.widgets.transcript.turn import Chip

_MOST_ROWS = 4
_GAP = "   "
_HINT = "backspace at the start takes it off"


class AttachmentTray(Widget):
    """Draws chips beside each other, as many rows as they need, at most four."""

    DEFAULT_CSS = "AttachmentTray { height: auto; display: none; margin: 1 3 0 0; padding: 0 0 0 2; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.chips: tuple[Chip, ...] = ()
        """What is shown."""
        self._rows: list[list[Span]] = []
        self._rows_for = 0

    def show(self, chips: Sequence[Chip]) -> None:
        """Show these."""
        self.chips = tuple(chips)
        self._rows_for = 0
        self.display = bool(chips)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows_at(width))

    def on_resize(self, _: events.Resize) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        # The padding is drawn by Textual round what stands here.
        width, base, look = self.content_size.width, self.rich_style, tones(self.app)
        rows = self._rows_at(width)
        if y >= len(rows) or not width:
            return Strip.blank(width, base)
        spans = cut(rows[y], width)
        segments = [Segment(text, base + look["cursor"] + look["bold"] if tone == "chip" else base + look[tone])
                    for text, tone in spans]  # fmt: skip
        return Strip([*segments, Segment(" " * (width - span_cells(spans)), base)], width)

    def _rows_at(self, width: int) -> list[list[Span]]:
        if width == self._rows_for:
            return self._rows
        rows: list[list[Span]] = []
        for chip in self.chips:
            spans: list[Span] = [(f" {chip.label} ", "chip")]
            spans += [(f" {chip.detail}", "faint")] if chip.detail else []
            if rows and span_cells(rows[-1]) + cell_len(_GAP) + span_cells(spans) <= width:
                rows[-1] += [(_GAP, "text"), *spans]
            else:
                rows.append(cut(spans, width))
        if len(rows) > _MOST_ROWS:
            rows = [*rows[: _MOST_ROWS - 1], [(f" {glyph('more')}{len(rows) - _MOST_ROWS + 1} rows more", "faint")]]
        if rows and span_cells(rows[-1]) + cell_len(_GAP + _HINT) <= width:
            rows[-1] += [(_GAP + _HINT, "faint")]
        self._rows, self._rows_for = rows, width
        return rows
