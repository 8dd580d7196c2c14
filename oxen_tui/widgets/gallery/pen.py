"""Draws the parts of a line of the grid: pictures, captions, and the box between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.strip import Strip

from oxen_tui.terminal.display import PictureMode, in_use
from oxen_tui.widgets.gallery.layout import GAP, MARGIN, TileLayout
from oxen_tui.widgets.gallery.tile import Tile, caption, picture_rows, plain_rows
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.joined_strip import filtered
from oxen_tui.widgets.palette import with_tokens
from oxen_tui.widgets.picture.tiles import TilePictures, tile_pixels
from oxen_tui.widgets.tones import tones

if TYPE_CHECKING:
    from PIL.Image import Image

Rows = list[list[Segment]]
"""Of one picture: as many cells in each row as the picture has."""


@dataclass(frozen=True, slots=True)
class GridPen:
    """What lines are drawn with."""

    app: App[Any]
    base: Style
    """Of the grid's own ground."""
    ground: Color
    layout: TileLayout
    focused: bool
    pictures: TilePictures
    filters: Sequence[LineFilter]
    """What Textual does to a line before it is shown."""

    @property
    def box(self) -> tuple[int, int]:
        """Pixels of a tile's picture: two in each cell, or those of the screen."""
        return tile_pixels(self.layout.width, self.layout.height)

    def shown(self, segments: list[Segment], *, of_picture: bool = False) -> Strip:
        """A part of a line, as it is shown.

        Args:
            of_picture: Whether all its colours are red, green and blue: no name of a colour needs to be looked up in
                hundreds of cells.
        """
        filters = self.filters
        if of_picture:
            filters = [each for each in filters if not isinstance(each, ANSIToTruecolor)]
        return filtered(Strip(segments), filters, self.ground)

    def art(self, tile: Tile, picture: Image | None) -> Rows:
        """The rows of a tile's picture, or of what stands in its place."""
        width, height, style = self.layout.width, self.layout.height, tones(self.app)
        panel = Color.parse(with_tokens(self.app.theme_variables)["panel"])
        if picture is not None and in_use().mode is PictureMode.TGP:
            sent = self.pictures.rows(self.app, tile.key, picture, width, height, panel.rgb)
            return sent or [[Segment(" " * width, Style(bgcolor=panel.rich_color))] for _ in range(height)]
        if picture is not None:
            return picture_rows(picture, width, height, panel.rgb)
        return plain_rows(tile, width, height, Style(bgcolor=panel.rich_color), style["faint"], style["err"])

    def margin(self) -> Segment:
        """The cells before the gap of the first tile."""
        return Segment(" " * (MARGIN - GAP), self.base)

    def gap(self, offset: int, *, opens: bool, closes: bool) -> Segment:
        """The cells between two tiles, of which the middle one is the side of a box, if there is one.

        Args:
            offset: Of the line within the row of tiles.
            opens: Whether the tile behind it is the one in the box.
            closes: Whether the tile before it is.
        """
        if not (opens or closes):
            return Segment(" " * GAP, self.base)
        signs = glyph("box")
        if offset not in (0, self.layout.caption):
            return Segment(f" {signs[5]} ", self._edge)
        corner = signs[(0 if opens else 1) + (2 if offset else 0)]
        return Segment(f" {corner}{signs[4]}" if opens else f"{signs[4]}{corner} ", self._edge)

    def above(self, *, selected: bool) -> Segment:
        """The line over a picture."""
        return Segment((glyph("box")[4] if selected else " ") * self.layout.width, self._edge)

    def caption(self, tile: Tile, *, selected: bool) -> list[Segment]:
        """The line under a picture; in the box it stands a cell from both sides."""
        style, inset = tones(self.app), 1 if selected else 0
        spans = caption(tile, self.layout.width - 2 * inset, selected=selected)
        line = [Segment(text, self.base + style[tone]) for text, tone in spans]
        return [Segment(" ", self.base), *line, Segment(" ", self.base)] if selected else line

    @property
    def _edge(self) -> Style:
        return self.base + tones(self.app)["accent" if self.focused else "line"]
