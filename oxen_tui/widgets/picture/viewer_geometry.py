"""How closely a picture is looked at, and at which part of it: arithmetic of the viewer, without pixels.

A dot is the smallest thing that the terminal shows of a picture: a pixel of the screen, or half a cell. At 1:1 each
pixel of the picture is one dot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from oxen_tui.media.cutting import Cut
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.fitting import LARGEST_ENLARGEMENT

LADDER: Final = (
    *(0.02, 0.03, 0.05, 0.0625, 0.125, 0.1875, 0.25, 0.375, 0.5, 0.75),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0),
)
"""Dots for a pixel of the picture, step by step."""
STEP: Final = 0.25
"""Of what is in view, that the view moves with a key."""
_BLOCKS_FROM: Final = 4.0
"""Pixels of the screen for one of the picture from which single pixels are wanted, not a smooth picture."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Room:
    """Where a picture is shown."""

    width: int
    """Pixels of the screen."""
    height: int
    dot: int = 1
    """Pixels of the screen on a side of a dot."""

    @classmethod
    def of(cls, columns: int, rows: int, display: Display) -> Room:
        """So many cells of this terminal."""
        dotted = display.mode in (PictureMode.HALF, PictureMode.NONE)
        return cls(columns * display.cell[0], rows * display.cell[1], display.cell[0] if dotted else 1)

    def fit(self, size: Size) -> float:
        """Dots for a pixel at which a picture of this size is seen whole, as `terminal.fitting` has it."""
        return min(self.width / size[0], self.height / size[1], LARGEST_ENLARGEMENT) / self.dot

    def most(self, size: Size) -> Size | None:
        """Pixels of the screen that a small picture covers enlarged as far as is sensible; None where that is more
        than there is room for."""
        width, height = round(size[0] * LARGEST_ENLARGEMENT), round(size[1] * LARGEST_ENLARGEMENT)
        return (width, height) if width < self.width and height < self.height else None


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a picture."""

    scale: float | None = None
    """Dots for a pixel; None is as many as show the whole picture."""
    x: float = 0.5
    """Middle of the view, as a part of the width of the picture."""
    y: float = 0.5

    def zoomed(self, direction: int, size: Size, room: Room) -> View:
        """One step nearer (1) or away (-1); away as far as to the whole picture, or to 1:1 of a small one."""
        fit = room.fit(size)
        here = self.scale if self.scale is not None else fit
        if direction > 0:
            nearer = [scale for scale in LADDER if scale > here * 1.01]
            return self.at(nearer[0] if nearer else LADDER[-1], size, room)
        farther = [scale for scale in LADDER if scale < here * 0.99]
        if farther and farther[-1] > min(fit, 1.0) * 1.01:
            return self.at(farther[-1], size, room)
        return self.at(1.0, size, room) if fit > 1.0 else View()

    def at(self, scale: float, size: Size, room: Room) -> View:
        """The same part at this scale; `View()` where that is what fits."""
        if abs(scale - room.fit(size)) < 0.005 * scale:
            return View()
        return replace(self, scale=scale).held(size, room)

    def moved(self, across: float, down: float, size: Size, room: Room) -> View:
        """By so many steps; not beyond the edges."""
        if self.scale is None:
            return self
        part_x, part_y = self._parts(size, room)
        moved = replace(self, x=self.x + across * STEP * part_x, y=self.y + down * STEP * part_y)
        return moved.held(size, room)

    def held(self, size: Size, room: Room) -> View:
        """With nothing beyond the edges in view."""
        part_x, part_y = self._parts(size, room)
        return replace(self, x=_between(self.x, part_x), y=_between(self.y, part_y))

    def cut(self, size: Size, room: Room) -> Cut | None:
        """What to cut out of the picture; None where all of it is seen, no larger than it fits."""
        if self.scale is None or self.scale <= room.fit(size):
            return None
        view = self.held(size, room)
        part_x, part_y = self._parts(size, room)
        box = (view.x - part_x / 2, view.y - part_y / 2, view.x + part_x / 2, view.y + part_y / 2)
        on_screen = self.scale * room.dot
        dots = (
            max(1, round(part_x * size[0] * self.scale)),
            max(1, round(part_y * size[1] * self.scale)),
        )
        if on_screen > _BLOCKS_FROM:
            # A terminal smooths what it enlarges, and enlarges only so far.
            return Cut(box, dots, max(2, round(on_screen / _BLOCKS_FROM)))
        return Cut(box, dots)

    def smaller(self, size: Size, room: Room) -> Size | None:
        """Pixels of the screen that a picture covers which is seen smaller than there is room for; else None."""
        if self.scale is None:
            return None
        width, height = round(size[0] * self.scale * room.dot), round(size[1] * self.scale * room.dot)
        return (width, height) if width < room.width and height < room.height else None

    def percent(self, size: Size, room: Room) -> int:
        """Dots for a hundred pixels."""
        return max(1, round(100 * (self.scale if self.scale is not None else room.fit(size))))

    def beside(self, own: Size, other: Size, room: Room) -> View:
        """The same part of another picture that stands beside this one, whatever its size."""
        if self.scale is None:
            return self
        return replace(self, scale=self.scale * room.fit(other) / room.fit(own))

    def _parts(self, size: Size, room: Room) -> tuple[float, float]:
        """Which part of the width and of the height is in view."""
        scale = (self.scale if self.scale is not None else room.fit(size)) * room.dot
        return min(1.0, room.width / (size[0] * scale)), min(1.0, room.height / (size[1] * scale))


def _between(middle: float, part: float) -> float:
    return min(1.0 - part / 2, max(part / 2, middle))
