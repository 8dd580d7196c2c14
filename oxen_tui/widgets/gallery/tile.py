"""What a tile of the grid looks like: a picture in half cells, or a plain surface with words, over a caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from oxen_tui.terminal.half_cells import half_cell_pixels
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.picture.drawing import half_cell_row

if TYPE_CHECKING:
    from PIL.Image import Image

KIND_SIGNS = {"image": "image", "video": "video", "audio": "audio"}
"""Names of glyphs; other kinds have `other`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture, clip or sound, as the grid tells of it."""

    key: str
    title: str
    tag: str = ""
    """At the right end of the caption: a price, or a length."""
    kind: str = "image"
    marked: bool = False
    favourite: bool = False
    trouble: str = ""
    """Why there is no picture: `missing`."""


def kind_sign(kind: str) -> str:
    """The glyph of a kind."""
    return glyph(KIND_SIGNS.get(kind, "other"))


def caption(tile: Tile, cells: int, *, selected: bool) -> list[Span]:
    """The line under a picture, as wide as said; the tag stays whole."""
    left: list[Span] = []
    if tile.marked:
        left.append((f"{glyph('marked')} ", "accent"))
    if tile.favourite:
        left.append((f"{glyph('favourite')} ", "accent" if selected else "faint"))
    left.append((tile.title, "bold" if selected else "text" if tile.marked else "muted"))
    right: list[Span] = []
    if tile.tag:
        sign = f"{kind_sign(tile.kind)} " if tile.kind in ("video", "audio") else ""
        right = [(sign, "accent" if selected else "faint"), (tile.tag, "text" if selected else "faint")]
    right = cut(right, cells)
    room = max(0, cells - span_cells(right) - (2 if right else 0))
    left = cut(left, room)
    return [*left, (" " * max(0, cells - span_cells(left) - span_cells(right)), "text"), *right]


def picture_rows(picture: Image, width: int, height: int, ground: tuple[int, int, int]) -> list[list[Segment]]:
    """The rows of a picture in half cells, each as many cells wide as said; beside the picture is the ground."""
    from PIL.Image import new

    from oxen_tui.terminal.display import in_use

    if picture.size != (width, 2 * height):
        sheet = new("RGB", (width, 2 * height), ground)
        # On a whole row above: half a row of ground over the picture would be a line that the eye sees.
        top = (2 * height - picture.height) // 4 * 2
        sheet.paste(picture, ((width - picture.width) // 2, top))
        picture = sheet
    pixels = half_cell_pixels(picture, width, 2 * height, truecolour=in_use().truecolour)
    return [half_cell_row(pixels, width, row, Style()) for row in range(height)]


def plain_rows(tile: Tile, width: int, height: int, ground: Style, faint: Style, err: Style) -> list[list[Segment]]:
    """A surface in place of a picture: the sign of its kind, or why there is none."""
    rows = [[Segment(" " * width, ground)] for _ in range(height)]
    words, style = (f"{glyph('failed')} {tile.trouble}", err) if tile.trouble else (kind_sign(tile.kind), faint)
    said = _broken(words, max(1, width - 2), max(1, height - 2))
    top = max(0, (height - len(said)) // 2)
    for number, line in enumerate(said):
        before = (width - cell_len(line)) // 2
        rows[top + number] = [
            Segment(" " * before, ground),
            Segment(line, ground + style),
            Segment(" " * (width - before - cell_len(line)), ground),
        ]
    return rows


def _broken(words: str, width: int, most: int) -> Sequence[str]:
    from oxen_tui.widgets.lines.line import Piece
    from oxen_tui.widgets.lines.wrapping import wrap

    lines = ["".join(piece.text for piece in line.pieces).rstrip() for line in wrap([Piece(words, "text")], width)]
    return lines[:most]
