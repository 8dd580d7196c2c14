"""Moving about in the queue pane: into a job and back, through states, from mark to mark."""

from __future__ import annotations

from textual import on

from oxen_tui.panes.queue.files import QueueFiles
from oxen_tui.panes.queue.query import next_state
from oxen_tui.widgets.jobs.list import JobList
from oxen_tui.widgets.jobs.row import Fold


class QueueLooking(QueueFiles, part=True):
    """Opens, unfolds, marks and narrows. Costs nothing and changes no job."""

    @on(JobList.Chosen)
    def _open_clicked(self, event: JobList.Chosen) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """See the result as large as can be; where there is none yet, read about the job."""
        done = [job for job in self.unit.jobs if job.file is not None] if self.unit is not None else []
        if done:
            self.post_message(self.OpenWanted(done[0].id))
        else:
            self.show_detail()

    def show_detail(self) -> None:
        """Read about the job: where list and detail take turns, instead of the list."""
        self.add_class("-open")
        self._look_soon()
        self.call_after_refresh(self._detail.focus)
        self.refresh_bindings()

    def action_into(self) -> None:
        unit = self.unit
        if unit is not None and unit.fold is Fold.CLOSED:
            self._opened.add(unit.first.batch)
            self._draw()
        else:
            self.show_detail()

    def action_out(self) -> None:
        if self.unit is None:
            return
        batch = self.unit.first.batch
        self._opened.discard(batch)
        self._list.highlight(f"b{batch}")
        self._draw()

    def action_other_side(self) -> None:
        if self.may_go_back:
            self.action_back()
        else:
            self.show_detail()

    def action_back(self) -> None:
        self.remove_class("-open")
        self.call_after_refresh(self._list.focus)
        self.refresh_bindings()

    def action_request(self) -> None:
        self._detail.toggle("request")

    def action_events(self) -> None:
        self._detail.toggle("events")

    def action_filter(self) -> None:
        self.remove_class("-open")
        self.show_filter(True)
        self._filter.focus()
        if not self._filter.has_keys:  # the detail had the page
            self.call_after_refresh(self._filter.focus)

    def action_clear(self) -> None:
        self._filter.put("")

    def action_state(self, step: int) -> None:
        self._filter.put(next_state(self._filter.query_text, step))

    def action_next_state(self) -> None:
        self.action_state(1)

    def action_mark(self) -> None:
        """Mark the job under the cursor, or not any more, and go to the next."""
        if self.unit is None:
            return
        ids = {job.id for job in self.unit.jobs}
        if ids <= self._marked:
            self._marked -= ids
        else:
            self._marked |= ids
        self._list.patch()
        self._list.action_move(1)
        self.refresh_bindings()

    def action_unmark(self) -> None:
        self._marked.clear()
        self._list.patch()
        self.refresh_bindings()

    def action_refresh(self) -> None:
        self._work(self._refresh, "refresh", exclusive=True)

    async def _refresh(self) -> None:
        self._asking = True
        self._draw_head()
        try:
            await self.queue.look_again()
        finally:
            self._asking = False
            self._draw()
