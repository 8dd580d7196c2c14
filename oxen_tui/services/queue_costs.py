"""What jobs really cost: only the history knows, where a server has one (contract section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from oxen_tui.api.errors import Answered, ApiError, RateLimited, ServerFailed
from oxen_tui.api.generation import Generation
from oxen_tui.services.queue_book import QueueBook
from oxen_tui.services.queue_client import QueueClient
from oxen_tui.services.queue_reports import with_cost
from oxen_tui.store.job import Job, Origin

_MOST_LOOKS = 3
"""For a job: some are never charged, and say nothing."""

_PAGE = 50
_MOST = 500


class Costs:
    """Asks for many at once, after the looks at the queue."""

    def __init__(self, book: QueueBook) -> None:
        self._book = book
        self._looks: dict[int, int] = {}
        """How often each job was looked for."""
        self._offered = True

    def want(self, ids: Iterable[int]) -> None:
        """Takes note of jobs that have ended."""
        for job_id in ids:
            job = self._book.job(job_id)
            if self._offered and job is not None and _may_cost(job):
                self._looks.setdefault(job_id, 0)

    async def fill_in(self, client: QueueClient) -> None:
        """Looks once for all that are wanted. Nothing is asked where none is, or where there is no history."""
        if not self._looks or not self._offered:
            return
        size = min(_MOST, max(_PAGE, 2 * len(self._looks)))
        try:
            rows = (await client.generations(page_size=size)).generations
        except ApiError as error:
            self._offered = not isinstance(error, Answered) or isinstance(error, RateLimited | ServerFailed)
            rows = ()
        await self._book.change(dict(self._found(rows)))
        for job_id in list(self._looks):
            self._looks[job_id] += 1
            job = self._book.job(job_id)
            if job is None or job.cost is not None or self._looks[job_id] >= _MOST_LOOKS:
                del self._looks[job_id]

    def _found(self, rows: Iterable[Generation]) -> Iterable[tuple[int, partial[Job]]]:
        for row in rows:
            job = self._book.of_generation(row.id)
            if job is not None and row.cost is not None and job.id in self._looks:
                yield job.id, partial(with_cost, cost=row.cost)


def _may_cost(job: Job) -> bool:
    known = job.cost is not None or job.billed is False
    return job.generation_id is not None and not known and job.origin is not Origin.ELSEWHERE
