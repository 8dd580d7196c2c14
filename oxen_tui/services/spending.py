"""What was spent, what is under way, and what a budget allows: one truth for the header, the form and the gallery.

The store's ledger is read again whenever an answer or a job ends, so that running programs that share a store share
their day. What the server charged is asked for when jobs end; until it is known, estimates stand in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Protocol

from oxen_tui.api.errors import ApiError, NotFound
from oxen_tui.api.generation import GenerationPage
from oxen_tui.money import money
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job
from oxen_tui.store.spending import Ledger, Sum, Sums

_LEARN_AFTER: Final = (5.0, 60.0)
"""Seconds after a job ended: charges appear in the history a little later than results in the queue."""
_LEARN_BACK: Final = timedelta(days=30)
_MOST_PAGES: Final = 5
_PAGE: Final = 100
_MOST_TRIES: Final = 3
"""How often a generation is looked for of which the history says no amount."""


class History(Protocol):
    """The part of the client that is needed."""

    async def generations(self, page: int = 1, page_size: int = 50) -> GenerationPage:
        """See `Client.generations`."""


class Jobs(Protocol):
    """The part of the queue that is needed."""

    def job(self, job_id: int) -> Job | None:
        """See `GenerationQueue.job`."""

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        """See `GenerationQueue.subscribe`."""


class Spending:
    """Money of one place. Sums are those of the last look; a look is on its way whenever something changed."""

    def __init__(
        self,
        ledger: Ledger,
        client: Callable[[], Awaitable[History]],
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            ledger: Where it is written down.
            client: Gives the client of the place.
            now: The moment, with its time zone; days are those of this machine.
            sleep: Waits for some seconds.
        """
        self.budget_session = 0.0
        """US dollars after which this program asks before it sends; 0 is none."""
        self.budget_day = 0.0
        """The same for a day, whichever running program spends."""
        self.sums = Sums()
        """As they were read last."""
        self.trouble: StoreError | None = None
        """Why they could not be read; they are older then than they might be."""
        self._ledger = ledger
        self._client = client
        self._now = now
        self._sleep = sleep
        self._added = Sum()
        self._listeners: list[Callable[[], None]] = []
        self._ends: list[Callable[[], None]] = []
        self._look: asyncio.Task[None] | None = None
        self._look_again = False
        self._learning: asyncio.Task[None] | None = None
        self._has_history = True
        self._tries: dict[str, int] = {}

    # --- sums

    @property
    def spent_session(self) -> float:
        """US dollars that this program asked for and that are over; as far as they are known."""
        return (self.sums.session + self._added).dollars

    @property
    def session_is_partial(self) -> bool:
        """Whether something of it has no known price: it is then only a lower bound."""
        return (self.sums.session + self._added).is_partial

    @property
    def spent_today(self) -> float:
        """US dollars that all running programs asked for today."""
        return (self.sums.today + self._added).dollars

    @property
    def today_is_partial(self) -> bool:
        """As `session_is_partial`."""
        return (self.sums.today + self._added).is_partial

    @property
    def under_way(self) -> float:
        """US dollars, by estimate, of what waits or runs, whoever asked for it."""
        return self.sums.today_open.dollars

    @property
    def under_way_is_partial(self) -> bool:
        """Whether the price of something that waits or runs is not known."""
        return self.sums.today_open.is_partial

    def would_pass(self, estimate: float | None) -> str | None:
        """What to ask before something is sent that may go over a budget; None where there is nothing to ask.

        Args:
            estimate: US dollars; None is unknown, and is asked about wherever there is a budget.
        """
        for name, budget, spent, under_way in (
            ("this session", self.budget_session, self.sums.session + self._added, self.sums.session_open),
            ("today", self.budget_day, self.sums.today + self._added, self.sums.today_open),
        ):
            if not budget:
                continue
            so_far = f"{'at least ' if spent.is_partial else ''}{money(spent.dollars)} is spent"
            if under_way.dollars or under_way.is_partial:
                so_far += f", {_estimated(under_way)} under way"
            if estimate is None:
                return f"Send it at an unknown price? Of {money(budget)} for {name}, {so_far}."
            if spent.dollars + under_way.dollars + estimate > budget + 1e-9:
                this = money(estimate, estimate=True)
                so_far = f"{so_far[0].upper()}{so_far[1:]}"
                return f"Go over the budget of {money(budget)} for {name}? {so_far}; this is {this}."
        return None

    async def days(self, count: int) -> list[tuple[date, Sum]]:
        """What each of the last days cost, today first.

        Raises:
            StoreError: It cannot be read.
        """
        today = self._now().astimezone().date()
        dates = [today - timedelta(days=back) for back in range(count)]
        sums = await self._ledger.between([(_midnight(day), _midnight(day + timedelta(days=1))) for day in dates])
        return list(zip(dates, sums, strict=True))

    # --- what changes them

    def add(self, dollars: float | None) -> None:
        """Counts an answer that has just ended, at once; the ledger has it too and is read.

        Args:
            dollars: None is unknown.
        """
        self._added += Sum(dollars or 0.0, dollars is None)
        self._tell()
        self.look_soon()

    def follow(self, jobs: Jobs) -> None:
        """Looks again whenever jobs change, and asks what was charged when they end."""

        def changed(ids: frozenset[int]) -> None:
            if not ids:
                return
            self.look_soon()
            found = [jobs.job(job_id) for job_id in ids]
            if self._has_history and any(job is not None and job.state.has_ended for job in found):
                self._learn_soon()

        self._ends.append(jobs.subscribe(changed))

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when sums may have changed. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look_soon(self) -> None:
        """Reads the ledger without being waited for; several wishes are one look."""
        if self._look is None or self._look.done():
            self._look = _task(self._look_until_quiet())
        else:
            self._look_again = True

    async def refresh(self) -> None:
        """Reads the ledger.

        Raises:
            StoreError: It cannot be read; the sums stay as they are.
        """
        added = self._added
        self.sums = await self._ledger.sums(_midnight(self._now().astimezone().date()))
        if self._added == added:  # else one more came meanwhile, and another look follows
            self._added = Sum()
        self._tell()

    async def learn_actuals(self) -> int:
        """Asks the server what it charged for jobs that have ended, as far as its history tells.

        Returns:
            How many amounts were new.

        Raises:
            ApiError: It could not be asked; a server without a history is none.
            StoreError: The disk.
        """
        since = self._now() - _LEARN_BACK
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
        if charged:
            await self._ledger.learn(charged)
            await self.refresh()
        return len(charged)

    async def close(self) -> None:
        """Stops looking and learning."""
        while self._ends:
            self._ends.pop()()
        tasks = [task for task in (self._look, self._learning) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

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

    async def _look_until_quiet(self) -> None:
        self._look_again = True
        while self._look_again:
            self._look_again = False
            try:
                await self.refresh()
                self.trouble = None
            except StoreError as error:
                self.trouble = error

    def _learn_soon(self) -> None:
        if self._learning is None or self._learning.done():
            self._learning = _task(self._learn_twice())

    async def _learn_twice(self) -> None:
        for seconds in _LEARN_AFTER:
            await self._sleep(seconds)
            try:
                await self.learn_actuals()
                if not await self._ledger.without_actual(self._now() - _LEARN_BACK):
                    return
            except (ApiError, StoreError):
                continue  # the estimate stands; the next job that ends asks again
            if not self._has_history:
                return

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def _task(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(work)


def _midnight(day: date) -> datetime:
    """The beginning of a day on this machine."""
    return datetime.combine(day, time()).astimezone()


def _estimated(amount: Sum) -> str:
    if not amount.dollars:
        return "something at an unknown price"
    return money(amount.dollars, estimate=True) + (" and more" if amount.is_partial else "")
