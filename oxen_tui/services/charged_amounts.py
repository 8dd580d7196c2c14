"""What the server charged for jobs that have ended, from its history (contract section 6) where it keeps one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from oxen_tui.api.errors import ApiError, NotFound
from oxen_tui.api.generation import GenerationPage
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job
from oxen_tui.store.spending import Ledger

_AFTER: Final = (5.0, 60.0)
"""Seconds after a job ended: charges appear in the history a little later than results in the queue."""
_BACK: Final = timedelta(days=30)
_MOST_PAGES: Final = 5
_PAGE: Final = 100
_MOST_TRIES: Final = 3
"""How often a generation is looked for of which the history says no amount."""
_TOLD_WITHIN: Final = timedelta(seconds=90)
"""After a job ended: both looks, with the time that they take."""


class History(Protocol):
    """The part of the client that is needed."""

    async def generations(self, page: int = 1, page_size: int = 50) -> GenerationPage:
        """See `Client.generations`."""


def may_still_be_told(job: Job, now: datetime) -> bool:
    """Whether its end is so fresh that what was charged is still to be asked for."""
    return job.ended_at is not None and now - job.ended_at < _TOLD_WITHIN


class ChargedAmounts:
    """Asks for amounts and writes them into the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        client: Callable[[], Awaitable[History]],
        learned: Callable[[], None],
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """
        Args:
            ledger: Knows which amounts are missing, and takes them.
            client: Gives the client of the place.
            learned: Called when amounts came that nobody waited for.
            now: The moment, with its time zone.
            sleep: Waits for some seconds.
        """
        self._ledger = ledger
        self._client = client
        self._learned = learned
        self._now = now
        self._sleep = sleep
        self._has_history = True
        self._tries: dict[str, int] = {}
        self._learning: asyncio.Task[None] | None = None
        self._again = False

    def learn_soon(self) -> None:
        """Asks a little later, without being waited for: jobs have ended. Several wishes are few questions."""
        self._again = self._has_history
        if self._again and (self._learning is None or self._learning.done()):
            self._learning = asyncio.create_task(self._learn_until_quiet())

    async def learn(self) -> int:
        """Asks now.

        Returns:
            How many amounts were new.

        Raises:
            ApiError: It could not be asked; a server without a history is none.
            StoreError: The disk.
        """
        since = self._now() - _BACK
        wanted = {
            generation_id
            for generation_id in await self._ledger.without_actual(since)
            if self._tries.get(generation_id, 0) < _MOST_TRIES
        }
        charged: dict[str, float] = {}
        try:
            await self._read_history(wanted, since, charged)
        except NotFound:
            self._has_history = False
        for generation_id in wanted - charged.keys():
            self._tries[generation_id] = self._tries.get(generation_id, 0) + 1
        await self._ledger.learn(charged)
        return len(charged)

    async def close(self) -> None:
        """Stops asking."""
        if self._learning is not None:
            self._learning.cancel()
            await asyncio.gather(self._learning, return_exceptions=True)

    async def _read_history(self, wanted: set[str], since: datetime, charged: dict[str, float]) -> None:
        for number in range(1, _MOST_PAGES + 1):
            if wanted <= charged.keys():
                return
            page = await (await self._client()).generations(number, _PAGE)
            for row in page.generations:
                if row.id in wanted and row.cost is not None:
                    charged[row.id] = row.cost
            oldest = page.generations[-1].enqueued_at if page.generations else None
            if len(page.generations) < _PAGE or (oldest is not None and oldest < since):
                return

    async def _learn_until_quiet(self) -> None:
        while self._again and self._has_history:
            self._again = False
            await self._learn_twice()

    async def _learn_twice(self) -> None:
        for seconds in _AFTER:
            await self._sleep(seconds)
            try:
                if await self.learn():
                    self._learned()
                missing = await self._ledger.without_actual(self._now() - _BACK)
            except (ApiError, StoreError):
                continue  # the estimate stands; the next job that ends asks again
            if not missing or not self._has_history:
                return
