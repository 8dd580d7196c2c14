"""The ledger: a row for whatever may cost money, as certain as it can be, whoever asked and whatever is deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.api.usage import Usage
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.schema import MIGRATIONS
from oxen_tui.store.spending import Sum, Sums
from oxen_tui.store.store import Store

DAY = datetime(2026, 11, 22, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)


@pytest.fixture
async def other(store: Store, store_file: Path) -> AsyncIterator[Store]:
    """The same store, opened by another running program."""
    opened = await Store.open(store_file)
    yield opened
    await opened.close()


async def sent(store: Store, **fields: Any) -> Job:
    job = Job(0, 0, 0, "ox-painter", "image", JobState.SENDING, NOON, estimate=0.06, generation_id=f"g{len(fields)}")
    (added,) = await store.jobs.add([replace(job, **fields)])
    return added


async def moved(store: Store, job: Job, **fields: Any) -> Job:
    (now,) = await store.jobs_at_work.advance([(job, replace(job, **fields))])
    return now


async def answered(store: Store, cost: float | None, reported: float | None = None, text: str = "Moo.") -> Message:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "?", "m", None)
    answer = await store.answers.begin(conversation.id, question.id, "m", {})
    usage = Usage(1, 2, 3, cost=reported) if reported is not None else None
    return await store.answers.finish(replace(answer, ending=Ending.DONE, text=text, cost=cost, usage=usage))


async def test_nothing_is_spent_in_an_empty_store(store: Store) -> None:
    assert await store.spending.sums(DAY) == Sums()


async def test_a_job_is_under_way_from_before_it_is_sent_and_then_paid(store: Store) -> None:
    job = await sent(store)
    sums = await store.spending.sums(DAY)
    assert (sums.session_open, sums.today_open) == (Sum(0.06), Sum(0.06))
    assert (sums.session, sums.today) == (Sum(), Sum())

    job = await moved(store, job, state=JobState.WAITING)
    await moved(store, job, state=JobState.SAVING)

    sums = await store.spending.sums(DAY)
    assert (sums.session, sums.today) == (Sum(0.06), Sum(0.06))
    assert (sums.session_open, sums.today_open) == (Sum(), Sum())


@pytest.mark.parametrize(
    ("fields", "spent"),
    [
        ({"state": JobState.DONE}, Sum(0.06)),
        ({"state": JobState.DONE, "cost": 0.05}, Sum(0.05)),
        ({"state": JobState.DONE, "estimate": None}, Sum(0.0, True)),
        ({"state": JobState.DONE, "estimate": None, "cost": 0.5}, Sum(0.5)),
        ({"state": JobState.NOT_SAVED}, Sum(0.06)),
        ({"state": JobState.FAILED}, Sum()),
        ({"state": JobState.FAILED, "cost": 0.01}, Sum(0.01)),
        ({"state": JobState.CANCELLED}, Sum()),
        ({"state": JobState.CANCELLED, "started_at": NOON}, Sum(0.0, True)),
        ({"state": JobState.CANCELLED, "started_at": NOON, "cost": 0.02}, Sum(0.02)),
        ({"state": JobState.UNKNOWN}, Sum(0.0, True)),
        ({"state": JobState.UNKNOWN, "billed": False}, Sum()),
    ],
)
async def test_what_a_job_costs_is_as_certain_as_what_is_known(
    store: Store, fields: dict[str, Any], spent: Sum
) -> None:
    await moved(store, await sent(store), **fields)
    assert (await store.spending.sums(DAY)).session == spent

    await sent(store, **fields | {"generation_id": "begun and ended at once"})
    assert (await store.spending.sums(DAY)).today == spent + spent


async def test_what_others_made_and_what_was_only_opened_costs_nothing_here(store: Store) -> None:
    for origin in (Origin.ELSEWHERE, Origin.OPENED):
        await moved(store, await sent(store, origin=origin, generation_id=origin.value), state=JobState.DONE)

    assert await store.spending.sums(DAY) == Sums()


async def test_an_answer_is_paid_when_it_ends(store: Store) -> None:
    await answered(store, 0.002)
    await answered(store, 0.003, reported=0.004)

    assert (await store.spending.sums(DAY)).session == Sum(0.006)
    await answered(store, 0.0, text="")
    assert not (await store.spending.sums(DAY)).session.is_partial
    await answered(store, None)
    assert (await store.spending.sums(DAY)).session.is_partial


async def test_an_answer_without_a_word_is_free_only_where_that_is_known(store: Store) -> None:
    await answered(store, 0.0, text="")
    assert (await store.spending.sums(DAY)).session == Sum()

    await answered(store, 0.002, text="")
    assert (await store.spending.sums(DAY)).session == Sum(0.002)

    await answered(store, None, text="")
    assert (await store.spending.sums(DAY)).session == Sum(0.002, True)


async def test_a_continued_answer_is_not_counted_twice(store: Store) -> None:
    answer = await answered(store, 0.002)

    resumed = await store.answers.resume(answer.id)
    await store.answers.finish(replace(resumed, ending=Ending.DONE, cost=0.005))

    assert (await store.spending.sums(DAY)).today == Sum(0.005)


async def test_an_answer_whose_program_was_killed_is_of_unknown_cost(store_file: Path) -> None:
    first = await Store.open(store_file, lambda: NOON)
    conversation = await first.conversations.create("m")
    question = await first.messages.add_question(conversation.id, "?", "m", None)
    answer = await first.answers.begin(conversation.id, question.id, "m", {})
    await first.answers.checkpoint(answer.id, "Mo", "", 1)
    await first.close()

    store = await Store.open(store_file, lambda: NOON)
    sums = await store.spending.sums(DAY)
    await store.close()

    assert (sums.session, sums.today) == (Sum(), Sum(0.0, True))


async def test_what_was_spent_stays_spent_when_it_is_deleted(store: Store, store_file: Path) -> None:
    answer = await answered(store, 0.002)
    with sqlite3.connect(store_file) as connection:
        connection.execute("DELETE FROM messages WHERE id = ?", (answer.id,))
    connection.close()

    assert (await store.spending.sums(DAY)).session == Sum(0.002)


async def test_each_running_program_has_its_session_and_all_share_the_day(store: Store, other: Store) -> None:
    await moved(store, await sent(store, generation_id="a"), state=JobState.DONE)
    await moved(other, await sent(other, generation_id="b"), state=JobState.DONE)
    job = await sent(other, generation_id="c")

    sums = await store.spending.sums(DAY)
    assert (sums.session, sums.session_open) == (Sum(0.06), Sum())
    assert (sums.today, sums.today_open) == (Sum(0.12), Sum(0.06))
    await moved(other, job, state=JobState.DONE)
    assert (await other.spending.sums(DAY + timedelta(days=1))).today == Sum()


async def test_what_the_server_charged_takes_the_place_of_the_estimate(store: Store) -> None:
    done = await moved(store, await sent(store, generation_id="a"), state=JobState.DONE)
    await sent(store, generation_id="still open")
    await moved(store, await sent(store, generation_id="free"), state=JobState.FAILED)
    assert await store.spending.without_actual(DAY) == {"a"}
    assert await store.spending.without_actual(DAY + timedelta(days=1)) == frozenset()

    await store.spending.learn({"a": 0.05, "of somebody else": 9.0})

    assert await store.spending.without_actual(DAY) == frozenset()
    assert (await store.spending.sums(DAY)).session == Sum(0.05)
    assert (await store.jobs.get(done.id)).cost == 0.05


async def test_what_was_charged_stays_known_when_an_old_row_is_written_again(store: Store) -> None:
    done = await moved(store, await sent(store, generation_id="a"), state=JobState.NOT_SAVED)
    await store.spending.learn({"a": 0.05})

    await moved(store, done, state=JobState.SAVING)

    assert (await store.spending.sums(DAY)).session == Sum(0.05)


async def test_days_are_summed(store: Store) -> None:
    await moved(store, await sent(store, generation_id="a"), state=JobState.DONE)
    await moved(store, await sent(store, generation_id="b", model="dear", estimate=2.0), state=JobState.DONE)
    await sent(store, generation_id="c", created_at=NOON - timedelta(days=1))

    days = [(DAY - timedelta(days=1), DAY), (DAY, DAY + timedelta(days=1))]

    assert await store.spending.between(days) == [Sum(0.06), Sum(2.06)]


async def test_a_store_from_before_the_ledger_begins_with_what_it_holds(store_file: Path, tmp_path: Path) -> None:
    from oxen_tui.store.schema import migrate

    older = tmp_path / "migrations"
    older.mkdir()
    for file in sorted(MIGRATIONS.glob("000[123]_*.sql")):
        (older / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    store_file.parent.mkdir()
    connection = sqlite3.connect(store_file, isolation_level=None)
    migrate(connection, store_file, older)
    connection.execute("INSERT INTO conversations (created_at, updated_at) VALUES (0, 0)")
    connection.execute(
        """INSERT INTO messages (conversation_id, role, ending, created_at, text, cost)
           VALUES (1, 'assistant', 'done', ?, 'a', 0.25)""",
        (NOON.timestamp(),),
    )
    connection.close()

    store = await Store.open(store_file, lambda: NOON)
    sums = await store.spending.sums(DAY)
    await store.close()

    assert sums.today == Sum(0.25)
