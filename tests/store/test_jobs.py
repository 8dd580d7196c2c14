"""Jobs on the disk: all of them comes back, steps are taken only from where a job still is, programs share them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oxen_tui.store.errors import NotFound
from oxen_tui.store.job import Job, JobState, Origin, ResultFile
from oxen_tui.store.store import Store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def job(number: int = 0, state: JobState = JobState.SENDING, **fields: object) -> Job:
    plain = Job(0, 0, 0, "ox-painter", "image", state, NOON + timedelta(seconds=number))
    return replace(plain, **fields)  # type: ignore[arg-type]


@pytest.fixture
async def other(store: Store, store_file: Path) -> AsyncIterator[Store]:
    """The same store, opened by another running program."""
    opened = await Store.open(store_file)
    yield opened
    await opened.close()


async def test_every_field_comes_back(store: Store) -> None:
    file = ResultFile("ox.mp4", "video/mp4", 123, 640, 480, 5.0, 24.0, False)
    full = Job(
        *(0, 0, 0, "m", "video", JobState.DONE, NOON, {"model": "m", "prompt": "ox", "n": [1, {"a": None}]}, "ox"),
        origin=Origin.TOOL,
        sync=True,
        generation_id="g",
        status_word="paused",
        sent_at=NOON + timedelta(seconds=1),
        started_at=NOON + timedelta(seconds=2),
        ended_at=NOON + timedelta(seconds=3),
        took=2.5,
        seen_at=NOON + timedelta(seconds=4),
        estimate=0.5,
        cost=0.25,
        billed=False,
        trouble="why",
        retryable=True,
        namespace="harbour-press",
        result_url="https://a/b",
        file=file,
        parents=(3, 1),
        message_id=7,
        hidden=True,
        favourite=True,
        deleted_at=NOON,
    )

    (added,) = await store.jobs.add([full])

    assert added == replace(full, id=added.id, batch=added.id)
    assert await store.jobs.get(added.id) == added


async def test_jobs_of_one_request_share_a_batch_in_order(store: Store) -> None:
    first, second, third = await store.jobs.add([job(), job(), job()])

    assert {each.batch for each in (first, second, third)} == {first.id}
    assert [each.place_in_batch for each in (first, second, third)] == [0, 1, 2]
    (late,) = await store.jobs.add([job(batch=first.batch, place_in_batch=3)])
    assert (late.batch, late.place_in_batch) == (first.batch, 3)


async def test_the_list_is_newest_first_without_what_is_hidden_or_no_job(store: Store) -> None:
    old, new = await store.jobs.add([job(1), job(2)])
    hidden, _opened = await store.jobs.add([job(3), job(4, JobState.DONE, origin=Origin.OPENED)])
    await store.jobs.set_hidden([hidden.id], True)

    assert [each.id for each in await store.jobs.shown()] == [new.id, old.id]


async def test_changes_are_told_by_revision(store: Store, other: Store) -> None:
    first, second = await store.jobs.add([job(), job()])
    before = await other.jobs.changed_since(0)
    assert [each.id for each in before.jobs] == [first.id, second.id]
    assert (await other.jobs.changed_since(before.revision)).jobs == ()

    await store.jobs.set_favourite([second.id], True)

    after = await other.jobs.changed_since(before.revision)
    assert [(each.id, each.favourite) for each in after.jobs] == [(second.id, True)]


async def test_a_step_is_taken_from_where_the_job_is_and_leaves_marks_alone(store: Store) -> None:
    (was,) = await store.jobs.add([job()])
    await store.jobs.set_favourite([was.id], True)

    (now,) = await store.jobs_at_work.advance([(was, replace(was, state=JobState.WAITING, generation_id="g"))])
    assert (now.state, now.generation_id, now.favourite) == (JobState.WAITING, "g", True)

    (late,) = await store.jobs_at_work.advance([(was, replace(was, state=JobState.FAILED))])
    assert late == now


async def test_nobody_touches_what_another_program_holds(store: Store, other: Store) -> None:
    (was,) = await store.jobs.add([job()])

    assert await other.jobs_at_work.take_orphans() == ()
    assert await other.jobs_at_work.held_elsewhere() == {was.id}
    (now,) = await other.jobs_at_work.advance([(was, replace(was, state=JobState.FAILED))])
    assert now.state is JobState.SENDING


async def test_orphans_of_a_dead_program_are_taken_by_one(store: Store, store_file: Path, other: Store) -> None:
    dead = await Store.open(store_file)
    sending, saving, waiting = await dead.jobs.add(
        [job(), job(state=JobState.SAVING), job(state=JobState.WAITING, generation_id="g")]
    )
    await dead.close()

    assert [each.id for each in await store.jobs_at_work.take_orphans()] == [sending.id, saving.id]
    assert await other.jobs_at_work.take_orphans() == ()
    (now,) = await other.jobs_at_work.advance([(waiting, replace(waiting, state=JobState.RUNNING))])
    assert now.state is JobState.RUNNING


async def test_one_program_watches_until_it_leaves_or_ends(store: Store, store_file: Path, other: Store) -> None:
    third = await Store.open(store_file)
    assert (await third.jobs_at_work.take_watch()).ours
    assert not (await store.jobs_at_work.take_watch()).ours

    await third.jobs_at_work.tell_trouble("no network", NOON)
    watch = await store.jobs_at_work.take_watch()
    assert (watch.ours, watch.trouble, watch.checked_at) == (False, "no network", NOON)

    await third.close()
    assert (await store.jobs_at_work.take_watch()).ours
    assert not (await other.jobs_at_work.take_watch()).ours
    await store.jobs_at_work.leave_watch()
    assert (await other.jobs_at_work.take_watch()).ours


async def test_what_the_server_lists_is_added_once(store: Store) -> None:
    found = job(state=JobState.RUNNING, generation_id="g", origin=Origin.ELSEWHERE)

    assert len(await store.jobs.add_found([found, found])) == 1
    assert await store.jobs.add_found([found]) == ()


async def test_an_id_taken_for_anothers_goes_to_its_sender(store: Store) -> None:
    (mine,) = await store.jobs.add([job()])
    (found,) = await store.jobs.add_found([job(state=JobState.WAITING, generation_id="g", origin=Origin.ELSEWHERE)])

    await store.jobs_at_work.advance([(mine, replace(mine, state=JobState.WAITING, generation_id="g"))])

    assert (await store.jobs.by_generation(["g"]))["g"].id == mine.id
    assert (await store.jobs.get(found.id)).hidden


async def test_results_come_newest_first_in_pages_without_the_trash(store: Store) -> None:
    file = ResultFile("a.png", "image/png", 1)
    ended = [
        job(0, JobState.DONE, file=file, ended_at=NOON + timedelta(minutes=minute), batch=1) for minute in range(5)
    ]
    added = await store.jobs.add(ended)
    await store.jobs.add([job()])
    await store.jobs.set_deleted([added[3].id], True)

    page = await store.jobs.results(2)
    assert [each.id for each in page] == [added[4].id, added[2].id]
    assert [each.id for each in await store.jobs.results(2, after=page[-1])] == [added[1].id, added[0].id]
    assert [each.id for each in await store.jobs.trash()] == [added[3].id]
    await store.jobs.set_deleted([added[3].id], False)
    assert len(await store.jobs.results()) == 5


async def test_children_are_found(store: Store) -> None:
    parent, _ = await store.jobs.add([job(), job()])
    (child,) = await store.jobs.add([job(parents=(parent.id,))])

    assert [each.id for each in await store.jobs.children(parent.id)] == [child.id]


async def test_durations_are_of_own_runs_the_last_ones(store: Store) -> None:
    runs = [job(0, JobState.DONE, took=float(n), ended_at=NOON + timedelta(n), batch=1) for n in range(5)]
    await store.jobs.add([*runs, job(batch=1)])
    await store.jobs.add_found([replace(runs[0], origin=Origin.ELSEWHERE, took=99.0)])

    assert await store.jobs.durations(3) == {("ox-painter", "image"): [2.0, 3.0, 4.0]}


async def test_active_jobs_are_those_that_change_by_themselves(store: Store) -> None:
    added = await store.jobs.add([job(state=state, batch=1) for state in JobState])

    assert {each.state for each in await store.jobs.active()} == {
        each.state for each in added if each.state.is_active
    }


async def test_a_job_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.jobs.get(99)
