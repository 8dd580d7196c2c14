"""The parts of the queue of generations, put together: who tells whom, and what a start takes up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from oxen_tui.api.errors import ApiError
from oxen_tui.services.queue import words
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.cancelling import Cancelling
from oxen_tui.services.queue.client import ClientProvider, ResultKeeper
from oxen_tui.services.queue.fetching import Fetching
from oxen_tui.services.queue.reconciling import Loss, Reconciling
from oxen_tui.services.queue.rows import QueueRows
from oxen_tui.services.queue.sending import Sending
from oxen_tui.services.queue.watching import Watching
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin

if TYPE_CHECKING:
    from oxen_tui.store.store import Store

_PATIENCE_AT_END = 3.0
"""Seconds that answers which are on their way get when the program ends."""

_FETCHED_AGAIN = timedelta(days=7)
"""Results that did not come are tried again at a start for so long."""


class QueueWork:
    """Begins and ends all of it."""

    def __init__(
        self,
        store: Store,
        client: ClientProvider,
        results: ResultKeeper,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        kind_of: Callable[[str], str],
        fetch_elsewhere: bool = False,
        own_server: bool = False,
    ) -> None:
        """See `GenerationQueue`; `kind_of` says what a model makes, by its id."""
        self.book = book = QueueBook(store)
        self.fetching = Fetching(book, store, client, results, monotonic=monotonic, sleep=sleep)
        self.sending = Sending(
            *(book, client),
            now=now,
            monotonic=monotonic,
            accepted=self._wake,
            lost=self._look_for,
            made=self._fetch_from,
        )
        self.reconciling = Reconciling(
            *(book, store, client),
            now=now,
            sleep=sleep,
            in_flight=self.sending.in_flight,
            settled=self._settle,
        )
        rows = QueueRows(
            *(book, store, client, self.reconciling),
            now=now,
            monotonic=monotonic,
            kind_of=kind_of,
            ended=self._fetch_ended,
        )
        self.cancelling = Cancelling(book, client, rows, self.sending, self.reconciling.lost)
        self.watching = Watching(
            *(book, store, client, rows),
            now=now,
            monotonic=monotonic,
            sleep=sleep,
            orphaned=self._take_up,
            watches_others=fetch_elsewhere,
            own_server=own_server,
        )
        self._fetches_others = fetch_elsewhere
        self._store = store
        self._results = results
        self._now = now
        self._beginning = asyncio.Lock()
        self._has_begun = False

    async def begin(self) -> None:
        """See `GenerationQueue.begin`."""
        async with self._beginning:
            if self._has_begun:
                return
            self._has_begun = True
            await self._results.begin()
            try:
                await self.book.load()
                await self._take_up(await self._store.jobs_at_work.take_orphans())
                await self._fetch_leftovers()
            except StoreError as error:
                self.watching.trouble = error
                self.book.tell()
            self.watching.begin()

    async def close(self) -> None:
        """See `GenerationQueue.close`."""
        await self.watching.close()
        await self.sending.close(_PATIENCE_AT_END)
        await self.reconciling.close()
        await self.fetching.close()
        await self.book.change({})  # what the disk did not take before

    async def fetch_again(self, ids: Sequence[int]) -> None:
        """Fetches results that did not come."""
        await self.book.change(dict.fromkeys(ids, _to_be_saved))
        self.fetching.start(ids)

    # --- what the parts tell each other

    def _wake(self) -> None:
        self.watching.wake()

    def _look_for(self, ids: Sequence[int], error: ApiError) -> None:
        self.reconciling.look_for(ids, Loss(error))

    def _fetch_from(self, job_id: int, data: bytes | None) -> None:
        self.fetching.start([job_id], data)

    async def _fetch_ended(self, ids: Sequence[int]) -> None:
        self.fetching.start(ids)
        if self._fetches_others:
            jobs = [job for job_id in ids if (job := self.book.job(job_id)) is not None]
            await self.fetch_again([job.id for job in jobs if job.state is JobState.NOT_SAVED and job.retryable])

    def _settle(self, ids: Sequence[int]) -> None:
        self.fetching.start(ids)
        self.watching.wake()

    async def _take_up(self, jobs: Sequence[Job]) -> None:
        """What a program had in its hands when it ended."""
        await self.book.sync()
        unsent = [job.id for job in jobs if job.state is JobState.SENDING and job.sent_at is None]
        await self.book.change(dict.fromkeys(unsent, self._never_sent))
        sent = [job.id for job in jobs if job.state is JobState.SENDING and job.sent_at is not None]
        self.book.show(sent, lambda job: replace(job, trouble=f"{words.KILLED} {words.LOOKING}"))
        self.reconciling.look_for(sent, Loss())
        self.fetching.start(job.id for job in jobs if job.state is JobState.SAVING)

    async def _fetch_leftovers(self) -> None:
        """Results that did not come the last time, where another try may help."""
        await self.fetch_again(
            [
                job.id
                for job in self.book.having(JobState.NOT_SAVED)
                if job.retryable
                and (self._fetches_others or job.origin is not Origin.ELSEWHERE)
                and self._ended_within(job, _FETCHED_AGAIN)
            ]
        )

    def _never_sent(self, job: Job) -> Job:
        return replace(
            job, state=JobState.FAILED, billed=False, trouble=words.NEVER_SENT, retryable=True, ended_at=self._now()
        )

    def _ended_within(self, job: Job, time: timedelta) -> bool:
        return job.ended_at is not None and self._now() - job.ended_at < time


def _to_be_saved(job: Job) -> Job:
    return replace(job, state=JobState.SAVING, trouble="") if job.state is JobState.NOT_SAVED else job
