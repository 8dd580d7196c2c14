"""A page that is read: scrolled by lines, drawn as far as it is in view.

Textual's own scrolling lays out the screen for every new height; a page has its own, and no scrollbar.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.page.lines import Lines, ListedLines

SLICE_SECONDS = 0.02
"""Work in one go while the end of something long is looked for: keys are answered in between."""

_WHEEL = 3
_ALL = 1 << 60


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows what `lay_out` makes of its content. Content changes through methods of the kinds of page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="page.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="page.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="page.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="page.page_down"),
        Binding("home,g", "edge(0)", "First line", show=False, id="page.first"),
        Binding("end,G", "edge(1)", "Last line", show=False, id="page.last"),
    ]

    DEFAULT_CSS = "PageView { height: 1fr; overflow: hidden scroll; scrollbar-size: 0 0; background: $panel; }"

    class Copied(Message):
        """The user asked for a copy of this.

        Attributes:
            text: To be put on the clipboard.
            what: It is, in a word or two: `curl request`.
        """

        def __init__(self, text: str, what: str) -> None:
            super().__init__()
            self.text, self.what = text, what

    class Searched(Message):
        """What came of the words that `find` was given: `line 214`, `12 of 40 fields`."""

        result: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: Lines | None = None
        self._paper: Paper | None = None

    def lay_out(self, paper: Paper) -> Lines:
        """The lines of the content as it is now."""
        return ListedLines[object]((), lambda _: paper.blank)

    # For the kinds of page

    can_find: ClassVar[bool] = False
    """Whether `find` does anything."""

    def find(self, words: str) -> None:
        """Look for these words as they are typed; empty ends the search."""

    @property
    def paper(self) -> Paper:
        """For the width and theme as they are now."""
        paper = Paper.of(self.app, self.size.width)
        if self._paper != paper:
            self._paper, self._lines = paper, None
        return self._paper if self._paper is not None else paper

    @property
    def lines(self) -> Lines:
        """Laid out for the paper as it is now, and known for as far as the page shows."""
        paper = self.paper
        if self._lines is None:
            self._lines = self.lay_out(paper)
        self._know(self._lines)
        return self._lines

    @property
    def page_height(self) -> int:
        """Rows that the lines have."""
        return self.size.height

    @property
    def top(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    def renew(self, *, to_top: bool = False) -> None:
        """The content is another now."""
        self._lines = None
        if to_top:
            self.set_scroll(None, 0)
            self.scroll_target_y = 0
        self.refresh()

    def go_to(self, line: int) -> None:
        """Have this line at the top, as far as there are lines below it."""
        if not self.size.height:
            return
        lines = self.lines
        lines.reach(line + self.page_height, SLICE_SECONDS)
        top = max(0, min(line, lines.known - self.page_height))
        self._set_height(lines)
        self.scroll_target_y = top
        self.set_scroll(None, top)
        self.refresh()

    def reveal(self, first: int, last: int | None = None) -> None:
        """Have these lines in view, the first one rather than the last."""
        last = first if last is None else last
        if last >= self.top + self.page_height:
            self.go_to(last - self.page_height + 1)
        if first < self.top:
            self.go_to(first)

    def _know(self, lines: Lines) -> None:
        # Twice the page, so that the next page down is there when it is asked for.
        lines.reach(self.top + 2 * self.page_height + 1)
        self._set_height(lines)

    def _set_height(self, lines: Lines) -> None:
        size = Size(self.size.width, lines.known)
        if size != self.virtual_size:
            # Assigned in the usual way it would lay out the whole screen.
            self.set_reactive(Widget.virtual_size, size)

    # What the user does

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def action_move(self, step: int) -> None:
        self.go_to(self.top + step)

    def action_page(self, step: int) -> None:
        self.go_to(self.top + step * max(1, self.page_height - 2))

    def action_edge(self, end: int) -> None:
        if not end:
            self.go_to(0)
            return
        lines = self.lines
        done = lines.reach(_ALL, SLICE_SECONDS)
        self.go_to(lines.known)
        if not done:
            self.set_timer(0.001, lambda: self.action_edge(1) if self._lines is lines else None)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves by lines, not smoothly: every step between would be painted in full."""
        event.stop()
        event.prevent_default()
        self.go_to(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.go_to(self.top - _WHEEL)

    def on_resize(self) -> None:
        """Stay within the lines at the new width."""
        if self.size:
            self.go_to(self.top)

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        lines, index = self.lines, self.top + y
        return lines.strip(index) if index < lines.known else self.paper.blank
