"""Hears of jobs whatever pane is on screen: begins the queue's watch, counts what goes on, tells what ended.

Not seen. Jobs that end in quick succession are told in one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, WorkerState, WorkType

from oxen_tui.panes.mistake import Mistake
from oxen_tui.services.session import Session
from oxen_tui.store.job import Job, JobState

_BURST = 0.8
"""Seconds in which what ends is told together."""

_TOLD = (JobState.DONE, JobState.FAILED, JobState.NOT_SAVED, JobState.UNKNOWN)
"""Ends that are news. Who cancels knows it."""


class QueueWatcher(Widget):
    """One for each session."""

    DEFAULT_CSS = "QueueWatcher { display: none; }"

    @dataclass
    class Counted(Message):
        """Another number of jobs goes on."""

        active: int

    @dataclass
    class Ended(Message):
        """These have ended since the last time."""

        jobs: tuple[Job, ...]

    def __init__(self, session: Session) -> None:
        super().__init__(id="queue-watcher")
        self._queue = session.generations
        self._active: dict[int, JobState] = {}
        """Jobs that go on, as they were heard of last."""
        self._count = 0
        self._ended: list[int] = []

    def on_mount(self) -> None:
        self._end_hearing = self._queue.subscribe(self._hear)
        begin: WorkType[None] = self._begin
        self.run_worker(begin, group="queue", exit_on_error=False)

    def on_unmount(self) -> None:
        self._end_hearing()

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that go on, newest first."""
        return tuple(job for job in self._queue.jobs if job.state.is_active)

    async def _begin(self) -> None:
        await self._queue.begin()
        self._hear(frozenset(job.id for job in self._queue.jobs))

    def _hear(self, ids: frozenset[int]) -> None:
        for job_id in ids:
            job, was = self._queue.job(job_id), self._active.pop(job_id, None)
            if job is None:
                continue
            if job.state.is_active:
                self._active[job_id] = job.state
            elif was is not None and job.state in _TOLD:
                if not self._ended:
                    self.set_timer(_BURST, self._tell)
                self._ended.append(job_id)
        if len(self._active) != self._count and self.is_attached:
            self._count = len(self._active)
            self.post_message(self.Counted(self._count))

    def _tell(self) -> None:
        ids, self._ended = self._ended, []
        jobs = tuple(job for job_id in ids if (job := self._queue.job(job_id)) is not None)
        if jobs:
            self.post_message(self.Ended(jobs))

    @on(Worker.StateChanged)
    def _hear_of_mistakes(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(Mistake(event.worker.error))


def ended_words(jobs: Sequence[Job]) -> tuple[str, bool]:
    """A sentence on jobs that ended, and whether something went wrong with one of them."""
    wrong = [job for job in jobs if job.state is not JobState.DONE]
    done = len(jobs) - len(wrong)
    if not wrong:
        first = jobs[0]
        return (
            f"{PurePath(first.file.name).name if first.file else first.model} saved"
            if done == 1
            else f"{done} results saved"
        ), False
    said = f"{wrong[0].model} {_how(wrong[0])}" if len(wrong) == 1 else f"{len(wrong)} jobs need a look"
    return (f"{done} saved, {said}" if done else said), True


def _how(job: Job) -> str:
    return {JobState.FAILED: "failed", JobState.NOT_SAVED: "is made, not saved"}.get(job.state, "is lost sight of")
