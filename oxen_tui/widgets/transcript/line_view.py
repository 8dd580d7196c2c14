"""The scrolling half of the transcript: follows the end, keeps the reader's place, repaints only what changed.

Textual is told of the cells that differ and of nothing else. Three of its usual ways are not taken, each with a
measured reason: `virtual_size` is set without its watcher, which would lay out the whole screen for every new line;
lines do not go through the styles cache, since they are complete as they are kept; and there is no scrollbar, which
would be painted anew with every line (twice the bytes for an answer).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets import glyphs, palette
from oxen_tui.widgets.driver.prompt_drawing import draw_promptly
from oxen_tui.widgets.in_parts import InParts
from oxen_tui.widgets.lines.inks import NAMES, Inks, theme_styles
from oxen_tui.widgets.markdown.insets import Insets
from oxen_tui.widgets.markdown.margins import Room
from oxen_tui.widgets.markdown.painter import Painter
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.column import Column, row_code
from oxen_tui.widgets.transcript.dresser import Dresser, changed_cells

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

AHEAD = 8
"""Lines that the page moves up at once when a streaming text reaches its end. One at a time would repaint the whole
page for every new line, three times the bytes."""

FAR = 3
"""Pages up to which a move up is made over true heights."""


def _plain_inks() -> Inks:
    from rich.style import Style

    return Inks(dict.fromkeys(NAMES, Style()))


class LineView(InParts, ScrollView):
    """Shows a column of turns."""

    DEFAULT_CSS = """
    LineView { height: 1fr; overflow: hidden scroll; scrollbar-size: 0 0; background: $bg; }
    """

    class LinesBelow(Message, namespace="transcript"):
        """So many lines have come below what the reader has seen. 0: the end is in view again."""

        count: int

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.column = Column(Painter(Room(80), _plain_inks(), glyphs.in_use()))
        self.insets = Insets(self, self._repaint)
        """Pictures between the lines."""
        self.following = True
        """Whether the end is kept in view."""
        self.cursor: TurnLines | None = None
        """The message that keys act on."""
        self._drawn: list[Strip] = []
        self._ready = False
        self._theme = ""
        self._unseen = 0
        self._dresser = Dresser()

    # Width and theme

    def on_resize(self, event: events.Resize) -> None:
        """Take the new size; the top line, or the end, stays in view."""
        if not self.size:
            return
        self._paint_anew(always=not self._ready)

    def notify_style_update(self) -> None:
        """The theme may have changed."""
        super().notify_style_update()
        if self._ready and self.app.theme != self._theme:
            self._paint_anew()

    def _paint_anew(self, always: bool = False) -> None:
        """Lay out for the size and theme as they are now."""
        old, new = self.column.painter, self._painter()
        other = always or old.room != new.room or old.inks.styles != new.inks.styles
        if other:
            anchor = self.column.anchor(self.scroll_offset.y) if self._ready else None
            if self._ready and self.text_selection is not None and old.room != new.room:
                self.screen.clear_selection()  # its offsets count characters of lines that are no more
            self._ready = True
            self.column.paint_with(new)
            self._dresser = Dresser()
        else:
            anchor = self.column.anchor(self.scroll_offset.y)
        if self.following or anchor is None:
            self.show_end()
        else:
            self._settle(self.column.know_down(anchor, self.size.height))
        self._drawn = []
        self._repaint()
        self.refresh()

    def _painter(self) -> Painter:
        self._theme = self.app.theme
        width, height = self.app.size
        # Without a terminal (tests, pictures of the screen) every colour can be had.
        few_colors = self.app.console.color_system == "standard" and not self.app.is_headless
        ansi = self.app.current_theme.ansi or few_colors
        table = glyphs.in_use()
        room = Room(
            width=self.size.width,
            narrow=width < 80,
            edges=width >= 80 and height >= 24 and not ansi and table is not glyphs.ASCII,
            brackets=ansi,
        )
        variables = palette.with_tokens(self.app.theme_variables)
        inks = Inks(theme_styles(variables), self.get_line_filters(), Color.parse(variables["bg"]))
        return Painter(room, inks, table, self.insets)

    # Scrolling

    @property
    def _lowest(self) -> int:
        return max(0, self.column.total - self.size.height)

    def show_end(self) -> None:
        """Have the end in view, and keep it there while text comes."""
        self.following = True
        self._count_unseen(0)
        if self.size:  # else it is hidden, and comes here again with its size: Textual would move it before that
            self.column.know_end(self.size.height)
            self._move(self._lowest)

    def follow(self, streaming: bool) -> None:
        """After the column grew: move up, by several lines at once, if the end would leave the page."""
        if not self.following or not self.size:
            return
        height, total = self.size.height, self.column.total
        ahead = min(AHEAD, height // 4) if streaming else 0
        blank = self.scroll_offset.y + height - total
        if blank < 0 or blank > AHEAD:
            self._move(max(0, total - height + ahead) if total > height else 0)
        else:
            self._move(self.scroll_offset.y)

    def scroll_lines(self, rows: int) -> None:
        """Move by so many lines, down if positive."""
        if not self._ready or (rows > 0 and self.following):
            return
        anchor = self.column.anchor(self.scroll_offset.y)
        if anchor is None:
            return
        top = self.scroll_offset.y
        if rows < 0:
            top = self.column.know_up(anchor, min(-rows, FAR * self.size.height))
        self.show_line(top + rows)

    def show_line(self, y: int) -> None:
        """Have a line at the top of the page, as far as there are lines."""
        anchor = self.column.anchor(y)
        if anchor is None or not self._ready:
            return
        upwards = y < self.scroll_offset.y
        self._settle(self.column.know_down(anchor, self.size.height), upwards)
        self._repaint()

    def _settle(self, y: int, upwards: bool = False) -> None:
        """Move to a line around which heights are known. Who goes up does not want to be taken along any more."""
        lowest = self._lowest
        if y >= lowest and not (upwards and lowest):
            self.show_end()
            return
        self.following = False
        y = min(y, lowest)
        self._count_unseen(min(self._unseen, self.column.total - y - self.size.height))
        self._move(y)

    def _move(self, y: int) -> None:
        self.set_scroll(None, y)
        self.scroll_target_y = y
        size = Size(self.size.width, max(self.column.total, y + self.size.height))
        if size != self.virtual_size:
            # Assigned in the usual way it would lay out the screen, 25 times a second while an answer comes.
            self.set_reactive(Widget.virtual_size, size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Others (a selection that is drawn beyond the page) may move the page too."""
        if round(old_value) != round(new_value) and self._ready:
            self.set_scroll(None, round(old_value))
            self.scroll_lines(round(new_value) - round(old_value))

    def count_new(self, rows: int) -> None:
        """So many lines were added below; said once the reader is elsewhere."""
        if not self.following and rows > 0:
            self._count_unseen(self._unseen + rows)

    def _count_unseen(self, count: int) -> None:
        if count != self._unseen:
            self._unseen = count
            self.post_message(self.LinesBelow(count))

    def change(self, change: Callable[[], object]) -> None:
        """Do something to the turns, keeping the end or the reader's place."""
        if not self._ready:
            change()
            return
        if self.following:
            change()
            self.column.know_end(self.size.height)
            last = self.column.turns[-1] if self.column.turns else None
            self.follow(streaming=last is not None and last.turn.streaming)
        else:
            anchor = self.column.anchor(self.scroll_offset.y)
            change()
            if anchor is None:
                self.show_end()
            else:
                y = self.column.know_down(anchor, self.size.height)
                self._move(max(0, min(y, self._lowest)))
        self._repaint()

    # Painting

    def _repaint(self) -> None:
        """Tell Textual which cells differ from what it has."""
        if not self._ready:
            return
        old, new = self._drawn, self._page()
        self._drawn = new
        if len(old) != len(new):
            self.refresh()
            return
        regions = [
            Region(0, y, changed_cells(before, now), 1)
            for y, (before, now) in enumerate(zip(old, new, strict=True))
            if before is not now and before != now
        ]
        if regions:
            self.refresh(*regions)
            draw_promptly(self)

    def _page(self) -> list[Strip]:
        top = self.scroll_offset.y
        chosen = self.cursor if self.has_focus else None
        selection = self.text_selection
        return [
            self._dresser.strip(self.column, self.column.line(y), chosen, selection)
            for y in range(top, top + self.size.height)
        ]

    # Textual's line interface

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the page."""
        if len(self._drawn) != self.size.height:
            self._drawn = self._page()
        strips = self._drawn[crop.y : crop.bottom]
        strips += [self.column.painter.blank.strip] * (crop.height - len(strips))
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line of the page, each character with its offset: Textual asks for it to find what the mouse is on."""
        found = self.column.line(self.scroll_offset.y + y)
        if found is None:
            return self.column.painter.blank.strip
        return found.line.strip.apply_offsets(0, row_code(found.number, found.at))

    def selection_updated(self, selection: Selection | None) -> None:
        """The mouse was drawn over text."""
        self._repaint()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text under a selection: Markdown source where whole blocks are covered."""
        from oxen_tui.widgets.transcript.selection import copied_text

        return copied_text(self.column, selection), "\n"

    def text_select_all(self) -> None:
        """Nothing: a double click is not to select the whole conversation."""
