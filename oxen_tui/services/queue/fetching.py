"""Fetching of results as soon as they are made: a few at a time, a fresh address where the old one expired."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial

from oxen_tui.api.errors import ApiError
from oxen_tui.services.queue import words
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.client import ClientProvider, ResultKeeper
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState
from oxen_tui.store.store import Store

AT_ONCE = 3
"""Downloads: more would only share the line."""

_PAUSES = (5.0, 30.0, 120.0)
"""Seconds after which it is tried again by itself. Then it is for the user, or the next start."""

_TOLD_EVERY = 0.25
"""Seconds between two words on how far a result has come."""


class Fetching:
    """Takes jobs from `SAVING` to `DONE` or `NOT_SAVED`."""

    def __init__(
        self,
        book: QueueBook,
        store: Store,
        client: ClientProvider,
        results: ResultKeeper,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            store: Knows who holds them.
            client: Gives the client of the moment, for fresh addresses.
            results: Keeps them.
            monotonic: A clock in seconds.
            sleep: Waits for some seconds.
        """
        self.progress: dict[int, tuple[int, int | None]] = {}
        """Bytes of each result on its way, and of all of it where that is known."""
        self._book = book
        self._store = store
        self._client = client
        self._results = results
        self._monotonic = monotonic
        self._sleep = sleep
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._told: dict[int, float] = {}

    def start(self, ids: Iterable[int], data: bytes | None = None) -> None:
        """Fetches the results of those that wait for it and that no other running program fetches.

        Args:
            ids: Of jobs.
            data: The result itself, where it came with the answer; of a single job then.
        """
        for job_id in ids:
            job = self._book.job(job_id)
            if job is not None and job.state is JobState.SAVING and job_id not in self._tasks:
                task = asyncio.create_task(self._fetch(job, data))
                self._tasks[job_id] = task
                task.add_done_callback(partial(self._over, job_id))

    async def close(self) -> None:
        """Stops: what was on its way is fetched at the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch(self, job: Job, data: bytes | None) -> None:
        if await self._is_held_elsewhere(job.id):
            return
        trouble = await self._try(job, data)
        for pause in _PAUSES:
            if trouble is None or not trouble.may_retry:
                break
            said = words.fetched_again(trouble.sentence, pause)
            self._book.show([job.id], partial(_with_trouble, trouble=said))
            await self._sleep(pause)
            trouble = await self._try(job, data)
        if trouble is not None:
            sentence, retryable = trouble.sentence, trouble.may_retry
            await self._book.change_one(
                job.id,
                lambda job: replace(job, state=JobState.NOT_SAVED, trouble=sentence, retryable=retryable),
            )

    async def _try(self, job: Job, data: bytes | None) -> NotSaved | None:
        """Fetches a result, once more from a fresh address where the one at hand does not do."""
        async with self._room:
            url = job.result_url
            if url is None and data is None:
                url = await self._fresh_address(job)
                if url is None:
                    return NotSaved(words.NO_ADDRESS)
                return await self._fetch_from(job, url, None)
            trouble = await self._fetch_from(job, url, data)
            if trouble is not None and trouble.expired:
                fresh = await self._fresh_address(job)
                if fresh is not None:
                    trouble = await self._fetch_from(job, fresh, None)
            return trouble

    async def _fetch_from(self, job: Job, url: str | None, data: bytes | None) -> NotSaved | None:
        def tell(come: int, of_all: int | None) -> None:
            self.progress[job.id] = (come, of_all)
            if self._monotonic() - self._told.get(job.id, 0.0) >= _TOLD_EVERY:
                self._told[job.id] = self._monotonic()
                self._book.tell([job.id])

        try:
            file = await self._results.fetch(job, url, data, tell)
        except NotSaved as trouble:
            return trouble
        finally:
            self.progress.pop(job.id, None)
            self._told.pop(job.id, None)
        await self._book.change_one(
            job.id, lambda job: replace(job, state=JobState.DONE, file=file, trouble="", retryable=None)
        )
        return None

    async def _fresh_address(self, job: Job) -> str | None:
        if job.generation_id is None:
            return None
        try:
            row = await (await self._client()).queue_row(job.generation_id)
        except ApiError:
            return None  # what was wrong with the old one is what is said
        return row.result_url

    def _over(self, job_id: int, task: asyncio.Task[None]) -> None:
        del self._tasks[job_id]

    async def _is_held_elsewhere(self, job_id: int) -> bool:
        try:
            return job_id in await self._store.jobs_at_work.held_elsewhere()
        except StoreError:
            return False  # a disk in trouble is no reason to let a result expire


def _with_trouble(job: Job, trouble: str) -> Job:
    return replace(job, trouble=trouble)
