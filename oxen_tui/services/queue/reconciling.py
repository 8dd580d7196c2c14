"""Finds out what became of requests that were sent and never answered: by looking, never by sending again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from oxen_tui.api.errors import Answered, ApiError, NotFound, RateLimited, ServerFailed
from oxen_tui.api.generation import Generation
from oxen_tui.services.queue import words
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.client import ClientProvider, QueueClient
from oxen_tui.services.queue.matching import matched
from oxen_tui.services.queue.reports import reported
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.store.store import Store

_TERMINAL = ("succeeded", "failed", "cancelled")
_PAUSES = (0.5, 2.0, 4.0, 8.0, 15.0)
"""Seconds before a look; the last one again and again."""

_PATIENCE = 45.0
"""Seconds after the sending in which an answer that broke off may still become a row: the server has given up by then
on whatever it had (a gateway waits for 30 s as a rule)."""

_SHORT_PATIENCE = 4.0
"""The same where the server answered, only that its answer held no row."""

_IN_FLIGHT = 60.0
"""Seconds in which the request of another running program may yet be answered."""

_HISTORY = 100
"""Rows of the history that are looked through for each model."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why it is not known what became of a job."""

    error: ApiError | None = None
    """None: this program, or another one, ended before the answer."""

    @property
    def was_answered(self) -> bool:
        """Whether the server answered, so that it is done with the request."""
        return isinstance(self.error, Answered) and (self.error.status is None or self.error.status < 400)

    @property
    def patience(self) -> float:
        """Seconds."""
        return _SHORT_PATIENCE if self.was_answered else _PATIENCE


class Reconciling:
    """Looks for lost jobs, a few times, together."""

    def __init__(
        self,
        book: QueueBook,
        store: Store,
        client: ClientProvider,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        in_flight: Collection[int],
        settled: Callable[[Sequence[int]], None],
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            store: Knows which rows belong to jobs.
            client: Gives the client of the moment.
            now: The moment.
            sleep: Waits for some seconds.
            in_flight: Jobs of this program whose answer may yet come; may change.
            settled: Told of jobs whose fate is known now.
        """
        self._book = book
        self._store = store
        self._client = client
        self._now = now
        self._sleep = sleep
        self._in_flight = in_flight
        self._settled = settled
        self._lost: dict[int, Loss] = {}
        self._task: asyncio.Task[None] | None = None
        self._has_history = True

    @property
    def lost(self) -> Collection[int]:
        """Jobs that are being looked for."""
        return self._lost.keys()

    def look_for(self, ids: Iterable[int], loss: Loss) -> None:
        """Begins to look for jobs."""
        self._lost.update(dict.fromkeys(ids, loss))
        if self._lost and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._look_on())

    async def close(self) -> None:
        """Stops looking; the next start goes on with it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def unclaimed(self, rows: Iterable[Generation]) -> list[Generation]:
        """Rows that may be nobody's: those that could yet turn out to be a job that is being sent are left out."""
        sending = {job.model for job in self._book.having(JobState.SENDING) if not job.sync}
        return [row for row in rows if row.model not in sending]

    async def claim(self, rows: Sequence[Generation]) -> None:
        """Gives rows that nobody knows to jobs that were given up."""
        given_up = [
            job
            for job in self._book.having(JobState.UNKNOWN)
            if job.generation_id is None and job.origin is not Origin.ELSEWHERE
        ]
        if given_up:
            await self._give(given_up, rows)

    async def _look_on(self) -> None:
        looks = 0
        while self._lost:
            await self._sleep(_PAUSES[min(looks, len(_PAUSES) - 1)])
            looks += 1
            try:
                await self._look()
            except (ApiError, StoreError) as error:
                trouble = f"{error.title}. {words.IS_BEING_LOOKED_FOR}"
                self._book.show(list(self._lost), partial(_with_trouble, trouble=trouble))

    async def _look(self) -> None:
        began = self._now()
        self._forget_settled()
        jobs = [job for job in map(self._book.job, self._lost) if job is not None]
        busy = self._busy(jobs, began)
        jobs = [job for job in jobs if job.model not in busy]
        if not jobs:
            return
        client = await self._client()
        rows = await self._active_rows(client)
        for model in sorted({job.model for job in jobs}):
            rows += await self._ended_rows(client, model)
        await self._give(jobs, rows)
        self._forget_settled()
        for job in jobs:
            loss = self._lost.get(job.id)
            if loss is not None and self._age(job, began) >= (0.0 if job.sync else loss.patience):
                await self._give_up(job, loss)

    async def _give(self, jobs: Sequence[Job], rows: Iterable[Generation]) -> None:
        listed = {row.id: row for row in rows}
        known = await self._store.jobs.by_generation(listed.keys())
        taken = [name for name, job in known.items() if job.origin is not Origin.ELSEWHERE or job.file is not None]
        found = matched(jobs, listed.values(), taken)
        now = self._now()
        await self._book.change({job_id: partial(reported, row=row, now=now) for job_id, row in found.items()})
        await self._book.sync()  # an id that was handed over left a row behind
        self._settled(list(found))

    async def _active_rows(self, client: QueueClient) -> list[Generation]:
        try:
            return list(await client.queue())
        except NotFound:
            return []  # no queue at all: there is nothing to find

    async def _ended_rows(self, client: QueueClient, model: str) -> list[Generation]:
        """What the server lists of a model besides active rows; nothing where it has no such lists."""
        rows: list[Generation] = []
        for status in _TERMINAL:
            try:
                rows += await client.queue(status=status, model=model)
            except Answered as error:
                if isinstance(error, RateLimited | ServerFailed):
                    raise
        if self._has_history:
            try:
                rows += (await client.generations(page_size=_HISTORY, model=model)).generations
            except Answered as error:
                if isinstance(error, RateLimited | ServerFailed):
                    raise
                self._has_history = False
        return rows

    async def _give_up(self, job: Job, loss: Loss) -> None:
        del self._lost[job.id]
        error, now = loss.error, self._now()
        if error is not None and loss.was_answered:
            state, said = JobState.FAILED, f"{words.what_happened(error)} {words.NOTHING_LISTED}"
        elif job.sync:
            state, said = JobState.UNKNOWN, words.KILLED_WAITING
        else:
            reason = words.KILLED if error is None else words.what_happened(error)
            state, said = JobState.UNKNOWN, f"{reason} {words.NEVER_SAID}"
        await self._book.change_one(job.id, lambda job: replace(job, state=state, trouble=said, ended_at=now))
        self._settled([job.id])

    def _forget_settled(self) -> None:
        for job_id in list(self._lost):
            job = self._book.job(job_id)
            if job is None or job.state is not JobState.SENDING:
                del self._lost[job_id]

    def _busy(self, jobs: Iterable[Job], now: datetime) -> set[str]:
        """Models of which another request is under way: its rows could be taken for those of the lost ones."""
        models = {job.model for job in jobs}
        return {
            job.model
            for job in self._book.having(JobState.SENDING)
            if job.model in models
            and job.id not in self._lost
            and not job.sync
            and job.sent_at is not None
            and (job.id in self._in_flight or self._age(job, now) < _IN_FLIGHT)
        }

    def _age(self, job: Job, now: datetime) -> float:
        return (now - (job.sent_at or job.created_at)).total_seconds()


def _with_trouble(job: Job, trouble: str) -> Job:
    return replace(job, trouble=trouble)
