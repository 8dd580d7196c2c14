"""Real pictures in the tiles of a grid, where the terminal has placeholders; elsewhere a grid draws half cells."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App

from oxen_tui.terminal import display, tgp
from oxen_tui.terminal.display import PictureMode
from oxen_tui.widgets.picture.making import Made
from oxen_tui.widgets.picture.ways import Placeholders

if TYPE_CHECKING:
    from PIL.Image import Image


def tile_pixels(columns: int, rows: int) -> tuple[int, int]:
    """Pixels that a picture of so many cells is to have for the way pictures are shown in."""
    shown = display.in_use()
    if shown.mode is not PictureMode.TGP:
        return columns, 2 * rows
    scale = tgp.LIGHT_SCALE if shown.light else 1.0
    return round(columns * shown.cell[0] * scale), round(rows * shown.cell[1] * scale)


class TilePictures:
    """The pictures that one grid has with the terminal; those asked for longest ago are given back."""

    def __init__(self, on_there: Callable[[str], None]) -> None:
        """
        Args:
            on_there: Called with the key of a tile whose picture the terminal has now, or no longer: rows of it that
                were kept are not right any more.
        """
        self._on_there = on_there
        self._ways: OrderedDict[str, tuple[Image, Placeholders]] = OrderedDict()
        self.most = 40
        """Pictures that are kept."""

    def rows(
        self, app: App[Any], key: str, picture: Image, columns: int, rows: int, ground: tuple[int, int, int]
    ) -> list[list[Segment]] | None:
        """The rows of a picture, or None until the terminal has it.

        Args:
            app: Whose terminal it is for.
            key: Of the tile.
            picture: RGB, no larger than `tile_pixels` of the tile.
            columns: Cells of the tile.
            rows: Cells of the tile.
            ground: Colour beside a picture of another shape.
        """
        way = self._way(app, key, picture, (columns, rows), ground)
        if not way.is_there:
            return None
        base = Style.parse("on #{:02x}{:02x}{:02x}".format(*ground))
        return [way.row(row, base) for row in range(rows)]

    def clear(self) -> None:
        """Nothing of it is shown any more."""
        for _, way in self._ways.values():
            way.end()
        self._ways.clear()

    def _way(
        self, app: App[Any], key: str, picture: Image, cells: tuple[int, int], ground: tuple[int, int, int]
    ) -> Placeholders:
        known = self._ways.get(key)
        if known is not None and known[0] is picture and (known[1].made.columns, known[1].made.rows) == cells:
            self._ways.move_to_end(key)
            return known[1]
        way = Placeholders(_made(picture, cells, ground), app, partial(self._on_there, key))
        if known is not None:
            known[1].end()
        self._ways[key] = picture, way
        self._ways.move_to_end(key)
        while len(self._ways) > max(1, self.most):
            gone, (_, oldest) = self._ways.popitem(last=False)
            oldest.end()
            self._on_there(gone)
        return way


def _made(picture: Image, cells: tuple[int, int], ground: tuple[int, int, int]) -> Made:
    """The picture on a sheet of exactly the tile's shape: two milliseconds."""
    from PIL.Image import new

    width, height = tile_pixels(*cells)
    if picture.size != (width, height):
        sheet = new("RGB", (width, height), ground)
        sheet.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
        picture = sheet
    # What looks the same is sent once, also when it was given back meanwhile.
    key = ("tile", cells, hash(picture.tobytes()))
    payload = tgp.packed(picture, width, height, light=False)
    return Made(key, PictureMode.TGP, None, cells[0], 2 * cells[1], payload=payload)
