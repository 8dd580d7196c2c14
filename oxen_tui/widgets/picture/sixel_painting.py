"""Paints a Sixel picture over the blank cells of its widget, each time they were written.

What is written over a cell takes the dots away, so the cells are drawn blank like any others, and the picture goes
out behind the frame. It is one piece for all of it: terminals keep few (xterm sixteen) and forget the oldest.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.errors import NoWidget
from textual.geometry import Region
from textual.widget import Widget

from oxen_tui.terminal import display, sixel
from oxen_tui.widgets.picture.making import threads
from oxen_tui.widgets.picture.terminal import terminal_of
from oxen_tui.widgets.presence import is_here

if TYPE_CHECKING:
    from oxen_tui.widgets.picture.ways import Dots

_FREE_ROWS = 1
"""At the end of the screen: a picture that reaches the last row scrolls all of it up."""


class SixelPainting:
    """Paints for one widget."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._asked: tuple[Dots, int, int] | None = None
        self._encoded: tuple[Dots, Region, str] | None = None
        self._task: asyncio.Task[None] | None = None
        self.painted = asyncio.Event()
        """Set while nothing is to be painted."""
        self.painted.set()

    @property
    def size(self) -> int:
        """Bytes of what was painted last."""
        return len(self._encoded[2]) if self._encoded is not None else 0

    def ask(self, dots: Dots, left: int, top: int) -> None:
        """The cells are being drawn blank: paint when they are written.

        Args:
            dots: What to paint.
            left: Cell of the widget where it begins.
            top: Likewise.
        """
        self.painted.clear()
        if self._asked is None:
            self._widget.call_after_refresh(self._begin)
        self._asked = dots, left, top

    def _begin(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None or not is_here(self._widget):
            self.painted.set()
            return
        if self._task is not None:
            self._task.cancel()
        self._task = task = asyncio.create_task(self._paint(*asked), name="sixel")
        task.add_done_callback(lambda ended: self.painted.set() if ended is self._task else None)

    async def _paint(self, dots: Dots, left: int, top: int) -> None:
        place = Region(left, top, dots.made.columns, dots.made.rows)
        seen = self._seen(place)
        if not seen:
            return
        part = seen.translate((-self._widget.content_region.x - left, -self._widget.content_region.y - top))
        if self._encoded is None or self._encoded[:2] != (dots, part):
            loop = asyncio.get_running_loop()
            picture = await loop.run_in_executor(threads(), _encoded_part, dots, part)
            self._encoded = dots, part, picture
            if self._seen(place) != seen:
                return  # it was moved meanwhile, and will be drawn there
        terminal_of(self._widget.app).write(sixel.painted_at(seen.x, seen.y, self._encoded[2]))

    def _seen(self, place: Region) -> Region:
        """The part of the picture that is in view, on the screen; empty while something lies over it."""
        widget = self._widget
        if not is_here(widget) or (screen := widget.screen) is not widget.app.screen:
            return Region()
        try:
            geometry = screen.find_widget(widget)
        except (NoWidget, NoMatches):
            return Region()
        seen = place.translate(widget.content_region.offset).intersection(geometry.visible_region)
        seen = seen.intersection(Region(0, 0, screen.size.width, screen.size.height - _FREE_ROWS))
        if not seen:
            return Region()
        right, bottom = seen.right - 1, seen.bottom - 1
        corners = ((seen.x, seen.y), (right, seen.y), (seen.x, bottom), (right, bottom), seen.center)
        if any(screen.get_widget_at(int(x), int(y))[0] is not widget for x, y in corners):
            return Region()
        return seen


def _encoded_part(dots: Dots, part: Region) -> str:
    width, height = display.in_use().cell
    box = (part.x * width, part.y * height, part.right * width, part.bottom * height)
    size = dots.picture.size
    cut = dots.picture.crop((min(box[0], size[0]), min(box[1], size[1]), min(box[2], size[0]), min(box[3], size[1])))
    return sixel.encoded(cut, light=display.in_use().light) if cut.width and cut.height else ""
