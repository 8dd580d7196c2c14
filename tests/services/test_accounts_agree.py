"""Every account of money says the same: the header's, those of `/usage`, and those of days and models."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.usage import Usage
from oxen_tui.services.usage import usage_report
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.store.message import Ending
from oxen_tui.store.spending import Sum
from oxen_tui.store.store import Store

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
HOURS = st.sampled_from([-30, -1, 1, 13])
"""From the day's beginning: yesterday's are in no sum of today."""
DOLLARS = st.one_of(st.none(), st.sampled_from([0.0, 0.0021, 0.5]))
ANSWERS = st.tuples(
    st.just("answer"), st.integers(0, 1), HOURS, st.sampled_from("ab"), DOLLARS, DOLLARS, st.sampled_from(["", "Moo"])
)
JOBS = st.tuples(
    st.just("job"), st.integers(0, 1), HOURS, st.sampled_from("bc"), DOLLARS, DOLLARS, st.sampled_from(JobState)
)


class Clock:
    moment = TODAY

    def __call__(self) -> datetime:
        return self.moment


async def answered(store: Store, model: str, cost: float | None, reported: float | None, text: str) -> int:
    conversation = await store.conversations.create(model)
    question = await store.messages.add_question(conversation.id, "?", model, None)
    begun = await store.answers.begin(conversation.id, question.id, model, {})
    usage = None if reported is None else Usage(3, 5, 8, cost=reported)
    await store.answers.finish(replace(begun, text=text, ending=Ending.DONE, usage=usage, cost=cost))
    return conversation.id


async def made(store: Store, job: Job) -> None:
    (added,) = await store.jobs.add([replace(job, state=JobState.SENDING, cost=None)])
    await store.jobs_at_work.advance([(added, replace(added, state=job.state, cost=job.cost))])


@settings(max_examples=30, deadline=None)
@given(st.lists(ANSWERS | JOBS, max_size=7))
async def test_conversations_sessions_days_and_models_add_up_to_the_ledger(asked: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        stores = [await Store.open(Path(folder) / "store.sqlite3", clock) for _ in range(2)]
        conversations: list[Sum] = []
        try:
            for number, (kind, who, hours, model, estimate, actual, how) in enumerate(asked):
                clock.moment = TODAY + timedelta(hours=hours)
                if kind == "answer":
                    conversation = await answered(stores[who], model, estimate, actual, how)
                    clock.moment = TODAY + timedelta(hours=14)
                    here, *_ = await usage_report(stores[who], conversation, clock.moment)
                    known = estimate if actual is None else actual
                    if how:
                        assert here.total.amount == Sum(known or 0.0, known is None)
                    conversations.append(here.total.amount)
                else:
                    job = Job(0, 0, 0, model, "image", how, clock.moment, estimate=estimate, cost=actual)
                    await made(stores[who], replace(job, origin=Origin.FORM, generation_id=f"g{number}"))
            now = TODAY + timedelta(hours=14)
            whole = Sum()
            for store in stores:
                sums = await store.spending.sums(TODAY)
                session, today = await usage_report(store, None, now)
                same(session.total.amount, sums.session + sums.session_open)
                (day,) = await store.spending.between([(TODAY, TODAY + timedelta(days=1))])
                same(today.total.amount, day)
                same(sum((used.amount for used in today.models), Sum()), day)
                whole += session.total.amount
            (ever,) = await stores[0].spending.between([(TODAY - timedelta(days=9), TODAY + timedelta(days=9))])
            same(whole, ever)  # nobody's spending is in two sessions, or in none
            assert sum(each.dollars for each in conversations) <= ever.dollars + 1e-9
        finally:
            for store in stores:
                await store.close()


def same(one: Sum, other: Sum) -> None:
    assert abs(one.dollars - other.dollars) < 1e-9
    assert one.is_partial == other.is_partial
