"""Everything that was made or opened here: found, marked, put away and brought back.

The list is held whole, for a filter has to look at all of it; a row is a job of the store, whose picture is not
touched. What is on the disk is told from what is missing in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from oxen_tui.services.gallery.ancestry import Kin, family
from oxen_tui.services.gallery.query import GalleryQuery, parse
from oxen_tui.services.gallery.search import matches
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.store.errors import NotFound, StoreError
from oxen_tui.store.job import Job, ResultFile

_PAGE = 500
"""Rows read from the store in one go: the first page of a long list is shown while the next is read."""
_MOST_ANCESTORS = 200
"""Read besides the list: parents whose own results were put into the trash."""


class ResultRows(Protocol):
    """What is asked of the store (`store.jobs.Jobs`)."""

    async def results(self, limit: int = ..., after: Job | None = ...) -> tuple[Job, ...]: ...
    async def get(self, job_id: int) -> Job: ...
    async def set_favourite(self, job_ids: Collection[int], favourite: bool) -> None: ...
    async def set_deleted(self, job_ids: Collection[int], deleted: bool) -> None: ...


class ResultFiles(Protocol):
    """What is asked of the disk (`services.results.Results`)."""

    def path(self, file: ResultFile) -> Path: ...
    async def to_trash(self, job: Job) -> None: ...
    async def restore(self, job: Job) -> None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What the filter leaves."""

    text: str
    jobs: tuple[Job, ...]
    """Newest first."""
    counts: Mapping[str, int]
    """By kind, and "" for all, as if no kind were asked for."""
    kinds: frozenset[str]
    """Asked for; empty is all."""
    notice: str = ""
    """What of the text means nothing."""


