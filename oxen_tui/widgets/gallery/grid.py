"""A grid of pictures that draws only what is in view: one widget, however many pictures there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.gallery.layout import TileLayout, lay_out
from oxen_tui.widgets.gallery.lines import GridLines, Tiles
from oxen_tui.widgets.gallery.pen import GridPen
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.picture.tiles import TilePictures, tile_pixels
from oxen_tui.widgets.tones import tones

_LEAST_SEEN = 4
"""Lines of a row below which it is not drawn at the lower end."""

_KEPT_ROWS = 4
"""Rows of tiles whose pictures are kept besides those in view."""


class GalleryGrid(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows tiles and moves a box over them. What Enter does is left to who holds it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1, 0)", "Left", show=False, id="grid.left"),
        Binding("right,l", "move(1, 0)", "Right", show=False, id="grid.right"),
        Binding("up,k", "move(0, -1)", "Up", show=False, id="list.up"),
        Binding("down,j", "move(0, 1)", "Down", show=False, id="list.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("home,g", "edge(0)", "First", show=False, id="list.first"),
        Binding("end,G", "edge(1)", "Last", show=False, id="list.last"),
    ]

    DEFAULT_CSS = "GalleryGrid { height: 1fr; overflow: hidden scroll; scrollbar-size: 0 0; }"

    cursor: reactive[int | None] = reactive[int | None](None, repaint=False)
    """Index of the tile in the box; None while there is none."""

    class Highlighted(Message):
        """The box stands round another tile."""

        key: str

    class Opened(Message):
        """A tile was clicked that stood in the box already."""

        key: str

    class Viewed(Message, bubble=True):
        """Other tiles are in view, or they have another size: `wanted` and `box` say which pictures are lacking."""

    def __init__(self, *, empty: Sequence[str] = (), id: str | None = None) -> None:  # noqa: A002
        """
        Args:
            empty: What to say where there is nothing: a line, and what to do.
        """
        super().__init__(id=id)
        self._tiles: Tiles | None = None
        self._empty = list(empty)
        self._layout = lay_out(78, 34)
        self._pictures = TilePictures(self.redraw)
        self._lines = GridLines()
        self._pen: GridPen | None = None
        """For the lines that are drawn together."""

    # What is shown

    def show(self, tiles: Tiles, *, highlight: str | None = None, empty: Sequence[str] | None = None) -> None:
        """Show these; the box stays round its tile (or goes to `highlight`), else where it was."""
        key = highlight if highlight is not None else self.highlighted
        here = self.cursor or 0
        self._tiles = tiles
        self._lines.clear()
        if empty is not None:
            self._empty = list(empty)
        found = tiles.find(key) if key else None
        if found is None and len(tiles):
            found = min(here, len(tiles) - 1)
        # Assigning would say Highlighted for a move that no one made.
        self.set_reactive(GalleryGrid.cursor, found)
        self._settle()
        self.refresh()

    @property
    def highlighted(self) -> str:
        """Key of the tile in the box, or nothing."""
        if self._tiles is None or self.cursor is None or self.cursor >= len(self._tiles):
            return ""
        return self._tiles.key_at(self.cursor)

    @property
    def count(self) -> int:
        return len(self._tiles) if self._tiles is not None else 0

    @property
    def layout_now(self) -> TileLayout:
        """Where tiles stand now."""
        return self._layout

    @property
    def box(self) -> tuple[int, int]:
        """Pixels of a tile's picture: two in each cell, or those of the screen."""
        return tile_pixels(self._layout.width, self._layout.height)

    @property
    def in_view(self) -> tuple[int, int]:
        """The first tile seen, and the one behind the last."""
        first = self.scroll_offset.y // self._layout.pitch
        last = -(-(self.scroll_offset.y + max(1, self.size.height)) // self._layout.pitch)
        return min(first * self._layout.columns, self.count), min(last * self._layout.columns, self.count)

    @property
    def whole_in_view(self) -> tuple[int, int]:
        """The same of the rows that are seen whole."""
        first = min(self.scroll_offset.y // self._layout.pitch * self._layout.columns, self.count)
        return first, min(first + self._layout.rows * self._layout.columns, self.count)

    @property
    def wanted(self) -> list[str]:
        """Keys of the tiles whose pictures are wanted: those in view, then the rows after and before."""
        if self._tiles is None or not self.size:
            return []
        first, last = self.in_view
        after = range(last, min(self.count, last + self._layout.columns))
        before = range(max(0, first - self._layout.columns), first)
        return [self._tiles.key_at(index) for each in (range(first, last), after, before) for index in each]

    def go_to(self, key: str) -> None:
        """Put the box round the tile of this key, if there is one."""
        if self._tiles is not None and (index := self._tiles.find(key)) is not None:
            self.cursor = index

    def redraw(self, key: str) -> None:
        """The picture of a tile came, or the tile is another now."""
        self._lines.drop_picture(key)
        index = self._tiles.find(key) if self._tiles is not None else None
        if index is not None:
            self._refresh_tile(index)

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        for index in (old, new):
            if index is not None:
                self._refresh_tile(index)
        if new is not None and self._tiles is not None and new < self.count:
            self._reveal(new)
            self.post_message(self.Highlighted(self._tiles.key_at(new)))

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        if self.cursor is not None:
            self._refresh_tile(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._lines.clear(pictures=True)

    def on_resize(self, event: events.Resize) -> None:
        self._settle()

    def on_unmount(self) -> None:
        self._pictures.clear()

    # What the user does

    def action_move(self, across: int, down: int) -> None:
        if self.cursor is not None:
            self.cursor = self._layout.beside(self.cursor, across, down, self.count)

    def action_page(self, step: int) -> None:
        if self.cursor is not None:
            self.cursor = self._layout.a_page_from(self.cursor, step, self.count)

    def action_edge(self, end: int) -> None:
        if self.count:
            self.cursor = self.count - 1 if end else 0

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def on_click(self, event: events.Click) -> None:
        index = self._layout.index_at(event.x, event.y + self.scroll_offset.y)
        if index is None or index >= self.count:
            return
        if index == self.cursor and self._tiles is not None:
            self.post_message(self.Opened(self._tiles.key_at(index)))
        self.cursor = index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves by rows: a picture cut in half tells nothing."""
        event.stop()
        event.prevent_default()
        self._go_to(self.scroll_offset.y + self._layout.pitch)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self._go_to(self.scroll_offset.y - self._layout.pitch)

    # Scrolling

    def _settle(self) -> None:
        """Lay out for the size and the number of tiles there are now."""
        if not self.size:
            return
        layout = lay_out(self.size.width, self.size.height)
        self._lines.clear(pictures=layout != self._layout)
        self._layout = layout
        # Assigned in the usual way it would lay out the whole screen. Some lines more than there are, so that a row
        # is never cut at the top.
        height = layout.lines(self.count) + max(0, self.size.height - layout.rows * layout.pitch)
        self.set_reactive(Widget.virtual_size, Size(self.size.width, height))
        top = self.scroll_offset.y // layout.pitch * layout.pitch
        self._go_to(top, always=True)
        if self.cursor is not None:
            self._reveal(self.cursor)

    def _reveal(self, index: int) -> None:
        row, top = self._layout.row_of(index), self.scroll_offset.y // self._layout.pitch
        if row < top:
            self._go_to(row * self._layout.pitch)
        elif row >= top + self._layout.rows:
            self._go_to((row - self._layout.rows + 1) * self._layout.pitch)

    def _go_to(self, line: int, *, always: bool = False) -> None:
        rows = -(-self.count // self._layout.columns)
        top = max(0, min(line, (rows - self._layout.rows) * self._layout.pitch))
        if top == self.scroll_offset.y and not always:
            return
        self.scroll_target_y = top
        self.set_scroll(None, top)
        self.refresh()
        self.post_message(self.Viewed())

    def _refresh_tile(self, index: int) -> None:
        layout = self._layout
        row, column = divmod(index, layout.columns)
        self._lines.drop_row(row, layout.pitch)
        top = row * layout.pitch - self.scroll_offset.y
        self.refresh(Region(layout.left(column) - 2, top, layout.width + 4, layout.pitch))

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Without Textual's own store of lines, which knows them by where they stand and not by what they show."""
        self._pen = None
        strips = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        row, offset = divmod(y + self.scroll_offset.y, self._layout.pitch)
        sliver = self._is_sliver(row)
        if self.count and not sliver and (strip := self._lines.known(row, offset)) is not None:
            return strip
        pen = self._pen = self._pen or self._new_pen()
        width = self.size.width
        if not self.count or self._tiles is None:
            words = self._empty[y] if y < len(self._empty) else ""
            said = Segment("  " + words, pen.base + tones(self.app)["muted" if y == 0 else "faint"])
            return pen.shown(list(Strip([said]).adjust_cell_length(width, pen.base)))
        if sliver:
            return pen.shown([Segment(" " * width, pen.base)])
        first, last = self.in_view
        self._lines.most = self._pictures.most = last - first + _KEPT_ROWS * self._layout.columns
        return self._lines.line(row, offset, width, pen, self._tiles, self.cursor)

    def _new_pen(self) -> GridPen:
        """As colours and focus are now."""
        ground, filters = self.background_colors[1], self.get_line_filters()
        return GridPen(self.app, self.rich_style, ground, self._layout, self.has_focus, self._pictures, filters)

    def _is_sliver(self, row: int) -> bool:
        """Whether so little of a row is seen that it tells nothing."""
        seen = self.scroll_offset.y + self.size.height - row * self._layout.pitch
        return seen < _LEAST_SEEN < self.size.height
