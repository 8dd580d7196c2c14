from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oxen_tui.api.errors import ApiError, NotFound, Unreachable
from oxen_tui.api.generation import Generation, GenerationPage, GenerationStatus
from oxen_tui.services.spending import Spending
from oxen_tui.store.errors import StoreReadOnly
from oxen_tui.store.job import Job, JobState
from oxen_tui.store.spending import Sum, Sums
from oxen_tui.store.store import Store
from tests.services.jobs_made import job_made

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FakeHistory:
    """Pages of a history, and how often it was asked."""

    def __init__(self, *costs: tuple[str, float | None]) -> None:
        self.rows = [
            Generation(name, GenerationStatus.SUCCEEDED, enqueued_at=NOON, cost=cost) for name, cost in costs
        ]
        self.asked = 0
        self.trouble: ApiError | None = None

    async def __call__(self) -> FakeHistory:
        return self

    async def generations(self, page: int = 1, page_size: int = 50) -> GenerationPage:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return GenerationPage(tuple(self.rows[(page - 1) * page_size : page * page_size]), page, page_size)


class FakeQueue:
    """A queue that only tells."""

    def __init__(self) -> None:
        self.jobs: dict[int, Job] = {}
        self.listeners: list[Callable[[frozenset[int]], None]] = []

    def job(self, job_id: int) -> Job | None:
        return self.jobs.get(job_id)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, *jobs: Job) -> None:
        self.jobs |= {job.id: job for job in jobs}
        for listener in self.listeners:
            listener(frozenset(job.id for job in jobs))


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory()


@pytest.fixture
async def spending(store: Store, history: FakeHistory) -> AsyncIterator[Spending]:
    async def at_once(seconds: float) -> None:
        return None

    opened = Spending(store.spending, history, now=lambda: NOON, sleep=at_once)
    yield opened
    await opened.close()


async def ended(store: Store, name: str, **fields: Any) -> Job:
    """A job of this program that was paid."""
    (sent,) = await store.jobs.add(
        [job_made(state=JobState.SENDING, created_at=NOON, generation_id=name, file=None, batch=0, **fields)]
    )
    (done,) = await store.jobs_at_work.advance([(sent, replace(sent, state=JobState.DONE))])
    return done


async def until(true: Callable[[], bool], spending: Spending) -> None:
    """Waits for what the service does by itself."""
    if true():
        return
    changed = asyncio.Event()
    spending.subscribe(changed.set)
    async with asyncio.timeout(10):
        while not true():
            changed.clear()
            await changed.wait()


async def test_an_answer_counts_at_once_and_only_once(store: Store, spending: Spending) -> None:
    spending.add(0.25)
    assert (spending.spent_session, spending.session_is_partial) == (0.25, False)
    spending.add(None)

    assert (spending.spent_session, spending.session_is_partial) == (0.25, True)
    assert (spending.spent_today, spending.today_is_partial) == (0.25, True)
    await spending.refresh()
    assert spending.spent_session == 0  # the ledger is the truth, and knows of none


