"""A list that draws only the rows in view: conversations, models in a picker, commands.

Thousands of rows cost what a screenful costs. A row is spans of text (never markup) with a left and a right end; a
heading groups rows and takes no cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.driver.keys_in_order import ActsInTurn
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones


class Row(NamedTuple):
    """One line of the list."""

    key: str
    """Names the row to whoever handed it in; empty for a heading or a blank line."""
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()


class RowList(ActsInTurn, ScrollView, can_focus=True):
    """Rows with a cursor. Says `Highlighted` when the cursor moves and `Chosen` when a row is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="list.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="list.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("home,g", "edge(0)", "First", show=False, id="list.first"),
        Binding("end,G", "edge(1)", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "open", id="list.choose"),
    ]

    DEFAULT_CSS = "RowList { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }"

    cursor: reactive[int | None] = reactive[int | None](None, repaint=False)
    """Index of the row under the cursor; None while there is no row that takes one."""

    class Highlighted(Message):
        """The cursor stands on another row."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    class Chosen(Message):
        """A row was opened by key or click."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    def __init__(
        self,
        *,
        empty: Sequence[str] = (),
        steered: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            empty: What to say where there are no rows: a line, and what to do.
            steered: Whether a field beside it hands it the keys; its bar then shows them as if it had the focus.
        """
        super().__init__(id=id)
        self.can_focus = not steered
        self._steered = steered
        self._rows: list[Row] = []
        self._empty = list(empty)
        self._base = Style()

    # What is shown

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def highlighted(self) -> str:
        """Key of the row under the cursor, or nothing."""
        return self.key_at(self.cursor) if self.cursor is not None else ""

    # What a list with rows of another make says instead (`ModelList`): none of it may cost more for more rows, but
    # `find`.

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def key_at(self, index: int) -> str:
        """The key of a row, empty where it takes no cursor. Asked far more often than the row itself."""
        return self._rows[index].key

    def row_at(self, index: int) -> Row:
        """What a row in view looks like."""
        return self._rows[index]

    def find(self, key: str) -> int | None:
        """Where the row with this key is."""
        return next((index for index, row in enumerate(self._rows) if row.key and row.key == key), None)

    def under_cursor(self, left: Sequence[Span]) -> list[Span]:
        """How the left end looks on the row of the cursor."""
        return [(text, "bold" if tone in ("text", "muted") else tone) for text, tone in left]

    def show(self, rows: Sequence[Row], *, highlight: str | None = None, empty: Sequence[str] | None = None) -> None:
        """Show these rows; the cursor stays on its row (or goes to `highlight`), else to the nearest one."""
        key = highlight if highlight is not None else self.highlighted
        self._rows = list(rows)
        if empty is not None:
            self._empty = list(empty)
        self.stand_on(key)

    def stand_on(self, key: str) -> None:
        """Other rows are in the list now: put the cursor on this key, else where it was, and draw."""
        found = self.find(key) if key else None
        if found is None and self.row_count:
            found = self._nearest(min(self.cursor or 0, self.row_count - 1))
        # Assigning would say Highlighted for a move that no one made.
        self.set_reactive(RowList.cursor, found)
        self._count_rows()
        if found is not None:
            self._reveal(found)
        self.refresh()

    def _count_rows(self) -> None:
        """Make room for the rows that there are now."""
        size = Size(self.size.width, self.row_count)
        if self.styles.is_auto_height:
            self.virtual_size = size
            return
        # Assigned in the usual way it would lay out the whole screen: 10 ms at every key of a filter.
        self.set_reactive(Widget.virtual_size, size)
        end = max(0, self.row_count - self.size.height)
        if self.scroll_offset.y > end:
            self.scroll_to(y=end, animate=False)

    def highlight(self, key: str) -> None:
        """Put the cursor on the row of this key, if there is one."""
        if (index := self.find(key)) is not None:
            self.cursor = index

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        for index in (old, new):
            if index is not None:
                self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))
        if new is not None:
            self._reveal(new)
            if new < self.row_count:
                self.post_message(self.Highlighted(self, self.key_at(new)))

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.refresh()

    # What the user does

    def action_move(self, step: int) -> None:
        if self.cursor is None:
            return
        index = self.cursor + step
        while 0 <= index < self.row_count and not self.key_at(index):
            index += step
        if 0 <= index < self.row_count:
            self.cursor = index
        elif step < 0:
            self.scroll_to(y=0, animate=False)  # so that the heading above the first row is seen again

    def action_page(self, step: int) -> None:
        if self.cursor is not None:
            target = self.cursor + step * max(1, self.size.height - 2)
            self.cursor = self._nearest(max(0, min(target, self.row_count - 1)))

    def action_edge(self, end: int) -> None:
        if self.row_count:
            self.cursor = self._nearest(self.row_count - 1 if end else 0)
            if not end:
                self.scroll_to(y=0, animate=False)

    def action_choose(self) -> None:
        if key := self.highlighted:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self.row_count and self.key_at(index):
            self.cursor = index
            self.action_choose()

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        # The same for all lines, and found by a walk over all ancestors: a third of what a screenful of rows costs.
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width, base, index = self.size.width, self._base, y + self.scroll_offset.y
        if not self.row_count:
            line = self._empty[y] if y < len(self._empty) else ""
            return self._strip([("  " + line, "muted" if y == 0 else "faint")], (), width, base)
        if index >= self.row_count:
            return Strip.blank(width, base)
        row = self.row_at(index)
        if index != self.cursor:
            return self._strip([(" ", "text"), *row.left], row.right, width, base)
        base += tones(self.app)["cursor"]
        bar: Span = (glyph("bar"), "accent" if self.has_focus or self._steered else "line")
        return self._strip([bar, *self.under_cursor(row.left)], row.right, width, base)

    def _strip(self, left: Sequence[Span], right: Sequence[Span], width: int, base: Style) -> Strip:
        style, taken = tones(self.app), span_cells(right) + (2 if right else 0)
        left = cut(left, max(0, width - taken - (1 if right else 2)))
        segments = [Segment(text, base + style[tone]) for text, tone in left]
        gap = width - span_cells(left) - taken
        segments.append(Segment(" " * max(0, gap), base))
        segments += [Segment(text, base + style[tone]) for text, tone in right]
        if right:
            segments.append(Segment("  ", base))
        return Strip(segments).adjust_cell_length(width, base)

    def _nearest(self, index: int) -> int | None:
        """The row with a key that is nearest to `index`, looking down first."""
        for candidate in chain(range(index, self.row_count), range(index - 1, -1, -1)):
            if self.key_at(candidate):
                return candidate
        return None

    def _reveal(self, index: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not height:
            return
        if index < top:
            # One more line, so that a heading just above comes into view with its first row.
            above = 1 if index and not self.key_at(index - 1) else 0
            self.scroll_to(y=index - above, animate=False)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False)
