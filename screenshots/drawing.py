"""Draws what a terminal would show, cell by cell: blocks and lines as they are meant, whatever fonts do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PIL import Image, ImageColor, ImageDraw
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from screenshots.fonts import SIZE, font_for

WIDTH, HEIGHT = 12, 24
"""Pixels of a cell."""

_MARGIN = 12
_BASELINE = 18
_STEPS = 6
"""Shades between the ground and the ink of a letter: enough to look smooth."""

_Box = tuple[float, float, float, float]

BLOCKS: dict[str, Sequence[_Box]] = {
    "█": [(0, 0, 1, 1)],
    "▌": [(0, 0, 0.5, 1)],
    "▐": [(0.5, 0, 1, 1)],
    "▀": [(0, 0, 1, 0.5)],
    "▄": [(0, 0.5, 1, 1)],
    "▗": [(0.5, 0.5, 1, 1)],
    "▖": [(0, 0.5, 0.5, 1)],
    "▝": [(0.5, 0, 1, 0.5)],
    "▘": [(0, 0, 0.5, 0.5)],
    "▍": [(0, 0, 0.375, 1)],
    "▎": [(0, 0, 0.25, 1)],
    "▏": [(0, 0, 0.125, 1)],
    "▁": [(0, 0.875, 1, 1)],
    "▂": [(0, 0.75, 1, 1)],
    "▃": [(0, 0.625, 1, 1)],
    "▅": [(0, 0.375, 1, 1)],
    "▆": [(0, 0.25, 1, 1)],
    "▇": [(0, 0.125, 1, 1)],
    "▔": [(0, 0, 1, 0.125)],
    "─": [(0, 0.46, 1, 0.54)],
    "━": [(0, 0.42, 1, 0.58)],
}
"""Signs that have to meet their neighbours: left, top, right and bottom as parts of a cell."""


def draw(lines: Sequence[Iterable[Segment]], columns: int, ground: str) -> Image.Image:
    """A picture of a screen.

    Args:
        lines: What each row of the screen shows.
        columns: How wide it is.
        ground: Colour of what is round it, as `#rrggbb`.
    """
    size = (columns * WIDTH + 2 * _MARGIN, len(lines) * HEIGHT + 2 * _MARGIN)
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    inks: dict[tuple[str, str], int] = {(ground, ground): 1}
    for row, line in enumerate(lines):
        column = 0
        for text, style, _ in line:
            for sign in text:
                cells = cell_len(sign)
                place = (_MARGIN + column * WIDTH, _MARGIN + row * HEIGHT)
                pair = _colours(style or Style(), ground)
                inks[pair] = inks.get(pair, 0) + 1
                _draw_cell(pen, place, sign, cells, style or Style(), pair)
                column += cells
    return image.quantize(palette=_palette(inks), dither=Image.Dither.NONE)


def _draw_cell(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], sign: str, cells: int, style: Style, colours: tuple[str, str]
) -> None:
    x, y = place
    width = WIDTH * cells
    front, back = colours
    if cells:
        pen.rectangle((x, y, x + width - 1, y + HEIGHT - 1), fill=back)
    if boxes := BLOCKS.get(sign):
        for left, top, right, bottom in boxes:
            corner = (x + round(left * width), y + round(top * HEIGHT))
            pen.rectangle((*corner, x + round(right * width) - 1, y + round(bottom * HEIGHT) - 1), fill=front)
    elif sign.strip():
        font = font_for(sign, bool(style.bold), bool(style.italic))
        pen.text((x, y + _BASELINE), sign, font=font, fill=front, anchor="ls")
    if style.underline and cells:
        line = y + _BASELINE + SIZE // 7
        pen.line((x, line, x + width - 1, line), fill=front)


def _colours(style: Style, ground: str) -> tuple[str, str]:
    """Of the letter and of what is behind it."""
    front, back = _hex(style.color, "#ffffff"), _hex(style.bgcolor, ground)
    return (back, front) if style.reverse else (front, back)


def _palette(inks: Mapping[tuple[str, str], int]) -> Image.Image:
    """Every colour that was drawn with, exactly, and the shades between letters and their ground.

    Pillow's own choice goes by area and would give up the rare colours, which are the ones that say something.
    """
    pairs = sorted(inks, key=inks.__getitem__, reverse=True)
    colours: dict[tuple[int, ...], None] = {ImageColor.getrgb(colour): None for pair in pairs for colour in pair}
    for front, back in pairs:
        ends = list(zip(ImageColor.getrgb(front), ImageColor.getrgb(back), strict=True))
        for step in range(1, _STEPS):
            colours[tuple(round(one + (other - one) * step / _STEPS) for one, other in ends)] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in list(colours)[:256] for part in colour])
    return palette


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex
