"""Jobs for tests, and a queue that holds what a test puts into it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from oxen_tui.api.errors import ApiError
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import Job, JobState, ResultFile

NOW = datetime(2026, 12, 1, 14, 3, 20).astimezone()
TODAY = NOW.date()
FILE = ResultFile("2026-12-01/1403-moss-image-xl-7f3a.png", "image/png", 2_100_000, 1536, 1024)


def ago(seconds: float) -> datetime:
    """So long before the moment of the tests."""
    return NOW - timedelta(seconds=seconds)


def job(number: int, state: JobState = JobState.RUNNING, seconds: float = 60, **fields: Any) -> Job:
    """A job that was sent so many seconds ago; ended ones have ended this very moment."""
    usual: dict[str, Any] = {
        "batch": number,
        "place_in_batch": 0,
        "model": "moss-image-xl",
        "kind": "image",
        "created_at": ago(seconds),
        "sent_at": ago(seconds),
        "generation_id": f"5d1c{number:04d}-0000-9f10",
        "prompt": "Fog in a fir forest",
        "body": {"prompt": "Fog in a fir forest"},
        "estimate": 0.04,
    }
    if not state.is_active or state is JobState.SAVING:
        usual["ended_at"] = NOW
    if state is JobState.DONE:
        usual |= {"file": FILE, "cost": 0.04}
    return Job(id=number, state=state, **(usual | fields))


class FakeQueue:
    """The part of `GenerationQueue` that a pane needs."""

    def __init__(self, *jobs: Job) -> None:
        self.jobs: tuple[Job, ...] = tuple(jobs)
        self.checked_at: datetime | None = NOW
        self.trouble: ApiError | None = None
        self.looking = False
        self.usual: dict[str, Typical] = {}
        self.coming: dict[int, tuple[int, int | None]] = {}
        self.asked: list[tuple[str, Any]] = []
        self.refuses: dict[int, str] = {}
        self._listeners: list[Callable[[frozenset[int]], None]] = []

    def job(self, job_id: int) -> Job | None:
        return next((job for job in self.jobs if job.id == job_id), None)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, *ids: int) -> None:
        for listener in tuple(self._listeners):
            listener(frozenset(ids))

    def put(self, *jobs: Job) -> None:
        """New jobs, or others in the place of old ones."""
        known = {job.id: job for job in self.jobs} | {job.id: job for job in jobs}
        self.jobs = tuple(sorted(known.values(), key=lambda job: (job.created_at, job.id), reverse=True))
        self.tell(*(job.id for job in jobs))

    def drop(self, *ids: int) -> None:
        self.jobs = tuple(job for job in self.jobs if job.id not in ids)
        self.tell(*ids)

    def progress(self, job_id: int) -> tuple[int, int | None] | None:
        return self.coming.get(job_id)

    def typical(self, model: str, kind: str) -> Typical | None:
        return self.usual.get(model)

    async def begin(self) -> None:
        self.asked.append(("begin", None))

    async def look_again(self) -> None:
        self.asked.append(("look", None))

    async def cancel(self, ids: Collection[int]) -> dict[int, str]:
        self.asked.append(("cancel", sorted(ids)))
        self.put(
            *(
                replace(found, state=JobState.CANCELLED, ended_at=NOW)
                for job_id in ids
                if job_id not in self.refuses and (found := self.job(job_id)) is not None
            )
        )
        return {job_id: sentence for job_id, sentence in self.refuses.items() if job_id in ids}

    async def retry(self, job_id: int) -> tuple[Job, ...]:
        self.asked.append(("retry", job_id))
        found = self.job(job_id)
        if found is not None and found.state is JobState.NOT_SAVED:
            return (found,)
        new = job(100 + job_id, JobState.WAITING, 0)
        self.put(new)
        return (new,)

    async def remove(self, ids: Collection[int]) -> None:
        self.asked.append(("remove", sorted(ids)))
        self.drop(*ids)
