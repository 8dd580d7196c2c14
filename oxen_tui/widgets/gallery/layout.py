"""Where the tiles of a grid stand: as many as fit side by side, none smaller than a picture needs to be told.

Lines of a row of tiles: the box's upper edge, the picture, the caption (and the box's lower edge), blank lines.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_WIDTH, LEAST_HEIGHT = 22, 8
"""Cells of the picture in a tile."""
GAP = 3
"""Cells between tiles: the middle one holds the box's side."""
MARGIN = 4
"""Cells before the first tile: two for the eye, two for the box."""


@dataclass(frozen=True, slots=True)
class TileLayout:
    """For one size of the grid."""

    columns: int
    width: int
    """Cells of a picture."""
    height: int
    pitch: int
    """Lines from one row of tiles to the next."""
    rows: int
    """Rows of tiles that are seen whole; 1 where not even one is."""

    @property
    def caption(self) -> int:
        """The line of the caption within a row."""
        return self.height + 1

    def left(self, column: int) -> int:
        """The first cell of the picture in a column."""
        return MARGIN + column * (self.width + GAP)

    def row_of(self, index: int) -> int:
        return index // self.columns

    def beside(self, index: int, across: int, down: int, count: int) -> int:
        """The tile so many steps from one, of so many in all; that one itself where there is none."""
        last = count - 1
        target = index + across + down * self.columns
        if down and target > last and self.row_of(index) < self.row_of(last):
            target = last  # into a last row that is not full
        return target if 0 <= target <= last else index

    def a_page_from(self, index: int, step: int, count: int) -> int:
        """The tile a screenful before (-1) or behind (1) one, of so many in all: as far as they go."""
        target = index + step * self.columns * self.rows
        return min(target if target >= 0 else index % self.columns, count - 1)

    def lines(self, count: int) -> int:
        """Of so many tiles."""
        return -(-count // self.columns) * self.pitch

    def index_at(self, x: int, line: int) -> int | None:
        """The tile at a cell; None between tiles."""
        row, offset = divmod(line, self.pitch)
        column, within = divmod(x - MARGIN, self.width + GAP)
        if not 0 <= column < self.columns or within >= self.width or not 1 <= offset <= self.caption:
            return None
        return row * self.columns + column


def lay_out(width: int, height: int) -> TileLayout:
    """The layout for a grid of so many cells.

    Tiles take all of the width. Of the heights that nearly keep a tile's shape, the one is taken that brings most
    rows into view, with a blank line between rows where that costs none, and then the highest.
    """
    columns = max(1, (width - GAP) // (LEAST_WIDTH + GAP))
    tile = max(4, (width - GAP) // columns - GAP)
    usual = max(LEAST_HEIGHT, round(tile * LEAST_HEIGHT / LEAST_WIDTH))
    most = max(3, min(usual + 1, height - 2))
    choices = [(blank, tall) for tall in range(min(most, LEAST_HEIGHT), most + 1) for blank in (0, 1)]
    blank, tall = max(choices, key=lambda each: (max(1, height // (sum(each) + 2)), *each))
    pitch = tall + 2 + blank
    return TileLayout(columns, tile, tall, pitch, max(1, height // pitch))
