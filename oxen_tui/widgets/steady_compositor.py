"""A compositor that a widget out of sight cannot unsettle, and that writes no more than what changed.

Textual 8.2 takes a refreshed widget that has no place on the screen for a new one, and marks its map as out of date,
also where the widget is only hidden: the side list on a narrow terminal, a scroll bar of no width. The next look at
any widget's size then makes a new map. If that falls between the removal of a widget and the layout that follows, the
layout finds nothing changed and paints nothing: toasts stayed on the screen for good.

It also writes a changed part of a line from the left edge of its widget on: a clock at the right end of a wide row
costs the row. Here it costs its own cells.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor
from textual.widget import Widget


class SteadyCompositor(Compositor):
    """Paints what has its place. What is new gets its place from the layout that its mounting asks for."""

    def update_widgets(self, widgets: set[Widget]) -> None:
        super().update_widgets(widgets & self.visible_widgets.keys())

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        return None if update is None else ExactUpdate(update.chops, update.spans, update.chop_ends)


class ExactUpdate(ChopsUpdate):
    """Writes the cells that changed and none beside them."""

    def render_segments(self, console: Console) -> str:
        written: list[str] = []
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= right or end <= left:
                    continue
                begin = max(x, left)
                if begin > x or end > right:
                    strip = strip.crop(begin - x, min(end, right) - x)
                written += (Control.move_to(begin, y).segment.text, strip.render(console))
        return "".join(written)
