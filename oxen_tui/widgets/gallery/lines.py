"""The lines of a grid, kept while they are near: Textual keeps on a line what it makes of it for the terminal."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from textual.strip import Strip

from oxen_tui.widgets.gallery.pen import GridPen
from oxen_tui.widgets.gallery.tile import Tile
from oxen_tui.widgets.joined_strip import JoinedStrip

if TYPE_CHECKING:
    from PIL.Image import Image

_KEPT_LINES = 200

Rows = list[Strip]
"""Of one picture, as they are shown."""


class Tiles(Protocol):
    """What stands in the grid. A tile is asked for when it is drawn."""

    def __len__(self) -> int: ...
    def key_at(self, index: int) -> str: ...
    def tile_at(self, index: int) -> Tile: ...
    def find(self, key: str) -> int | None: ...

    def picture(self, key: str, box: tuple[int, int]) -> Image | None:
        """The picture of a tile in pixels, no larger than the box; None while it is not there."""
        ...


class TileArts:
    """Pictures as they are drawn, by tile; the ones looked at longest ago are dropped."""

    def __init__(self) -> None:
        self._rows: OrderedDict[tuple[str, str], Rows] = OrderedDict()

    def clear(self) -> None:
        """Size or colours are others now."""
        self._rows.clear()

    def drop(self, key: str) -> None:
        """The picture of a tile is another now."""
        for known in [known for known in self._rows if known[0] == key]:
            del self._rows[known]

    def get(self, tile: Tile, make: Callable[[Tile], Rows], most: int) -> Rows:
        """The rows of a tile, made if they are not there; `most` of all tiles are kept."""
        known = tile.key, tile.trouble
        rows = self._rows.get(known)
        if rows is None:
            rows = self._rows[known] = make(tile)
            while len(self._rows) > max(1, most):
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(known)
        return rows


class GridLines:
    """Draws lines of rows of tiles, each once."""

    def __init__(self) -> None:
        self._arts = TileArts()
        self._lines: dict[tuple[int, int], Strip] = {}
        """By row of tiles and line within it."""
        self._tiles: dict[int, Tile] = {}
        """Those of the lines, by their place."""
        self._bits: dict[Segment, Strip] = {}
        """What stands between pictures: the same few all over."""
        self.most = 0
        """Tiles whose pictures are kept."""

    def clear(self, *, pictures: bool = False) -> None:
        """Tiles are others now; with `pictures` also their size or the colours."""
        self._lines.clear()
        self._tiles.clear()
        if pictures:
            self._arts.clear()
            self._bits.clear()

    def drop_picture(self, key: str) -> None:
        """The picture of a tile is another now. Its row is to be dropped too."""
        self._arts.drop(key)

    def drop_row(self, row: int, lines: int) -> None:
        """A tile of this row is another now."""
        self._tiles.clear()
        for offset in range(lines):
            self._lines.pop((row, offset), None)

    def known(self, row: int, offset: int) -> Strip | None:
        """A line that was drawn before."""
        return self._lines.get((row, offset))

    def line(self, row: int, offset: int, width: int, pen: GridPen, tiles: Tiles, cursor: int | None) -> Strip:
        """One line of a row of tiles, drawn now.

        Args:
            row: Of tiles.
            offset: Of the line within it.
            width: Cells of the grid.
            cursor: The tile in the box.
        """
        if len(self._lines) > _KEPT_LINES:
            self.clear()
        strip = self._lines[row, offset] = self._draw(row, offset, width, pen, tiles, cursor)
        return strip

    def _draw(self, row: int, offset: int, width: int, pen: GridPen, tiles: Tiles, cursor: int | None) -> Strip:
        layout, bit = pen.layout, self._bit
        first = row * layout.columns
        indices = range(first, min(first + layout.columns, len(tiles)))
        if not indices or offset > layout.caption:
            return pen.shown([Segment(" " * width, pen.base)])
        parts = [bit(pen, pen.margin())]
        for index in indices:
            selected = index == cursor
            # The box of the tile before ends in the cell in which that of this one begins.
            parts.append(bit(pen, pen.gap(offset, opens=selected, closes=first <= index - 1 == cursor)))
            if offset == 0:
                parts.append(bit(pen, pen.above(selected=selected)))
                continue
            tile = self._tile(tiles, index)
            if offset == layout.caption:
                parts.append(pen.shown(pen.caption(tile, selected=selected)))
            else:
                parts.append(self._arts.get(tile, lambda tile: _art(pen, tile, tiles), self.most)[offset - 1])
        parts.append(bit(pen, pen.gap(offset, opens=False, closes=indices[-1] == cursor)))
        if (left := width - sum(part.cell_length for part in parts)) > 0:
            parts.append(bit(pen, Segment(" " * left, pen.base)))
        return JoinedStrip(parts)

    def _tile(self, tiles: Tiles, index: int) -> Tile:
        tile = self._tiles.get(index)
        if tile is None:
            tile = self._tiles[index] = tiles.tile_at(index)
        return tile

    def _bit(self, pen: GridPen, segment: Segment) -> Strip:
        strip = self._bits.get(segment)
        if strip is None:
            strip = self._bits[segment] = pen.shown([segment])
        return strip


def _art(pen: GridPen, tile: Tile, tiles: Tiles) -> Rows:
    picture = None if tile.trouble else tiles.picture(tile.key, pen.box)
    return [pen.shown(row, of_picture=picture is not None) for row in pen.art(tile, picture)]