async def test_what_comes_while_the_ledger_is_read_is_not_lost(
    store: Store, spending: Spending, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asyncio.Event(), asyncio.Event()
    gates = iter((first, second))

    async def slowly(since: datetime) -> Sums:
        await next(gates).wait()
        return Sums(session=Sum(2.0))

    monkeypatch.setattr(store.spending, "sums", slowly)
    looking = asyncio.create_task(spending.refresh())
    await asyncio.sleep(0)
    spending.add(0.5)  # not in what is being read
    first.set()
    await looking
    assert spending.spent_session == 2.5

    second.set()
    await until(lambda: spending.spent_session == 2.0, spending)


async def test_jobs_are_counted_when_the_queue_tells_of_them(store: Store, spending: Spending) -> None:
    queue = FakeQueue()
    spending.follow(queue)

    queue.tell(await ended(store, "a"))
    await until(lambda: spending.spent_session == 0.06, spending)

    assert (spending.spent_today, spending.under_way) == (0.06, 0.0)
    await spending.close()
    assert queue.listeners == []


async def test_what_was_charged_is_learned_when_a_job_ends(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    queue = FakeQueue()
    spending.follow(queue)
    history.rows = FakeHistory(("x", 9.0), ("a", 0.05)).rows

    job = await ended(store, "a")
    queue.tell(job)
    await until(lambda: spending.spent_session == 0.05, spending)

    assert (await store.jobs.get(job.id)).cost == 0.05
    assert history.asked == 1


async def test_what_ends_while_the_server_is_asked_is_asked_about_too(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    queue = FakeQueue()
    spending.follow(queue)
    history.rows = FakeHistory(("a", 0.05)).rows
    first, second = await ended(store, "a"), await ended(store, "b", estimate=1.0)

    queue.tell(first)
    await until(lambda: history.asked > 0, spending)
    history.rows = FakeHistory(("a", 0.05), ("b", 0.9)).rows
    queue.tell(second)

    await until(lambda: spending.spent_session == pytest.approx(0.95), spending)


async def test_a_job_that_runs_asks_for_no_history(store: Store, spending: Spending, history: FakeHistory) -> None:
    queue = FakeQueue()
    spending.follow(queue)

    queue.tell(job_made(state=JobState.RUNNING, ended_at=None))
    await spending.refresh()

    assert history.asked == 0


async def test_a_history_is_read_page_by_page_and_no_longer_than_needed(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    await ended(store, "a")
    history.rows = FakeHistory(*((f"x{number}", 1.0) for number in range(150)), ("a", 0.05)).rows

    assert await spending.learn_actuals() == 1
    assert history.asked == 2
    assert await spending.learn_actuals() == 0
    assert history.asked == 2


async def test_a_generation_whose_amount_never_comes_is_given_up(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    await ended(store, "a")
    history.rows = FakeHistory(("a", None)).rows

    for _ in range(6):
        await spending.learn_actuals()

    assert history.asked == 3
    await spending.refresh()
    assert spending.spent_session == 0.06


async def test_a_server_without_a_history_is_asked_once(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    queue = FakeQueue()
    spending.follow(queue)
    history.trouble = NotFound(status=404)
    job = await ended(store, "a")

    assert await spending.learn_actuals() == 0
    queue.tell(job)
    await until(lambda: spending.spent_session == 0.06, spending)

    assert history.asked == 1


async def test_a_server_that_cannot_be_asked_leaves_the_estimate(
    store: Store, spending: Spending, history: FakeHistory
) -> None:
    history.trouble = Unreachable()
    await ended(store, "a")

    with pytest.raises(Unreachable):
        await spending.learn_actuals()
    await spending.refresh()
    assert spending.spent_session == 0.06


async def test_a_disk_that_cannot_be_read_leaves_the_sums(
    store: Store, spending: Spending, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def fails(since: datetime) -> Any:
        asked.set()
        raise StoreReadOnly("The disk failed", "Check it.")

    monkeypatch.setattr(store.spending, "sums", fails)
    spending.add(0.25)
    await asked.wait()
    await asyncio.sleep(0)

    assert spending.spent_session == 0.25
    assert isinstance(spending.trouble, StoreReadOnly)


async def test_days_are_those_of_this_machine(store: Store, spending: Spending) -> None:
    await ended(store, "a")

    today, before = await spending.days(2)

    assert today == (NOON.astimezone().date(), Sum(0.06))
    assert before == (NOON.astimezone().date() - timedelta(days=1), Sum())


# --- budgets ------------------------------------------------------------------------------------------------------


async def test_without_a_budget_nothing_is_asked(spending: Spending) -> None:
    assert spending.would_pass(1_000_000.0) is None
    assert spending.would_pass(None) is None


async def test_a_budget_asks_before_it_is_passed_and_not_before(spending: Spending) -> None:
    spending.budget_session = 0.5
    spending.add(0.3)

    assert spending.would_pass(0.2) is None
    question = spending.would_pass(0.21)

    assert question == "Go over the budget of $0.50 for this session? $0.30 is spent; this is ~$0.21."


async def test_what_is_under_way_counts_against_a_budget(store: Store, spending: Spending) -> None:
    await store.jobs.add([job_made(state=JobState.SENDING, estimate=0.4, batch=0)])
    await spending.refresh()
    spending.budget_day = 0.5

    question = spending.would_pass(0.2) or ""

    assert question.startswith("Go over the budget of $0.50 for today? $0.00 is spent, ~$0.40 under way")
    assert spending.under_way == 0.4


async def test_an_unknown_price_is_asked_about_where_there_is_a_budget(store: Store, spending: Spending) -> None:
    spending.budget_day = 5.0
    spending.add(None)

    assert spending.would_pass(None) == "Send it at an unknown price? Of $5.00 for today, at least $0.00 is spent."
    await store.jobs.add([job_made(state=JobState.SENDING, estimate=None, batch=0)])
    await spending.refresh()
    assert "something at an unknown price under way" in (spending.would_pass(None) or "")
    assert spending.would_pass(1.0) is None


async def test_a_budget_outlives_the_program(store: Store, history: Callable[[], Awaitable[Any]]) -> None:
    await ended(store, "a", estimate=0.5)

    again = Spending(store.spending, history, now=lambda: NOON)
    again.budget_day = 0.6
    await again.refresh()

    assert again.would_pass(0.2) is not None
