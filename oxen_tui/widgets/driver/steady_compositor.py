"""A compositor that a widget out of sight cannot unsettle, and that writes no more than what changed.

Textual 8.2 takes a refreshed widget that has no place on the screen for a new one, and marks its map as out of date,
also where the widget is only hidden: the side list on a narrow terminal, a scroll bar of no width. The next look at
any widget's size then makes a new map. If that falls between the removal of a widget and the layout that follows, the
layout finds nothing changed and paints nothing: toasts stayed on the screen for good.

When a dialog goes it paints the whole screen below twice in a row, once because that screen is back and once because
something was removed, which was another screen. The second time nothing is written where nothing is another than it
was a moment ago.

It also writes a changed part of a line from the left edge of its widget on: a clock at the right end of a wide row
costs the row. Here it costs its own cells.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from rich.console import Console, RenderableType
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Offset
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

TWICE: Final = 0.2
"""Seconds within which a whole screen that is as it was is not painted again. Later it may be painted to mend what
another program has written over it."""


class _Painted(NamedTuple):
    """A whole screen as it was painted."""

    at: float
    """Seconds of the clock."""
    turn: int
    """How often the screen had come to the front or left it: what stood over it has painted too."""
    cursor: Offset
    """Where the terminal's cursor was put."""
    lines: list[list[Strip]]


class SteadyCompositor(Compositor):
    """Paints what has its place. What is new gets its place from the layout that its mounting asks for."""

    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self) -> None:
        super().__init__()
        self._painted: _Painted | None = None
        """The whole screen, if nothing was painted since."""

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        update = super().render_update(full, screen_stack, simplify)
        if full or simplify or update is None:  # a picture is taken of it, or nothing is painted
            return update
        before, self._painted = self._painted, None
        screen = self.root
        if not isinstance(update, LayoutUpdate) or not isinstance(screen, Screen) or screen.app._batch_count:
            return update
        lines = [list(strips) for strips in update.strips]
        now = _Painted(self.clock(), screen.stack_updates, screen.app.cursor_position, lines)
        if before is not None and now.at - before.at < TWICE and _is_same(before, now):
            self._painted = before
            return None
        self._painted = now
        return update

    def update_widgets(self, widgets: set[Widget]) -> None:
        super().update_widgets(widgets & self.visible_widgets.keys())

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        return None if update is None else ExactUpdate(update.chops, update.spans, update.chop_ends)


def _is_same(one: _Painted, other: _Painted) -> bool:
    return (one.turn, one.cursor) == (other.turn, other.cursor) and one.lines == other.lines


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
