"""Makes what a `Picture` draws out of a file: decoded, made small and encoded for this terminal, in a thread.

Two threads do it for the whole program: more would only hold more large pictures at once. What was made is kept for a
while, so that a page that is shown again is there at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oxen_tui.media.decode import PictureHeader, open_picture, read_header
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.fitting import fitted_halves
from oxen_tui.terminal.half_cells import half_cell_pixels

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT_BYTES: Final = 12_000_000
"""Of what was made, at most; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class Order:
    """A picture that is wanted, and for what."""

    path: Path
    stamp: tuple[int, int]
    """When the file was changed, in nanoseconds, and its bytes: another file of that name is another picture."""
    columns: int
    """Cells there is room for."""
    rows: int
    ground: tuple[int, int, int]
    """Colour under what is transparent."""
    display: Display

    @property
    def box(self) -> tuple[int, int]:
        """Pixels of the screen there is room for."""
        return self.columns * self.display.cell[0], self.rows * self.display.cell[1]


@dataclass(frozen=True, slots=True)
class Made:
    """A picture ready to be drawn."""

    header: PictureHeader | None
    """None for a frame that was handed over."""
    columns: int
    """Cells it covers."""
    half_rows: int
    """Halves of rows it covers."""
    content: bytes
    """Half cells: red, green and blue of each half, row by row."""

    @property
    def rows(self) -> int:
        return (self.half_rows + 1) // 2


def make(order: Order, stop: Callable[[], bool]) -> Made:
    """What to draw for a file. Blocks: for the threads of `threads`.

    Raises:
        CannotShow: With a sentence why.
        Stopped: `stop` said so.
    """
    kept = _kept.get(order)
    if kept is not None:
        return kept
    header = read_header(order.path)
    if order.display.mode is PictureMode.NONE:
        made = Made(header, 0, 0, b"")
    else:
        picture = open_picture(order.path, order.box, ground=order.ground, stop=stop)
        made = make_of(picture, order, header)
    _kept.put(order, made)
    return made


def make_of(picture: Image, order: Order, header: PictureHeader | None = None) -> Made:
    """What to draw for pixels that are there already. Blocks for some milliseconds."""
    display = order.display
    columns, half_rows = fitted_halves(picture.size, order.columns, order.rows, display.cell)
    content = half_cell_pixels(picture, columns, half_rows, truecolour=display.truecolour)
    return Made(header, columns, half_rows, content)


@cache
def threads() -> ThreadPoolExecutor:
    """Where pictures are decoded."""
    return ThreadPoolExecutor(2, thread_name_prefix="picture")


class _Kept:
    """What was made last, within `KEPT_BYTES`. Used from several threads."""

    def __init__(self) -> None:
        self._made: OrderedDict[Order, Made] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, order: Order) -> Made | None:
        with self._lock:
            made = self._made.get(order)
            if made is not None:
                self._made.move_to_end(order)
            return made

    def put(self, order: Order, made: Made) -> None:
        with self._lock:
            if order not in self._made:
                self._made[order] = made
                self._bytes += len(made.content)
            while self._bytes > KEPT_BYTES and len(self._made) > 1:
                self._bytes -= len(self._made.popitem(last=False)[1].content)


_kept = _Kept()
