"""Follows jobs whatever pane is on screen: begins the queue's watch, and counts what goes on. Not seen."""

from __future__ import annotations

from oxen_tui.panes.pane import Pane
from oxen_tui.services.session import Session
from oxen_tui.store.job import Job
from oxen_tui.widgets.message import Message


class QueueWatcher(Pane):
    """One for each session."""

    DEFAULT_CSS = "QueueWatcher { display: none; }"

    class Counted(Message):
        """Another number of jobs goes on."""

        active: int

    def __init__(self, session: Session) -> None:
        super().__init__(id="queue-watcher")
        self._queue = session.generations
        self._active: set[int] = set()
        """Ids of jobs that go on."""
        self._told = 0

    def on_mount(self) -> None:
        self.listen(self._queue.subscribe, self._hear)
        self._hear(frozenset(job.id for job in self._queue.jobs))  # another screen of this session began it
        self._work(self._queue.begin, "queue")

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that go on, newest first."""
        return tuple(job for job in self._queue.jobs if job.state.is_active)

    def _hear(self, ids: frozenset[int]) -> None:
        for job_id in ids:
            job = self._queue.job(job_id)
            if job is not None and job.state.is_active:
                self._active.add(job_id)
            else:
                self._active.discard(job_id)
        if len(self._active) != self._told:
            self._told = len(self._active)
            self.post_message(self.Counted(self._told))