class Gallery:
    """The results of one store."""

    def __init__(self, rows: ResultRows, files: ResultFiles, *, now: Callable[[], datetime]) -> None:
        self.jobs: tuple[Job, ...] = ()
        """All, newest first."""
        self.known = False
        """Whether the store has been read to the end."""
        self.trouble: StoreError | None = None
        """Why it could not be read."""
        self.missing: frozenset[int] = frozenset()
        """Those whose file is not there any more."""
        self._rows = rows
        self._files = files
        self._now = now
        self._by_id: dict[int, Job] = {}
        self._kin: dict[int, Job] = {}
        self._families: dict[int, tuple[Kin, ...]] = {}
        """Of the results that were looked at since the list changed."""
        self._marked: dict[int, None] = {}
        self._put_away: list[list[tuple[Job, bool]]] = []
        """What went into the trash in one go, and whether it had a file."""
        self._listeners: list[Callable[[], None]] = []
        self._loading = asyncio.Lock()

    # --- what there is --------------------------------------------------------------------------------------------

    def job(self, job_id: int) -> Job | None:
        return self._by_id.get(job_id)

    def path(self, job_id: int) -> Path | None:
        """Where a result lies."""
        job = self._by_id.get(job_id) or self._kin.get(job_id)
        return self._files.path(job.file) if job is not None and job.file is not None else None

    def find(self, text: str) -> Found:
        """What the filter leaves, newest first. Milliseconds for thousands."""
        now = self._now().astimezone()
        query = parse(text, now.date())
        any_kind = [job for job in self.jobs if self._matches(job, query.without("kind"))]
        counts = {"": len(any_kind)}
        for job in any_kind:
            counts[job.kind] = counts.get(job.kind, 0) + 1
        found = tuple(job for job in any_kind if self._matches(job, query)) if query.terms else tuple(any_kind)
        return Found(text, found, counts, query.kinds, query.notice)

    def family(self, job_id: int) -> tuple[Kin, ...]:
        """What a result was made from and what was made of it."""
        if job_id not in self._by_id:
            return ()
        if job_id not in self._families:
            self._families[job_id] = family(job_id, {**self._kin, **self._by_id})
        return self._families[job_id]

    def relative(self, job_id: int) -> Job | None:
        """A job of a family: in the gallery, or not there any more."""
        return self._by_id.get(job_id) or self._kin.get(job_id)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when anything of it changed. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def load(self) -> None:
        """Reads the list anew. What the store says is in `trouble`."""
        async with self._loading:
            jobs: list[Job] = []
            try:
                while page := await self._rows.results(_PAGE, jobs[-1] if jobs else None):
                    jobs += page
                    if not self.known:
                        self._take(jobs)
                    if len(page) < _PAGE:
                        break
                kin = await self._ancestors({job.id: job for job in jobs})
            except StoreError as error:
                self.trouble = error
                self._tell()
                return
            self.trouble, self.known, self._kin = None, True, kin
            self._take(jobs)
            missing = await asyncio.to_thread(self._absent, self.jobs)
            if missing != self.missing:
                self.missing = missing
                self._tell()

    # --- what the user does with it -------------------------------------------------------------------------------

    @property
    def marked(self) -> tuple[int, ...]:
        """In the order in which they were marked."""
        return tuple(self._marked)

    @property
    def marked_ids(self) -> Collection[int]:
        """The same, to be asked whether one is among them."""
        return self._marked.keys()

    def mark(self, job_id: int) -> None:
        """Mark, or not any more."""
        if job_id in self._marked:
            del self._marked[job_id]
        elif job_id in self._by_id:
            self._marked[job_id] = None
        self._tell()

    def unmark_all(self) -> None:
        self._marked.clear()
        self._tell()

    def bytes_of(self, ids: Collection[int]) -> int:
        """What some results take on the disk."""
        return sum(job.file.size for each in ids if (job := self._by_id.get(each)) is not None and job.file)

    async def toggle_favourite(self, job_id: int) -> bool:
        """Makes a favourite of it, or not any more; whether it is one now.

        Raises:
            StoreError: It is as it was.
        """
        job = self._by_id[job_id]
        await self._rows.set_favourite([job_id], not job.favourite)
        self._put(replace(job, favourite=not job.favourite))
        return not job.favourite

    async def put_away(self, ids: Sequence[int]) -> int:
        """Puts results into the trash; how many. They can be brought back.

        Raises:
            NotSaved: The disk does not let us; those before it are in the trash.
            StoreError: Likewise.
        """
        done: list[tuple[Job, bool]] = []
        try:
            for job_id in ids:
                job = self._by_id.get(job_id)
                if job is None:
                    continue
                has_file = job_id not in self.missing
                if has_file:
                    await self._files.to_trash(job)
                await self._rows.set_deleted([job_id], True)
                done.append((job, has_file))
        finally:
            if done:
                self._put_away.append(done)
                gone = {job.id: job for job, _ in done}
                self._kin.update(gone)
                self._take([job for job in self.jobs if job.id not in gone])
        return len(done)

    @property
    def can_undo(self) -> bool:
        return bool(self._put_away)

    async def undo(self) -> tuple[int, ...]:
        """Brings back what was put away last; which results that is. None where there is nothing.

        Raises:
            NotSaved: It cannot be brought back: it is not in the trash any more. Others of the same go are back.
            StoreError: Likewise.
        """
        if not self._put_away:
            return ()
        trouble: NotSaved | None = None
        back: list[int] = []
        for job, had_file in self._put_away.pop():
            try:
                if had_file:
                    await self._files.restore(job)
            except NotSaved as error:
                trouble = error
                continue
            await self._rows.set_deleted([job.id], False)
            back.append(job.id)
        await self.load()
        if trouble is not None:
            raise trouble
        return tuple(back)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _matches(self, job: Job, query: GalleryQuery) -> bool:
        return matches(job, query, marked=job.id in self._marked, missing=job.id in self.missing)

    def _take(self, jobs: Sequence[Job]) -> None:
        self._families.clear()
        self.jobs = tuple(job for job in jobs if job.file is not None)
        self._by_id = {job.id: job for job in self.jobs}
        self._marked = {job_id: None for job_id in self._marked if job_id in self._by_id}
        self._tell()

    def _put(self, job: Job) -> None:
        self.jobs = tuple(job if each.id == job.id else each for each in self.jobs)
        self._by_id[job.id] = job
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    async def _ancestors(self, jobs: Mapping[int, Job]) -> dict[int, Job]:
        """The parents that are not in the list, and theirs."""
        found: dict[int, Job] = {}
        wanted = [parent for job in jobs.values() for parent in job.parents if parent not in jobs]
        while wanted and len(found) < _MOST_ANCESTORS:
            job_id = wanted.pop(0)
            if job_id in found:
                continue
            try:
                job = found[job_id] = await self._rows.get(job_id)
            except NotFound:
                continue  # it is told without that one
            wanted += [parent for parent in job.parents if parent not in jobs]
        return found

    def _absent(self, jobs: Sequence[Job]) -> frozenset[int]:
        return frozenset(job.id for job in jobs if job.file is not None and not self._files.path(job.file).is_file())
