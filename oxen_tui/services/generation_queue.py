"""The queue of generations: sent once, watched to their end, and their results fetched, whatever happens between."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from oxen_tui.store.job import Job, Origin

if TYPE_CHECKING:
    from oxen_tui.api.errors import ApiError
    from oxen_tui.api.model import Model
    from oxen_tui.services.typical_time import Typical
    from oxen_tui.store.errors import StoreError


class GenerationQueue:
    """Jobs of one place. Nothing is asked before `begin`."""

    def __init__(self) -> None:
        self.jobs: tuple[Job, ...] = ()
        """All that are not hidden, newest first."""
        self.checked_at: datetime | None = None
        """When the server's list was read last."""
        self.trouble: ApiError | StoreError | None = None
        """Why the last look failed. Jobs are then as they were at `checked_at`."""
        self.looking = False
        """Whether somebody looks at the queue: it is then asked more often."""

    def job(self, job_id: int) -> Job | None:
        """One of `jobs`."""
        return next((job for job in self.jobs if job.id == job_id), None)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        """Calls `listener` with the ids of jobs that changed, came or went; with none where only `trouble` did.

        What comes back ends that.
        """
        raise NotImplementedError

    async def begin(self) -> None:
        """Loads the jobs, takes up what runs, finds out about what was being sent, and watches from then on."""
        raise NotImplementedError

    async def close(self) -> None:
        """Stops watching. Jobs go on at the server and are taken up at the next start."""

    async def send(
        self,
        body: Mapping[str, Any],
        *,
        model: Model,
        count: int = 1,
        estimate: float | None = None,
        origin: Origin = Origin.FORM,
        parents: Sequence[int] = (),
        wire_body: Mapping[str, Any] | None = None,
        message_id: int | None = None,
        sync: bool = False,
    ) -> tuple[Job, ...]:
        """Sends a request once. Its jobs are on the disk before."""
        raise NotImplementedError

    async def cancel(self, ids: Collection[int]) -> dict[int, str]:
        """Asks the server to stop jobs. Sentences for those that could not be."""
        raise NotImplementedError

    async def retry(self, job_id: int) -> tuple[Job, ...]:
        """The same request as a new job; where only the result is missing, that is fetched again instead."""
        raise NotImplementedError

    async def remove(self, ids: Collection[int]) -> None:
        """Takes jobs that have ended out of the list. Their results stay."""
        raise NotImplementedError

    async def look_again(self) -> None:
        """Asks the server now."""
        raise NotImplementedError

    def progress(self, job_id: int) -> tuple[int, int | None] | None:
        """Bytes of a result that have come, and of all if that is known; None if it is not on its way."""
        raise NotImplementedError

    def typical(self, model: str, kind: str) -> Typical | None:
        """How long the user's own runs of a model took; None where there were too few."""
        raise NotImplementedError
