"""What was spent, what is under way, and what a budget allows: one truth for the header, the form and the gallery.

The store's ledger is read again whenever an answer or a job ends, so that running programs that share a store share
their day. What the server charged is asked for when jobs end; until it is known, estimates stand in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol

from oxen_tui.money import money
from oxen_tui.services.charged_amounts import ChargedAmounts, History
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job
from oxen_tui.store.spending import Ledger, Sum, Sums


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
        self._now = now
        self._added = Sum()
        self._listeners: list[Callable[[], None]] = []
        self._ends: list[Callable[[], None]] = []
        self._look: asyncio.Task[None] | None = None
        self._look_again = False
        self._charges = ChargedAmounts(ledger, client, self.look_soon, now=now, sleep=sleep)

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
            if any(job is not None and job.state.has_ended for job in found):
                self._charges.learn_soon()

        self._ends.append(jobs.subscribe(changed))

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when sums may have changed. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look_soon(self) -> None:
        """Reads the ledger without being waited for; several wishes are one look."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._look_until_quiet())
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
        learned = await self._charges.learn()
        if learned:
            await self.refresh()
        return learned

    async def close(self) -> None:
        """Stops looking and learning."""
        while self._ends:
            self._ends.pop()()
        await self._charges.close()
        if self._look is not None:
            self._look.cancel()
            await asyncio.gather(self._look, return_exceptions=True)

    async def _look_until_quiet(self) -> None:
        self._look_again = True
        while self._look_again:
            self._look_again = False
            try:
                await self.refresh()
                self.trouble = None
            except StoreError as error:
                self.trouble = error

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def _midnight(day: date) -> datetime:
    """The beginning of a day on this machine."""
    return datetime.combine(day, time()).astimezone()


def _estimated(amount: Sum) -> str:
    if not amount.dollars:
        return "something at an unknown price"
    return money(amount.dollars, estimate=True) + (" and more" if amount.is_partial else "")
