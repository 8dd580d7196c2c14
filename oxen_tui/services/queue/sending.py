"""Sending a request once. What may have been accepted is handed over to be looked for, and never sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from oxen_tui.api.errors import ApiError, ServerFailed
from oxen_tui.api.generation import Generation, MediaResult
from oxen_tui.services.queue import words
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.client import ClientProvider, OnRetry
from oxen_tui.services.queue.reports import reported
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState

_ADDRESSES = ("data:", "http://", "https://", "file:")
_BROKEN_OFF = (502, 504, 524)
"""From a gateway: what is behind it may have gone on."""

_MARGIN = 0.2
"""Seconds before a pause ends in which it is no longer safe to say that nothing is under way."""


class Sending:
    """Sends, and writes down what came of it."""

    def __init__(
        self,
        book: QueueBook,
        client: ClientProvider,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        accepted: Callable[[], None],
        lost: Callable[[Sequence[int], ApiError], None],
        made: Callable[[int, bytes | None], None],
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            client: Gives the client of the moment.
            now: The moment.
            monotonic: A clock in seconds.
            accepted: Told that there is something to watch.
            lost: Told of jobs that may have been accepted.
            made: Told of a job whose result can be fetched, with its bytes where they came along.
        """
        self.in_flight: set[int] = set()
        """Jobs whose request is under way."""
        self._book = book
        self._client = client
        self._now = now
        self._monotonic = monotonic
        self._accepted = accepted
        self._lost = lost
        self._made = made
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._paused_until: dict[int, float] = {}
        self._withdrawn: set[int] = set()

    async def send(self, jobs: Sequence[Job], body: Mapping[str, Any]) -> None:
        """Sends the request of jobs that are on the disk, and returns when its fate is known, or known to be unknown.

        Cancelling who waits does not stop it.

        Args:
            jobs: Of one batch.
            body: What goes over the wire, with model and number.

        Raises:
            StoreError: The disk did not take a note of the sending, so nothing was sent.
        """
        batch = jobs[0].batch
        task = asyncio.create_task(self._send(jobs, body))
        self._tasks[batch] = task
        task.add_done_callback(lambda _: self._tasks.pop(batch, None))
        await asyncio.shield(task)

    async def withdraw(self, job: Job) -> bool:
        """Stops a request that the server refused to take for now and that waits to be sent again.

        Returns:
            False where it is too late for that: it is under way.
        """
        task = self._stop_pause(job.batch)
        if task is None:
            return False
        await asyncio.wait([task])
        return True

    async def close(self, patience: float) -> None:
        """Gives answers that are on their way some seconds to come. The rest is looked for at the next start.

        What waits to be sent once more is stopped: that it was not taken is known now, and would not be then.
        """
        for batch in list(self._tasks):
            self._stop_pause(batch)
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _stop_pause(self, batch: int) -> asyncio.Task[None] | None:
        """The sending that ends now, if it paused."""
        task, until = self._tasks.get(batch), self._paused_until.get(batch, 0.0)
        if task is None or self._monotonic() > until - _MARGIN:
            return None
        self._withdrawn.add(batch)
        task.cancel()
        return task

    async def _send(self, jobs: Sequence[Job], body: Mapping[str, Any]) -> None:
        batch, ids = jobs[0].batch, [job.id for job in jobs]
        try:
            await self._note(ids)
            self.in_flight.update(ids)
            if jobs[0].sync:
                await self._at_once(jobs[0], body)
            else:
                await self._enqueue(jobs, body)
        except ApiError as error:
            await self._edit(ids, partial(_refused, error=error, now=self._now()))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if batch not in self._withdrawn or task is None:
                raise
            task.uncancel()
            self._withdrawn.discard(batch)
            await self._edit(ids, partial(_withdrawn, now=self._now()))
        finally:
            self.in_flight.difference_update(ids)
            self._paused_until.pop(batch, None)

    async def _note(self, ids: Sequence[int]) -> None:
        """The last thing before the request goes out: from here on it may have been sent."""
        await self._client()  # a client that cannot be had is no sending
        now = self._now()
        try:
            await self._book.change(dict.fromkeys(ids, lambda job: replace(job, sent_at=now)), strict=True)
        except StoreError as error:
            trouble = f"{error.title}. It was not sent. {error.advice}"
            await self._edit(
                ids, lambda job: replace(job, state=JobState.FAILED, billed=False, trouble=trouble, ended_at=now)
            )
            raise

    async def _enqueue(self, jobs: Sequence[Job], body: Mapping[str, Any]) -> None:
        client = await self._client()
        ids = [job.id for job in jobs]
        try:
            rows = await client.enqueue(body, self._on_retry(jobs[0].batch, ids))
        except ApiError as error:
            if words.certainly_not_taken(error):
                raise
            self._lose(ids, error)
            return
        await self._accept(jobs, list({row.id: row for row in rows}.values()))

    async def _accept(self, jobs: Sequence[Job], rows: Sequence[Generation]) -> None:
        now = self._now()
        await self._book.change(
            {job.id: partial(reported, row=row, now=now) for job, row in zip(jobs, rows, strict=False)}
        )
        if len(rows) < len(jobs):
            few = words.TOO_FEW.format(taken=len(rows), asked=len(jobs))
            self._lose([job.id for job in jobs[len(rows) :]], ServerFailed(title=few.rstrip(".")))
        if len(rows) > len(jobs):  # nobody asked for them, but they are billed
            await self._book.add_found(
                reported(_next(jobs, place), row, now) for place, row in enumerate(rows) if place >= len(jobs)
            )
        self._accepted()

    async def _at_once(self, job: Job, body: Mapping[str, Any]) -> None:
        client = await self._client()
        call = client.edit_images if _holds_media(body) else client.generate_images
        try:
            results = await call(job.model, body, self._on_retry(job.batch, [job.id]))
        except ApiError as error:
            if words.certainly_not_taken(error):
                raise
            await self._edit([job.id], partial(_broken_off, error=error, now=self._now()))
            return
        now = self._now()
        await self._edit([job.id], partial(_made_at_once, result=results[0], now=now))
        self._made(job.id, results[0].data)
        sent = self._book.job(job.id) or job
        for place, result in enumerate(results[1:], start=1):  # nobody asked for them, but they are billed
            more = replace(sent, place_in_batch=place, estimate=None, state=JobState.SENDING)
            for added in await self._book.add([_made_at_once(more, result, now)]):
                self._made(added.id, result.data)

    def _lose(self, ids: Sequence[int], error: ApiError) -> None:
        trouble = f"{words.what_happened(error)} {words.LOOKING}"
        self._book.show(ids, lambda job: replace(job, trouble=trouble))
        self._lost(ids, error)

    def _on_retry(self, batch: int, ids: Sequence[int]) -> OnRetry:
        def tell(error: ApiError, attempt: int, seconds: float) -> None:
            self._paused_until[batch] = self._monotonic() + seconds
            trouble = words.sent_again(error, seconds)
            self._book.show(ids, lambda job: replace(job, trouble=trouble))

        return tell

    async def _edit(self, ids: Sequence[int], edit: Callable[[Job], Job]) -> None:
        await self._book.change(dict.fromkeys(ids, edit))


