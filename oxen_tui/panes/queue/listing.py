"""The list of the queue pane: jobs as the service knows them, drawn as far as they are seen, and the one looked at.

Reports of the server come as often as once a second, for hundreds of jobs. What they change is drawn where it stands;
rows are put in order anew only when one comes, goes or ends. Times tick once a second while one of them is in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events, on

from oxen_tui.panes.jobs.units import Unit, Units
from oxen_tui.panes.jobs.words import row_of
from oxen_tui.panes.queue.head import Counts, HeadState, head_words, stale_words
from oxen_tui.panes.queue.page import EMPTY, QueuePage
from oxen_tui.panes.queue.pictures import QueuePictures
from oxen_tui.panes.queue.query import complete, query
from oxen_tui.panes.queue.sheet import sheet_of
from oxen_tui.services.session import Session
from oxen_tui.store.job import Job
from oxen_tui.widgets import motion
from oxen_tui.widgets.jobs.list import JobList
from oxen_tui.widgets.jobs.row import JobRow
from oxen_tui.widgets.query_filter import Completion
from oxen_tui.widgets.wording import count

_NO_MATCH = ("No job is like that", "esc in the filter clears it")


class QueueListing(QueuePage, part=True):
    """Lists and shows jobs. Changes none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.queue = session.generations
        self._now: datetime = session.clock.now()
        """The moment that all of the screen shows."""
        self._units = Units((), today=self._now.astimezone().date())
        self._counts = Counts()
        self._opened: set[int] = set()
        """Requests whose jobs are listed one by one."""
        self._marked: set[int] = set()
        """Ids of jobs."""
        self._changed: set[int] | None = None
        """Jobs that are otherwise than drawn; None while nothing waits to be drawn."""
        self._asking = False
        """Whether the user asked for the server's list, and it has not come."""
        self._looking = False
        self._pictures = QueuePictures(session, self._patch_soon)

    def on_mount(self) -> None:
        super().on_mount()
        self.listen(self.queue.subscribe, self._hear)
        self._ticking = self.set_interval(motion.tick(), self._tick, pause=True)
        self._draw()

    def on_unmount(self) -> None:
        self._pictures.close()
        self.queue.looking = False

    def on_show(self) -> None:
        self.queue.looking = True
        self._draw()

    def on_hide(self) -> None:
        self.queue.looking = False
        self._ticking.pause()
        self._pictures.look_away()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._draw_head)
        self._look_soon()

    # --- the list -------------------------------------------------------------------------------------------------

    def row_of(self, key: str) -> JobRow:
        unit = self._units.by_key[key]
        return row_of(
            unit,
            self._now,
            self.queue,
            marked=all(job.id in self._marked for job in unit.jobs),
            stale=self._stale,
            picture=self._pictures.of(unit, self._list.columns.tile) if self._list.columns.tile else None,
        )

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        return complete(text, cursor, (job.model for job in self.queue.jobs))

    @property
    def _stale(self) -> str:
        return stale_words(self.queue.checked_at) if self.queue.trouble is not None else ""

    def _hear(self, ids: frozenset[int]) -> None:
        """Jobs changed, perhaps many times in a row: draw them once."""
        if self._changed is None:
            self._changed = set()
            self.call_after_refresh(self._take_changes)
        self._changed |= ids

    def _take_changes(self) -> None:
        ids, self._changed = self._changed or set(), None
        if not self.is_on_screen:
            return  # all of it is drawn when it is gone to
        renewed = not ids or (
            not self._filter.query_text and self._units.renew({job_id: self.queue.job(job_id) for job_id in ids})
        )
        if not renewed:
            self._draw()
            return
        self._now = self.session.clock.now()
        if ids:
            self._counts = Counts.of(self.queue.jobs, self._now.astimezone().date())
        self._list.patch()
        self._after_drawing()
        if self.unit is not None and any(job.id in ids for job in self.unit.jobs):
            self.refresh_bindings()

    def _draw(self) -> None:
        """Put all rows in order, and draw what changed by that."""
        self._now = self.session.clock.now()
        today, text = self._now.astimezone().date(), self._filter.query_text
        jobs = self.queue.jobs
        self._units = Units(jobs, today=today, opened=self._opened, wanted=query(text, today))
        self._counts = Counts.of(jobs, today)
        self._marked &= {job.id for job in jobs}
        self._list.show(self._units.groups, empty=_NO_MATCH if text and jobs else EMPTY)
        self._filter.say_count(f"{count(self._units.count)} of {count(len(jobs))}" if text else count(len(jobs)))
        self._after_drawing()
        self.refresh_bindings()

    def _after_drawing(self) -> None:
        self._draw_head()
        self._look_soon()
        self._see_to_the_clock()
        self._pictures.look_at([self._units.by_key[key] for key in self._list.in_view], self._list.columns.tile)

    def _draw_head(self) -> None:
        trouble = self.queue.trouble
        state = HeadState(
            self._counts,
            self.queue.checked_at,
            trouble.title if trouble is not None else "",
            self._asking,
            self._is_ticking,
        )
        self._head.say(*head_words(state, self._head.size.width or self.size.width))

    def _patch_soon(self) -> None:
        self.call_after_refresh(self._list.patch)

    # --- time -----------------------------------------------------------------------------------------------------

    @property
    def _is_ticking(self) -> bool:
        """Whether a time that goes on is in view."""
        if not self.is_on_screen:
            return False
        if self.sees_detail and (unit := self.unit) is not None and unit.is_active:
            return True
        return any(self._units.by_key[key].is_active for key in self._list.in_view)

    def _see_to_the_clock(self) -> None:
        if self._is_ticking:
            self._ticking.resume()
        else:
            self._ticking.pause()

    def _tick(self) -> None:
        before, self._now = self._now, self.session.clock.now()
        if before.astimezone().date() != self._now.astimezone().date():
            self._draw()
            return
        self._list.patch()
        self._draw_head()
        self._look()

    @on(JobList.Moved)
    def _see_what_is_in_view(self, event: JobList.Moved) -> None:
        event.stop()
        self._after_drawing()

    # --- the job under the cursor ---------------------------------------------------------------------------------

    @property
    def unit(self) -> Unit | None:
        """What is under the cursor."""
        return self._units.by_key.get(self._list.highlighted)

    @property
    def chosen(self) -> list[Job]:
        """What keys act on: the marked jobs, else those under the cursor."""
        marked = [job for job in self.queue.jobs if job.id in self._marked] if self._marked else []
        return marked or (list(self.unit.jobs) if self.unit is not None else [])

    @on(JobList.Highlighted)
    def _look_at_it(self, event: JobList.Highlighted) -> None:
        event.stop()
        self._look_soon()
        self.refresh_bindings()

    def _look_soon(self) -> None:
        if not self._looking and self.sees_detail:
            self._looking = True
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        self._looking = False
        if not self.sees_detail:
            return
        unit = self.unit
        self._detail.show(sheet_of(unit, self._now, self.queue, stale=self._stale) if unit is not None else None)
        self._detail.show_picture(self._pictures.file_of(unit) if unit is not None else None)
        self._see_to_the_clock()

    # --- the filter -----------------------------------------------------------------------------------------------

    def narrow(self, query: str) -> None:
        if self.is_mounted:
            self.show_filter(bool(self._filter.query_text) or self._filter.has_keys)
            self._draw()

    def leave_filter(self) -> None:
        # At once, as all that moves the focus: what is typed behind the key would go elsewhere.
        self.screen.set_focus(self._list, False)
        self.show_filter(bool(self._filter.query_text))

    def show_filter(self, shown: bool) -> None:
        """It is seen while it narrows, or is typed in; then there is no room for titles."""
        self._filter.display, self._titles.display = shown, not shown
