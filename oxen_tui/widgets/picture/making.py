"""Makes what a `Picture` draws out of a file: decoded, made small and encoded for this terminal, in a thread.

Two threads do it for the whole program: more would only hold more large pictures at once. What was made is kept for a
while, so that a page that is shown again is there at once.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oxen_tui.media.decode import PictureHeader
from oxen_tui.media.still import open_still, read_still
from oxen_tui.terminal import tgp
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.fitting import LARGEST_ENLARGEMENT, fitted, fitted_halves
from oxen_tui.terminal.half_cells import half_cell_pixels

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT_BYTES: Final = 12_000_000
"""Of what was made, at most; the oldest goes first."""

_frames = itertools.count()


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

    key: Hashable
    """Equal for what looks the same."""
    mode: PictureMode
    header: PictureHeader | None = None
    """None for a frame that was handed over."""
    columns: int = 0
    """Cells it covers."""
    half_rows: int = 0
    """Halves of rows it covers."""
    pixels: bytes = b""
    """Half cells: red, green and blue of each half, row by row."""
    payload: str = ""
    """Graphics protocol: what is sent."""
    picture: Image | None = None
    """Sixel: the dots of the screen."""

    @property
    def rows(self) -> int:
        """Rows of cells it covers."""
        return (self.half_rows + 1) // 2

    @property
    def cells(self) -> tuple[int, int]:
        """Columns and rows it covers."""
        return self.columns, self.rows

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        dots = self.picture.width * self.picture.height * 4 if self.picture else 0
        return len(self.pixels) + len(self.payload) + dots + 500


def stamped(order: Order) -> Order:
    """The order for the file as it is now. Blocks for the disk."""
    try:
        facts = order.path.stat()
    except OSError:
        return order  # said in words when it is opened
    return dataclasses.replace(order, stamp=(facts.st_mtime_ns, facts.st_size))


def make(order: Order, stop: Callable[[], bool]) -> Made:
    """What to draw for a file. Blocks: for the threads of `threads`.

    Raises:
        CannotShow: With a sentence why.
        Stopped: `stop` said so.
    """
    kept = _kept.get(order)
    if kept is not None:
        return kept
    header = read_still(order.path)
    if order.display.mode is PictureMode.NONE:
        made = Made(order, PictureMode.NONE, header)
    else:
        made = _encoded(open_still(order.path, order.box, ground=order.ground, stop=stop), order, order, header)
    _kept.put(order, made)
    return made


def make_of(picture: Image, order: Order, fills: bool = False) -> Made:
    """What to draw for pixels that are there already (RGB). Blocks for some milliseconds.

    Args:
        picture: The pixels.
        order: Where to draw them.
        fills: Whether they are enlarged as far as there is room.
    """
    return _encoded(picture, order, ("frame", next(_frames)), None, math.inf if fills else LARGEST_ENLARGEMENT)


def _encoded(
    picture: Image,
    order: Order,
    key: Hashable,
    header: PictureHeader | None,
    most: float = LARGEST_ENLARGEMENT,
) -> Made:
    display = order.display
    if display.mode in (PictureMode.HALF, PictureMode.NONE):
        columns, half_rows = fitted_halves(picture.size, order.columns, order.rows, display.cell, most)
        pixels = half_cell_pixels(picture, columns, half_rows, truecolour=display.truecolour)
        return Made(key, PictureMode.HALF, header, columns, half_rows, pixels=pixels)
    columns, rows = fitted(picture.size, order.columns, order.rows, display.cell, most)
    width, height = columns * display.cell[0], rows * display.cell[1]
    if display.mode is PictureMode.TGP:
        payload = tgp.packed(picture, width, height, light=display.light)
        return Made(key, display.mode, header, columns, 2 * rows, payload=payload)
    from PIL.Image import Resampling

    scale = min(width / picture.width, height / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    dots = picture if size == picture.size else picture.resize(size, Resampling.LANCZOS, reducing_gap=2.0)
    return Made(key, display.mode, header, columns, 2 * rows, picture=dots)


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
                self._bytes += made.size
            while self._bytes > KEPT_BYTES and len(self._made) > 1:
                self._bytes -= self._made.popitem(last=False)[1].size


_kept = _Kept()