def _refused(job: Job, error: ApiError, now: datetime) -> Job:
    return replace(
        job,
        state=JobState.FAILED,
        billed=False,
        trouble=words.why(error),
        retryable=error.may_retry,
        ended_at=now,
    )


def _withdrawn(job: Job, now: datetime) -> Job:
    return replace(job, state=JobState.CANCELLED, billed=False, trouble=words.WITHDRAWN, ended_at=now)


def _broken_off(job: Job, error: ApiError, now: datetime) -> Job:
    """A call that waits for its result has no row to look for: what is not known stays so."""
    failed = isinstance(error, ServerFailed) and error.status not in _BROKEN_OFF
    return replace(
        job,
        state=JobState.FAILED if failed else JobState.UNKNOWN,
        trouble=f"{words.what_happened(error)} {words.MAYBE_BILLED if failed else words.MAYBE_MADE}",
        retryable=error.may_retry,
        ended_at=now,
    )


def _made_at_once(job: Job, result: MediaResult, now: datetime) -> Job:
    return replace(
        job, state=JobState.SAVING, result_url=result.url, started_at=job.sent_at, ended_at=now, trouble=""
    )


def _next(jobs: Sequence[Job], place: int) -> Job:
    return replace(jobs[0], place_in_batch=place, estimate=None)


def _holds_media(body: Mapping[str, Any]) -> bool:
    """Whether a picture is in it: it then goes to the other address (contract section 4)."""
    return any(
        text.startswith(_ADDRESSES) for name, value in body.items() if name != "prompt" for text in _texts(value)
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
