"""What the server's list and its single rows say, taken over into the jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from oxen_tui.api.errors import ApiError, NotFound
from oxen_tui.api.generation import Generation
from oxen_tui.services.queue.book import Edit, QueueBook
from oxen_tui.services.queue.client import ClientProvider, QueueClient
from oxen_tui.services.queue.reconciling import Reconciling
from oxen_tui.services.queue.reports import found_elsewhere, late, reported, vanished
from oxen_tui.store.job import Job, JobState
from oxen_tui.store.store import Store

RUNNING = (JobState.WAITING, JobState.RUNNING)
"""States of which only the server knows how they go on."""

_AT_ONCE = 4
"""Requests for single rows that are under way together."""

_NEW = timedelta(seconds=60)
"""In which a server may not know yet what it has accepted."""

_AGAIN = 10.0
"""Seconds after which a row is asked for again that the list leaves out and that goes on all the same. It doubles."""

_LONGEST = 300.0


class QueueRows:
    """Asks for single rows only where the list does not tell: a job that is over, or is missing."""

    def __init__(
        self,
        book: QueueBook,
        store: Store,
        client: ClientProvider,
        reconciling: Reconciling,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        kind_of: Callable[[str], str],
        ended: Callable[[Sequence[int]], Awaitable[None]],
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            store: Knows the hidden ones too.
            client: Gives the client of the moment.
            reconciling: May know whose a strange row is.
            now: The moment.
            monotonic: A clock in seconds.
            kind_of: What a model makes.
            ended: Told of jobs that are over at the server.
        """
        self._book = book
        self._store = store
        self._client = client
        self._reconciling = reconciling
        self._now = now
        self._monotonic = monotonic
        self._kind_of = kind_of
        self._ended = ended
        self._seen: set[str] = set()
        """Generations that were in a list: of those a missing row means something."""
        self._again: dict[str, tuple[float, float]] = {}
        """When a row may be asked for again, and how long that was put off."""

    async def take(self, rows: Iterable[Generation], expected: Iterable[Job]) -> ApiError | None:
        """Takes over a list of active rows.

        Args:
            rows: As the server gave them; may hold some twice.
            expected: Jobs that should be in it: those that ran before it was asked for.

        Returns:
            Why what became of a missing one could not be asked.

        Raises:
            StoreError: The disk could not be asked whose a row is.
        """
        listed = {row.id: row for row in rows}
        self._seen.update(listed)
        now = self._now()
        edits: dict[int, Edit] = {}
        strange = []
        for name, row in listed.items():
            job = self._book.of_generation(name)
            if job is None:
                strange.append(row)
            else:
                edits[job.id] = partial(_listed, row=row, now=now)
        await self._change(edits)
        error = await self._ask_for_missing([job for job in expected if job.generation_id not in listed])
        if strange:
            await self._adopt(strange)
        return error

    async def ask(self, jobs: Iterable[Job], stopped: Collection[int] = ()) -> ApiError | None:
        """Asks for the rows of single jobs, and takes over what they say. The first error, if there were any.

        Args:
            jobs: Those with a generation id.
            stopped: Jobs that the server said it has stopped: if it knows them no more, that is why.

        Raises:
            ApiError: There is no client.
        """
        client = await self._client()
        room = asyncio.Semaphore(_AT_ONCE)
        wanted = [job for job in jobs if job.generation_id is not None]
        answers = await asyncio.gather(*(self._row(client, job, room) for job in wanted))
        edits: dict[int, Edit] = {}
        for job, answer in zip(wanted, answers, strict=True):
            if not isinstance(answer, ApiError):
                edits[job.id] = partial(_stopped, edit=answer) if job.id in stopped else answer
        await self._change(edits)
        return next((answer for answer in answers if isinstance(answer, ApiError)), None)

    async def _ask_for_missing(self, jobs: Sequence[Job]) -> ApiError | None:
        at = self._monotonic()
        wanted = [job for job in jobs if self._again.get(job.generation_id or "", (0.0, 0.0))[0] <= at]
        if not wanted:
            return None
        error = await self.ask(wanted)
        for job in wanted:
            name, now = job.generation_id or "", self._book.job(job.id)
            if now is not None and now.state in RUNNING:
                pause = min(_LONGEST, 2 * self._again.get(name, (0.0, _AGAIN / 2))[1])
                self._again[name] = (at + pause, pause)
            else:
                self._again.pop(name, None)
        return error

    async def _row(self, client: QueueClient, job: Job, room: asyncio.Semaphore) -> Edit | ApiError:
        async with room:
            try:
                row = await client.queue_row(job.generation_id or "")
            except NotFound:
                return await self._from_history(client, job)
            except ApiError as error:
                return error
        return partial(_listed, row=row, now=self._now())

    async def _from_history(self, client: QueueClient, job: Job) -> Edit | ApiError:
        """For a row that the queue does not know."""
        now = self._now()
        is_new = now - (job.sent_at or job.created_at) < _NEW
        if is_new and job.generation_id not in self._seen:
            return _unchanged
        try:
            row = await client.generation(job.generation_id or "")
        except NotFound:
            return partial(vanished, now=now)
        except ApiError as error:
            return error
        return partial(_listed, row=row, now=now)

    async def _adopt(self, rows: Sequence[Generation]) -> None:
        """Takes in what others began; first those that were ours after all."""
        await self._book.sync()  # another program may have just sent them
        known = await self._store.jobs.by_generation([row.id for row in rows])
        rows = self._reconciling.unclaimed(row for row in rows if row.id not in known)
        if not rows:
            return
        await self._reconciling.claim(rows)
        now = self._now()
        await self._book.add_found(
            found_elsewhere(row, self._kind_of(row.model), now)
            for row in rows
            if self._book.of_generation(row.id) is None
        )

    async def _change(self, edits: Mapping[int, Edit]) -> None:
        before = {job_id for job_id in edits if (job := self._book.job(job_id)) and job.state in RUNNING}
        await self._book.change(edits)
        over = [job_id for job_id in before if (job := self._book.job(job_id)) and job.state.has_ended]
        if over:
            await self._ended(over)


def _listed(job: Job, row: Generation, now: datetime) -> Job:
    return late(reported(job, row, now), now)


def _unchanged(job: Job) -> Job:
    return job


def _stopped(job: Job, edit: Edit) -> Job:
    found = edit(job)
    gone = found.state is JobState.UNKNOWN and job.state in RUNNING
    return replace(found, state=JobState.CANCELLED, trouble="") if gone else found
