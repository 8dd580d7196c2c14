"""Stopping jobs, and saying the truth about those that could not be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from oxen_tui.api.errors import ApiError, NotFound
from oxen_tui.services.queue import words
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.client import ClientProvider
from oxen_tui.services.queue.rows import RUNNING, QueueRows
from oxen_tui.services.queue.sending import Sending
from oxen_tui.store.job import Job, JobState

_AT_ONCE = 4


class Cancelling:
    """A cancel may come too late, and an answer of 200 does not say that it did not: so the row is read after it."""

    def __init__(
        self, book: QueueBook, client: ClientProvider, rows: QueueRows, sending: Sending, lost: Collection[int]
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            client: Gives the client of the moment.
            rows: Asks for the truth.
            sending: Holds what was not sent yet.
            lost: Jobs that are being looked for; may change.
        """
        self._book = book
        self._client = client
        self._rows = rows
        self._sending = sending
        self._lost = lost

    async def cancel(self, ids: Collection[int]) -> dict[int, str]:
        """Stops jobs. A sentence for each that was not stopped."""
        jobs = [job for job in map(self._book.job, ids) if job is not None]
        said: dict[int, str] = {}
        for job in jobs:
            if job.state is JobState.SENDING:
                if reason := await self._not_withdrawn(job):
                    said[job.id] = reason
            elif job.state not in RUNNING:
                said[job.id] = words.too_late(job.state)
        running = [job for job in jobs if job.state in RUNNING and job.generation_id is not None]
        if running:
            said |= await self._stop(running)
        return said

    async def _not_withdrawn(self, job: Job) -> str:
        """Why a job that is being sent cannot be stopped; "" if it was."""
        now = self._book.job(job.id)
        if now is None or now.state is JobState.CANCELLED or await self._sending.withdraw(job):
            return ""
        if job.id in self._lost:
            return words.IS_BEING_LOOKED_FOR
        return words.IS_BEING_MADE if job.sync else words.IS_BEING_SENT

    async def _stop(self, jobs: Sequence[Job]) -> dict[int, str]:
        try:
            answers = await self._ask_to_stop(jobs)
            asked = [job for job in jobs if not answers[job.id]]
            error = await self._rows.ask(asked, stopped={job_id for job_id, word in answers.items() if word == ""})
        except ApiError as caught:
            return {job.id: words.why(caught) for job in jobs}
        said = {}
        for job in jobs:
            now = self._book.job(job.id) or job
            if answers[job.id]:
                said[job.id] = answers[job.id] or ""
            elif now.state in RUNNING:
                said[job.id] = words.STILL_RUNS if error is None else words.why(error)
            elif now.state is not JobState.CANCELLED:
                said[job.id] = words.too_late(now.state)
        return said

    async def _ask_to_stop(self, jobs: Sequence[Job]) -> dict[int, str | None]:
        """By id: "" for done, None for not known to the server, else why it was not even asked."""
        client = await self._client()
        room = asyncio.Semaphore(_AT_ONCE)

        async def stop(job: Job) -> str | None:
            async with room:
                try:
                    await client.cancel(job.generation_id or "")
                except NotFound:
                    return None
                except ApiError as error:
                    return words.why(error)
            return ""

        answers = await asyncio.gather(*(stop(job) for job in jobs))
        return {job.id: answer for job, answer in zip(jobs, answers, strict=True)}
