"""A list that draws only the rows in view: conversations, models in a picker, commands.

Thousands of rows cost what a screenful costs. A row is spans of text (never markup) with a left and a right end; a
heading groups rows and takes no cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.tones import tones


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    key: str
    """Names the row to whoever handed it in; empty for a heading or a blank line."""
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()


class RowList(ScrollView, can_focus=True):
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

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        row_list: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.row_list

    @dataclass
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

    # What is shown

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def highlighted(self) -> str:
        """Key of the row under the cursor, or nothing."""
        return self._rows[self.cursor].key if self.cursor is not None else ""

    def show(self, rows: Sequence[Row], *, highlight: str | None = None, empty: Sequence[str] | None = None) -> None:
        """Show these rows; the cursor stays on its row (or goes to `highlight`), else to the nearest one."""
        key = highlight if highlight is not None else self.highlighted
        before = self.cursor or 0
        self._rows = list(rows)
        if empty is not None:
            self._empty = list(empty)
        found = next((i for i, row in enumerate(self._rows) if row.key and row.key == key), None)
        if found is None and self._rows:
            found = self._nearest(min(before, len(self._rows) - 1))
        # Assigning would say Highlighted for a move that no one made.
        self.set_reactive(RowList.cursor, found)
        self.virtual_size = Size(self.size.width, len(self._rows))
        if found is not None:
            self._reveal(found)
        self.refresh()

    def highlight(self, key: str) -> None:
        """Put the cursor on the row of this key, if there is one."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self.cursor = index
                return

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        for index in (old, new):
            if index is not None:
                self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))
        if new is not None:
            self._reveal(new)
            if new < len(self._rows):
                self.post_message(self.Highlighted(self, self._rows[new].key))

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.refresh()

    # What the user does

    def action_move(self, step: int) -> None:
        if self.cursor is None:
            return
        index = self.cursor + step
        while 0 <= index < len(self._rows) and not self._rows[index].key:
            index += step
        if 0 <= index < len(self._rows):
            self.cursor = index
        elif step < 0:
            self.scroll_to(y=0, animate=False)  # so that the heading above the first row is seen again

    def action_page(self, step: int) -> None:
        if self.cursor is not None:
            target = self.cursor + step * max(1, self.size.height - 2)
            self.cursor = self._nearest(max(0, min(target, len(self._rows) - 1)))

    def action_edge(self, end: int) -> None:
        if self._rows:
            self.cursor = self._nearest(len(self._rows) - 1 if end else 0)
            if not end:
                self.scroll_to(y=0, animate=False)

    def action_choose(self) -> None:
        if key := self.highlighted:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self._rows) and self._rows[index].key:
            self.cursor = index
            self.action_choose()

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, base, index = self.size.width, self.rich_style, y + self.scroll_offset.y
        if not self._rows:
            line = self._empty[y] if y < len(self._empty) else ""
            return self._strip([("  " + line, "muted" if y == 0 else "faint")], (), width, base)
        if index >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[index]
        if index != self.cursor:
            return self._strip([(" ", "text"), *row.left], row.right, width, base)
        base += tones(self.app)["cursor"]
        bar: Span = (glyph("bar"), "accent" if self.has_focus or self._steered else "line")
        left = [(text, "bold" if tone in ("text", "muted") else tone) for text, tone in row.left]
        return self._strip([bar, *left], row.right, width, base)

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
        for candidate in chain(range(index, len(self._rows)), range(index - 1, -1, -1)):
            if self._rows[candidate].key:
                return candidate
        return None

    def _reveal(self, index: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if not height:
            return
        if index < top:
            # One more line, so that a heading just above comes into view with its first row.
            above = 1 if index and not self._rows[index - 1].key else 0
            self.scroll_to(y=index - above, animate=False)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False)
