"""The list of jobs: drawn as far as it is in view, and written to the terminal as far as it changed.

A job is a key here. What it looks like is asked for when it is drawn, so that a look at the clock, a report of the
server and a thousand jobs out of sight all cost the cells on the screen that they change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from oxen_tui.widgets.driver.changed_cells import DrawnLines
from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.jobs.lines import TILE_ROWS, JobInk, JobLayout, head, job_line, layout_for
from oxen_tui.widgets.jobs.places import JobGroup, JobPlaces
from oxen_tui.widgets.jobs.row import JobRow, SmallPicture
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.tiles import TilePictures
from oxen_tui.widgets.tones import tones

_KEPT_PAGES = 3
"""Pages of pictures that the terminal keeps."""
_NARROW, _LOW = 80, 30
"""Columns and rows of the screen below which a job takes two lines, and no line is blank."""

RowOf = Callable[[str], JobRow]
"""What a job looks like now, by its key."""


class JobList(ScrollView, can_focus=True):
    """Jobs with a cursor. Says `Highlighted` when the cursor moves and `Chosen` when a job is clicked twice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="list.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="list.down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="list.page_up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="list.page_down"),
        Binding("home,g", "edge(0)", "First", show=False, id="list.first"),
        Binding("end,G", "edge(1)", "Last", show=False, id="list.last"),
    ]

    DEFAULT_CSS = "JobList { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 0; }"

    cursor: reactive[int | None] = reactive[int | None](None, repaint=False)
    """Which job is under the cursor, counted from the top; None while there is none."""

    class Highlighted(Message):
        """The cursor stands on another job."""

        key: str

    class Chosen(Message):
        """The job under the cursor was clicked."""

        key: str

    class Moved(Message):
        """Other jobs are in view."""

    def __init__(self, row_of: RowOf, *, empty: Sequence[str] = (), id: str | None = None) -> None:  # noqa: A002
        """
        Args:
            row_of: Asked for each job that is drawn.
            empty: What to say where there are none: a line, and what to do.
            id: For stylesheets.
        """
        super().__init__(id=id)
        self._row_of = row_of
        self._empty = list(empty)
        self._groups: Sequence[JobGroup] = ()
        self._layout_now = layout_for(0, narrow=False, low=False)
        self._places = JobPlaces((), self._layout_now.rows, self._layout_now.pitch)
        self._drawn = DrawnLines(self._draw)
        self._pictures = TilePictures(self._take_picture)
        self._taking = False
        """Whether a picture came, or went, that is not drawn yet: it may be told of while lines are drawn."""

    # What is shown

    @property
    def keys(self) -> Sequence[str]:
        """All jobs, from the top."""
        return self._places.keys

    @property
    def highlighted(self) -> str:
        """Key of the job under the cursor, or nothing."""
        return self._places.keys[self.cursor] if self.cursor is not None else ""

    @property
    def in_view(self) -> Sequence[str]:
        """The jobs that are on the screen."""
        if not self.is_on_screen:
            return ()
        places = self._places.within(self.scroll_offset.y, self.size.height)
        return self._places.keys[places.start : places.stop]

    @property
    def columns(self) -> JobLayout:
        """What fits now."""
        return self._layout_now

    def show(self, groups: Sequence[JobGroup], *, empty: Sequence[str] | None = None) -> None:
        """Show these. The cursor stays on its job, and that where it is on the screen, whatever comes above it."""
        key, at = self.highlighted, self.cursor
        before = self._places.line_of(at) - self.scroll_offset.y if at is not None else 0
        self._groups = groups
        if empty is not None:
            self._empty = list(empty)
        self._place()
        found = self._places.find(key) if key else None
        stays = found is not None
        if found is None and self._places.keys:
            found = min(at or 0, len(self._places.keys) - 1)
        self.set_reactive(JobList.cursor, found)
        if stays and found is not None and self.scroll_offset.y:
            self._scroll(self._places.line_of(found) - before)
        if found is not None:
            self._reveal(found)
        self.patch()
        if self.highlighted != key:
            self.post_message(self.Highlighted(self.highlighted))

    def patch(self) -> None:
        """Draw what became of the jobs in view: the cells that are not as they were."""
        if not self.is_on_screen:
            self._drawn.forget()
            self.refresh()  # what is kept of it would be shown when it comes back
            return
        for region in self._drawn.changes():
            self.refresh(region)

    def highlight(self, key: str) -> None:
        """Put the cursor on this job, if it is there."""
        if (index := self._places.find(key)) is not None:
            self.cursor = index

    def watch_cursor(self, new: int | None) -> None:
        if new is not None:
            self._reveal(new)
            self.post_message(self.Highlighted(self.highlighted))
        self.patch()

    def watch_has_focus(self, _focus: bool) -> None:
        super().watch_has_focus(_focus)
        self.patch()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._drawn.forget()
            self.post_message(self.Moved())

    # What the user does

    def action_move(self, step: int) -> None:
        if self.cursor is not None:
            self.cursor = max(0, min(self.cursor + step, len(self.keys) - 1))

    def action_page(self, step: int) -> None:
        self.action_move(step * max(1, self.size.height // self._layout_now.pitch - 1))

    def action_edge(self, end: int) -> None:
        if self.keys:
            self.cursor = len(self.keys) - 1 if end else 0

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def on_click(self, event: events.Click) -> None:
        place = self._places.at(event.y + self.scroll_offset.y)
        if place.is_job and place.index == self.cursor:
            self.post_message(self.Chosen(self.highlighted))
        elif place.is_job:
            self.cursor = place.index

    # Drawing

    def on_resize(self) -> None:
        key = self.highlighted
        self._place()
        self._drawn.forget()
        self.refresh()
        if key and (index := self._places.find(key)) is not None:
            self._reveal(index)
        self.post_message(self.Moved())

    def on_unmount(self) -> None:
        self._pictures.clear()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn.forget()

    def render_line(self, y: int) -> Strip:
        return self._drawn.line(y)

    def _draw(self, y: int) -> Strip:
        width, base, styles = self.size.width, self.rich_style, tones(self.app)
        if not self.keys:
            line = self._empty[y] if y < len(self._empty) else ""
            said = Segment("  " + line, base + styles["muted" if y == 0 else "faint"])
            return Strip([said]).adjust_cell_length(width, base)
        place = self._places.at(y + self.scroll_offset.y)
        if place.is_job:
            here = place.index == self.cursor
            ink = JobInk(base, styles, here=here, focus=self.has_focus, rows_of=self._rows_of)
            return job_line(self._row_of(self.keys[place.index]), place.row, self._layout_now, ink)
        if place.title:
            said = Segment(f"  {place.title}", base + styles["faint"])
            return Strip([said]).adjust_cell_length(width, base)
        return Strip.blank(width, base)

    def _take_picture(self, _key: str) -> None:
        if not self._taking and self.is_attached:
            self._taking = True
            self.call_later(self._draw_pictures)

    def _draw_pictures(self) -> None:
        self._taking = False
        self.patch()

    def _rows_of(self, picture: SmallPicture, ground: Style) -> list[list[Segment]] | None:
        colour = ground.bgcolor.triplet if ground.bgcolor is not None else None
        if picture.dots is None:
            return None
        rgb = (colour.red, colour.green, colour.blue) if colour is not None else (0, 0, 0)
        self._pictures.most = _KEPT_PAGES * (self.size.height // self._layout_now.pitch + 1)
        return self._pictures.rows(self.app, picture.key, picture.dots, picture.columns, TILE_ROWS, rgb)

    def _place(self) -> None:
        screen = self.screen.size
        self._layout_now = layout_for(self.size.width, narrow=screen.width < _NARROW, low=screen.height < _LOW)
        self._places = JobPlaces(self._groups, self._layout_now.rows, self._layout_now.pitch)
        self.virtual_size = Size(self.size.width, self._places.height)

    def _reveal(self, index: int) -> None:
        """Have the whole job in view."""
        top, height = self.scroll_offset.y, self.size.height
        if not height:
            return
        first, last = self._places.top_of(index), self._places.line_of(index) + self._layout_now.rows - 1
        if first < top:
            self._scroll(first)
        elif last >= top + height:
            self._scroll(last - height + 1)

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, immediate=True)


class JobTitles(OneLine):
    """Titles over the columns of a list."""

    def __init__(self, jobs: JobList, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._jobs = jobs

    def draw(self) -> None:
        """Say the titles that fit now."""
        left, right = head(self._jobs.columns)
        self.say(left, [*right, ("  ", "text")])
