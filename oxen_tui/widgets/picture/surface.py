"""The cells of a picture: what is drawn of it, what stands there instead, and what has to be written anew."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.picture.drawing import changed_cells, words_row
from oxen_tui.widgets.picture.making import Made
from oxen_tui.widgets.picture.sixel_painting import SixelPainting
from oxen_tui.widgets.picture.ways import Dots, HalfCells, Way
from oxen_tui.widgets.tones import tones


class PictureSurface(Widget):
    """Draws one picture. Has it made as soon as it is to be drawn (`_begin`)."""

    def __init__(self, empty: str, *, id: str | None, classes: str | None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.empty = empty
        """What stands here while there is no picture."""
        self.failed = ""
        """Why the picture cannot be shown."""
        self.painting = SixelPainting(self)
        """Puts the dots of Sixel over its cells."""
        self.rewritten = 1.0
        """The part of its cells that was written last."""
        self._drawn: Way | None = None
        self._words = ""
        """What stands here instead of the picture where the terminal shows none."""
        self._strips: dict[int, Strip] = {}
        self._strips_for = Size(0, 0)
        """The size of the widget that they are for."""

    @property
    def drawn(self) -> Way | None:
        """What is drawn now."""
        return self._drawn

    @property
    def _wanted(self) -> bool:
        """Whether there is to be a picture."""
        return False

    def _begin(self, columns: int, rows: int) -> None:
        """Have the picture made for this size, unless it is or is on its way."""

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if not self._wanted or self.failed:
            return self._said(y, f"{glyph('failed')} {self.failed}" if self.failed else self.empty)
        self._begin(width, height)
        if self._strips_for != self.size:  # drawn anew before the widget hears of that
            self._strips.clear()
            self._strips_for = self.size
        if self._words:
            return self._said(y, self._words)
        way = self._drawn
        strip = self._strips.get(y) if way is not None else None
        if strip is None:
            base = self.rich_style
            left, top = self._place(way.made) if way is not None else (0, 0)
            if way is None or not 0 <= y - top < way.made.rows:
                return Strip.blank(width, base)
            segments = [*([Segment(" " * left, base)] if left else ()), *way.row(y - top, base)]
            strip = self._strips[y] = Strip(segments).adjust_cell_length(width, base)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """Also called for lines that are as they were, when they are written anew."""
        strips = super().render_lines(crop)
        if isinstance(self._drawn, Dots):
            self.painting.ask(self._drawn, *self._place(self._drawn.made))
        return strips

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def _place(self, made: Made) -> tuple[int, int]:
        """The cell where the picture begins."""
        across = {"left": 0, "center": 1, "right": 2}.get(self.styles.content_align_horizontal, 0)
        down = {"top": 0, "middle": 1, "bottom": 2}.get(self.styles.content_align_vertical, 0)
        free_columns, free_rows = self.size.width - made.columns, self.size.height - made.rows
        return max(0, free_columns * across // 2), max(0, free_rows * down // 2)

    def _said(self, y: int, words: str) -> Strip:
        return words_row(words, self.size.width, self.size.height, y, self.rich_style, tones(self.app))

    def _exchange(self, before: Way | None) -> None:
        """Draw what is drawn now in the place of this."""
        drawn = self._drawn
        if isinstance(before, Dots) and isinstance(drawn, Dots) and before.made.cells == drawn.made.cells:
            # Over the old dots: blank cells between one frame and the next would flicker.
            self.painting.ask(drawn, *self._place(drawn.made))
        elif (
            isinstance(before, HalfCells)
            and isinstance(drawn, HalfCells)
            and (before.made.columns, before.made.half_rows) == (drawn.made.columns, drawn.made.half_rows)
        ):
            self._rewrite(before.made, drawn.made)
        else:
            self.rewritten = 1.0
            self._redraw()

    def _rewrite(self, before: Made, made: Made) -> None:
        """Draw the cells that are others now: of most clips that is a part."""
        self._strips.clear()
        left, top = self._place(made)
        changed = changed_cells(before.pixels, made.pixels, *made.cells)
        if changed:
            self.refresh(*(Region(left + first, top + row, end - first, 1) for row, first, end in changed))
        cells = sum([end - first for _, first, end in changed])
        self.rewritten = cells / (made.columns * made.rows)

    def _redraw(self, layout: bool = False) -> None:
        self._strips.clear()
        self.refresh(layout=layout)

    def _ground(self) -> tuple[int, int, int]:
        colour = self.background_colors[1].rgb
        return colour[0], colour[1], colour[2]
