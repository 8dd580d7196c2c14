"""The jobs of a place in memory: what is shown of them, kept in step with the disk and with other running programs.

All changes go through here, one after the other: a change is a function from a job to a job, applied to how the job
is at that moment, so that two who know different things of one job do not undo each other's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from oxen_tui.services.queue.typical_time import MOST_RUNS, TypicalTimes
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.store.store import Store

Edit: TypeAlias = Callable[[Job], Job]
"""What becomes of a job. Gives back the same object where nothing does."""

Listener: TypeAlias = Callable[[frozenset[int]], None]


class QueueBook:
    """Hidden jobs are not in it."""

    def __init__(self, store: Store) -> None:
        self.store_trouble: StoreError | None = None
        """Why the disk does not take what is known here. It is tried again with every change."""
        self.typical = TypicalTimes()
        self.own: set[int] = set()
        """Ids of jobs that came from this running program or its server, not from another running program."""
        self._store = store
        self._jobs: dict[int, Job] = {}
        self._by_generation: dict[str, int] = {}
        self._unwritten: dict[int, Job] = {}
        """Jobs that the disk has otherwise, as it has them."""
        self._shown: set[int] = set()
        """Jobs that are said to be otherwise than on the disk on purpose."""
        self._listing: tuple[Job, ...] | None = None
        self._revision = 0
        self._changing = asyncio.Lock()
        self._listeners: list[Listener] = []

    # --- looking

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Newest first."""
        if self._listing is None:
            newest_first = sorted(self._jobs.values(), key=lambda job: (job.created_at, job.id), reverse=True)
            self._listing = tuple(newest_first)
        return self._listing

    def job(self, job_id: int) -> Job | None:
        """One of `jobs`."""
        return self._jobs.get(job_id)

    def of_generation(self, generation_id: str) -> Job | None:
        """The job that the server calls so."""
        return self._jobs.get(self._by_generation.get(generation_id, 0))

    def having(self, *states: JobState) -> list[Job]:
        """Those in one of these states."""
        return [job for job in self._jobs.values() if job.state in states]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with the ids of jobs that changed, came or went. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def tell(self, ids: Iterable[int] = ()) -> None:
        """Calls those who subscribed."""
        changed = frozenset(ids)
        for listener in tuple(self._listeners):
            listener(changed)

    # --- the disk

    async def load(self) -> None:
        """Reads all jobs.

        Raises:
            StoreError: They cannot be read.
        """
        durations = await self._store.jobs.durations(MOST_RUNS)
        for (model, kind), seconds in durations.items():
            self.typical.learn(model, kind, seconds)
        await self.sync()

    async def sync(self) -> None:
        """Takes over what other running programs have changed.

        Raises:
            StoreError: The disk cannot be read.
        """
        async with self._changing:
            changes = await self._store.jobs.changed_since(self._revision)
            self._revision = changes.revision
            ours = self._unwritten.keys() | self._shown
            self._take(job for job in changes.jobs if job.id not in ours)

    async def add(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Writes down new jobs of one request.

        Raises:
            StoreError: They are not on the disk, and not here.
        """
        async with self._changing:
            added = await self._store.jobs.add(jobs)
            self.own.update(job.id for job in added)
            self._take(added)
        return added

    async def add_found(self, jobs: Iterable[Job]) -> None:
        """Writes down jobs that were begun elsewhere.

        Raises:
            StoreError: They are not on the disk, and not here.
        """
        async with self._changing:
            found = await self._store.jobs.add_found(jobs)
            self.own.update(job.id for job in found)
            self._take(found)

    async def change(self, edits: Mapping[int, Edit], *, strict: bool = False) -> None:
        """Changes jobs here and on the disk. Nothing is written, and nobody told, where nothing changes.

        Args:
            edits: By the ids of the jobs; those that are not here are left out.
            strict: Changes nothing where the disk does not take it.

        Raises:
            StoreError: With `strict`. Else the change stands here, and is written with the next one that can be.
        """
        async with self._changing:
            steps: list[tuple[Job, Job]] = []
            for job_id, edit in edits.items():
                was = self._jobs.get(job_id)
                if was is not None and (now := edit(was)) is not was and now != was:
                    steps.append((self._unwritten.get(job_id, was), now))
            changing = {now.id for _, now in steps}
            late = [(was, self._jobs[key]) for key, was in self._unwritten.items() if key not in changing]
            if not steps and not late:
                return
            try:
                stored = await self._store.jobs_at_work.advance([*steps, *late])
            except StoreError as error:
                if strict:
                    raise
                self.store_trouble = error
                self._unwritten |= {was.id: was for was, _ in steps}
                self._take(now for _, now in steps)
            else:
                self.store_trouble = None
                self._unwritten.clear()
                self._shown -= {job.id for job in stored}
                self._take(stored)

    async def change_one(self, job_id: int, edit: Edit, *, strict: bool = False) -> Job | None:
        """See `change`. The job as it is then."""
        await self.change({job_id: edit}, strict=strict)
        return self._jobs.get(job_id)

    def show(self, ids: Collection[int], edit: Edit) -> None:
        """Changes jobs that this program holds, and here only: for what is true for moments."""
        self._shown.update(ids)
        self._take(edit(job) for job in map(self._jobs.get, ids) if job is not None)

    async def hide(self, ids: Collection[int]) -> None:
        """Takes jobs out of the list.

        Raises:
            StoreError: They stay.
        """
        async with self._changing:
            await self._store.jobs.set_hidden(ids, True)
            self._drop(ids)
        self.tell(ids)

    def _take(self, jobs: Iterable[Job]) -> None:
        changed = []
        for job in jobs:
            was = self._jobs.get(job.id)
            if was == job or job.origin is Origin.OPENED or (was is None and job.hidden):
                continue
            changed.append(job.id)
            if job.hidden:
                self._drop([job.id])
                continue
            self._jobs[job.id] = job
            if job.generation_id is not None:
                self._by_generation[job.generation_id] = job.id
            if was is not None and was.took is None and job.took is not None and job.origin is not Origin.ELSEWHERE:
                self.typical.learn(job.model, job.kind, [job.took])
        if changed:
            self._listing = None
            self.tell(changed)

    def _drop(self, ids: Collection[int]) -> None:
        self._listing = None
        for job_id in ids:
            job = self._jobs.pop(job_id, None)
            name = None if job is None else job.generation_id
            if name is not None and self._by_generation.get(name) == job_id:
                del self._by_generation[name]
