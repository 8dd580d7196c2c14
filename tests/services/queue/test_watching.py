"""Watching: one request for all jobs, at a pace, and none without reason. What the server says is taken with care."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from oxen_tui.api.errors import CutOff, NotFound, RateLimited, ServerFailed, Unreachable
from oxen_tui.api.generation import Generation
from oxen_tui.store.errors import StoreFull
from oxen_tui.store.job import JobState, Origin
from tests.services.fake_queue import (
    FILMER,
    PAINTER,
    FakeClock,
    FakeServer,
    Lose,
    QueueBench,
    close_bench,
    ids,
    open_bench,
)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[QueueBench]:
    clock = FakeClock()
    opened = await open_bench(tmp_path / "ox.sqlite3", clock, FakeServer(clock))
    await opened.queue.begin()
    yield opened
    await close_bench(opened)


async def test_nothing_is_asked_where_nothing_runs_and_nobody_looks(bench: QueueBench) -> None:
    await bench.pass_(3600)

    assert bench.server.asked == []


async def test_nothing_is_asked_any_more_once_all_has_ended(bench: QueueBench) -> None:
    await bench.send()
    bench.server.move("g1", "succeeded")
    await bench.until(lambda: bench.states() == ["done"])
    await bench.pass_(60)
    asked = len(bench.server.asked)

    await bench.pass_(3600)

    assert len(bench.server.asked) == asked
    assert bench.server.streams == []


async def test_one_request_asks_for_any_number_of_jobs(bench: QueueBench) -> None:
    bench.server.has_events = False
    for _ in range(50):
        await bench.send(count=4)
    await bench.pass_(20)
    bench.server.asked.clear()

    await bench.pass_(60)

    assert set(bench.server.asked) == {"list"}
    assert 12 <= len(bench.server.asked) <= 13


@pytest.mark.parametrize(
    ("model", "looking", "events", "least", "most"),
    [
        ("image", True, False, 13, 30),
        ("image", False, False, 12, 13),
        ("image", True, True, 4, 10),
        ("video", True, False, 4, 6),
        ("video", False, False, 2, 2),
        ("video", True, True, 2, 3),
    ],
)
async def test_the_pace_fits_kind_looks_and_events(
    bench: QueueBench, model: str, looking: bool, events: bool, least: int, most: int
) -> None:
    bench.server.has_events = events
    bench.queue.looking = looking
    await bench.send(model=FILMER if model == "video" else PAINTER)
    await bench.pass_(1)
    bench.server.asked.clear()

    await bench.pass_(60)

    assert least <= bench.server.asked_for("list") <= most


async def test_a_job_goes_through_its_states_to_a_file(bench: QueueBench) -> None:
    (job,) = await bench.send()
    bench.server.move("g1", "processing", started_at=bench.clock.now())
    await bench.until(lambda: bench.states() == ["running"])
    await bench.pass_(3)
    bench.server.move("g1", "succeeded", cost=0.25)
    await bench.until(lambda: bench.states() == ["done"])

    done = bench.only()
    assert done.file is not None
    assert (done.file.name, done.cost, done.billed) == (f"{job.id}.png", 0.25, True)
    assert done.took is not None
    assert bench.results.fetched == [(job.id, "https://r/g1.png")]
    assert bench.server.asked_for("row g1") == 1


async def test_a_look_that_finds_nothing_new_writes_nothing_and_tells_nobody(bench: QueueBench) -> None:
    await bench.send(count=4)
    await bench.pass_(20)
    before = (await bench.store.jobs.changed_since(0)).revision
    checked = bench.queue.checked_at
    bench.told.clear()

    await bench.pass_(60)

    assert bench.told == []
    assert (await bench.store.jobs.changed_since(0)).revision == before
    assert bench.queue.checked_at != checked


async def test_a_failure_says_why(bench: QueueBench) -> None:
    await bench.send(count=2)
    bench.server.move("g1", "failed", error_message="no oxen today", error_retryable=True)
    bench.server.move("g2", "failed")
    await bench.until(lambda: bench.states() == ["failed", "failed"])

    first, second = sorted(bench.queue.jobs, key=lambda job: job.id)
    assert (first.trouble, first.retryable) == ("no oxen today", True)
    assert "no reason" in second.trouble


async def test_a_status_that_nobody_has_heard_of_is_kept_and_waited_through(bench: QueueBench) -> None:
    await bench.send()
    bench.server.move("g1", "dreaming")
    await bench.until(lambda: bench.only().status_word == "dreaming")
    assert bench.states() == ["waiting"]

    bench.server.move("g1", "succeeded")
    await bench.until(lambda: bench.states() == ["done"])
    assert bench.only().status_word == ""


async def test_rows_that_come_twice_are_one_job(bench: QueueBench) -> None:
    bench.server.doubles = True
    await bench.send()
    bench.server.put(prompt="somebody else's")
    bench.queue.looking = True
    await bench.pass_(30)

    assert bench.states() == ["waiting", "waiting"]


async def test_a_row_that_vanishes_is_of_unknown_end(bench: QueueBench) -> None:
    await bench.send()
    await bench.pass_(6)
    bench.server.hidden.add("g1")
    await bench.until(lambda: bench.states() == ["unknown"])

    assert "how is not known" in bench.only().trouble
    assert bench.server.asked_for("row g1") == 1


async def test_the_history_may_know_how_a_vanished_row_ended(bench: QueueBench) -> None:
    await bench.send()
    await bench.pass_(6)
    bench.server.move("g1", "succeeded")
    rows, bench.server.rows = bench.server.rows, {}
    bench.server.generation = _answering(rows["g1"])  # type: ignore[method-assign,assignment]
    await bench.until(lambda: bench.states() == ["done"])


def _answering(row: Generation) -> Callable[[str], Awaitable[Generation]]:
    async def generation(_: str) -> Generation:
        return row

    return generation


async def test_a_row_that_is_not_listed_yet_has_not_vanished(bench: QueueBench) -> None:
    await bench.send()
    bench.server.hidden.add("g1")
    await bench.pass_(30)
    assert bench.states() == ["waiting"]
    bench.server.hidden.clear()
    await bench.pass_(10)
    assert bench.states() == ["waiting"]
    bench.server.hidden.add("g1")

    await bench.until(lambda: bench.states() == ["unknown"])


async def test_a_row_that_the_list_leaves_out_for_ever_is_asked_for_ever_less(bench: QueueBench) -> None:
    await bench.send()
    bench.server.unlisted.add("g1")
    await bench.pass_(600)

    assert bench.states() == ["waiting"]
    assert 4 <= bench.server.asked_for("row g1") <= 8


@pytest.mark.parametrize("end", ["succeeded", "failed", "cancelled"])
async def test_no_report_takes_a_job_back_from_its_end(bench: QueueBench, end: str) -> None:
    await bench.send(count=2)
    bench.server.move("g1", end)
    await bench.until(lambda: bench.queue.jobs[-1].state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED))
    before = bench.queue.jobs[-1]
    bench.server.move("g1", "processing")
    await bench.pass_(60)

    assert bench.queue.jobs[-1] == before


async def test_a_job_past_its_deadline_says_so_and_is_asked_for_slowly(bench: QueueBench) -> None:
    bench.server.has_events = False
    await bench.send()
    await bench.send(model=FILMER)
    await bench.pass_(290)
    assert not any(job.trouble for job in bench.queue.jobs)
    await bench.pass_(60)
    late = {job.kind: job.trouble for job in bench.queue.jobs}
    assert "longer than 5 minutes" in late["image"]
    assert late["video"] == ""

    await bench.pass_(1800)
    assert all("longer than" in job.trouble for job in bench.queue.jobs)
    bench.server.asked.clear()
    await bench.pass_(600)
    assert 9 <= len(bench.server.asked) <= 11

    bench.server.move("g1", "succeeded")
    await bench.until(lambda: "done" in bench.states())
    assert bench.queue.job(1).trouble == ""  # type: ignore[union-attr]


# --- events


async def test_an_event_is_a_hint_to_read_the_row(bench: QueueBench) -> None:
    await bench.send(model=FILMER)
    await bench.pass_(1)
    assert len(bench.server.streams) == 1
    bench.server.asked.clear()
    bench.server.move("g1", "succeeded")
    bench.server.announce("g1")
    await bench.pass_(0.5)

    assert bench.states() == ["done"]
    assert bench.server.asked[0] == "row g1"


async def test_an_event_that_lies_changes_nothing(bench: QueueBench) -> None:
    await bench.send()
    await bench.pass_(1)
    bench.server.announce("g1")
    bench.server.move("g1", "processing")
    await bench.pass_(1)

    assert bench.states() == ["running"]


async def test_a_server_without_events_is_asked_for_them_once(bench: QueueBench) -> None:
    bench.server.has_events = False
    await bench.send()
    await bench.pass_(300)

    assert bench.server.asked_for("events") == 1


async def test_the_stream_closes_with_the_last_job(bench: QueueBench) -> None:
    await bench.send()
    await bench.pass_(1)
    assert len(bench.server.streams) == 1
    bench.server.move("g1", "cancelled")
    await bench.pass_(60)

    assert bench.server.streams == []


# --- troubles


async def test_a_lost_link_leaves_the_jobs_with_their_age(bench: QueueBench) -> None:
    await bench.send()
    await bench.pass_(10)
    checked = bench.queue.checked_at
    bench.told.clear()
    bench.server.trouble = Unreachable()
    await bench.pass_(100)

    assert str(bench.queue.trouble) == str(Unreachable())
    assert bench.queue.checked_at == checked
    assert bench.states() == ["waiting"]
    assert bench.told == [frozenset()]

    bench.server.trouble = None
    await bench.pass_(130)
    assert bench.queue.trouble is None
    assert bench.queue.checked_at != checked
    assert bench.told == [frozenset(), frozenset()]


async def test_failures_make_it_ask_less(bench: QueueBench) -> None:
    await bench.send()
    bench.server.trouble = ServerFailed(status=500)
    await bench.pass_(1200)

    assert bench.server.asked_for("list") < 18


async def test_it_waits_as_long_as_the_server_asks(bench: QueueBench) -> None:
    await bench.send()
    bench.server.trouble = RateLimited(status=429, retry_after=500)
    await bench.pass_(10)
    bench.server.asked.clear()
    await bench.pass_(480)

    assert bench.server.asked_for("list") == 0


async def test_a_server_without_a_queue_is_left_alone_until_the_user_wants_it(bench: QueueBench) -> None:
    bench.server.trouble = NotFound(status=404)
    bench.queue.looking = True
    await bench.pass_(600)
    assert bench.server.asked_for("list") == 1

    bench.server.trouble = None
    await bench.queue.look_again()
    assert bench.server.asked_for("list") == 2
    assert bench.queue.trouble is None


async def test_a_full_disk_loses_nothing_that_is_known(bench: QueueBench, monkeypatch: pytest.MonkeyPatch) -> None:
    (job,) = await bench.send()
    with monkeypatch.context() as patched:

        async def full(*_: object, **__: object) -> None:
            raise StoreFull("The disk is full", "Free some room.")

        patched.setattr(bench.store.jobs_at_work, "advance", full)
        bench.server.move("g1", "failed", error_message="why")
        await bench.pass_(20)
        assert bench.states() == ["failed"]
        assert (await bench.store.jobs.get(job.id)).state is JobState.WAITING
    bench.queue.looking = True
    await bench.pass_(20)
    assert bench.queue.trouble is None or isinstance(bench.queue.trouble, StoreFull)

    await bench.send()
    assert (await bench.store.jobs.get(job.id)).state is JobState.FAILED


# --- what others began


async def test_jobs_begun_elsewhere_appear_and_are_watched_while_somebody_looks(bench: QueueBench) -> None:
    bench.server.put(prompt="somebody else's", parameters={"seed": 4})
    await bench.pass_(60)
    assert bench.queue.jobs == ()

    bench.queue.looking = True
    await bench.pass_(5)
    found = bench.only()
    assert (found.origin, found.state, found.prompt) == (Origin.ELSEWHERE, JobState.WAITING, "somebody else's")
    assert found.body == {"model": "ox-painter", "prompt": "somebody else's", "seed": 4}

    bench.queue.looking = False
    await bench.pass_(30)
    bench.server.asked.clear()
    await bench.pass_(600)
    assert bench.server.asked == []


async def test_their_results_are_fetched_when_the_user_wants_them(bench: QueueBench) -> None:
    bench.server.put()
    bench.queue.looking = True
    await bench.pass_(5)
    bench.server.move("g1", "succeeded")
    await bench.until(lambda: bench.states() == ["not saved"])
    assert "elsewhere" in bench.only().trouble
    assert bench.results.fetched == []

    (job,) = await bench.queue.retry(bench.only().id)
    assert job.state is JobState.SAVING
    await bench.until(lambda: bench.states() == ["done"])


async def test_their_results_are_fetched_by_themselves_where_the_user_wants_all_of_them(tmp_path: Path) -> None:
    clock = FakeClock()
    server = FakeServer(clock)
    bench = await open_bench(tmp_path / "ox.sqlite3", clock, server, fetch_elsewhere=True)
    await bench.queue.begin()
    server.put()
    server.put()
    await bench.queue.look_again()
    assert bench.states() == ["waiting"] * 2

    server.move("g1", "succeeded")  # nobody looks
    await bench.until(lambda: bench.states() == ["done", "waiting"])
    await close_bench(bench)

    server.move("g2", "succeeded")
    plain = await open_bench(tmp_path / "ox.sqlite3", clock, server)
    await plain.queue.begin()
    await plain.queue.look_again()
    assert plain.states() == ["done", "not saved"]
    await close_bench(plain)

    again = await open_bench(tmp_path / "ox.sqlite3", clock, server, fetch_elsewhere=True)
    await again.queue.begin()
    await again.until(lambda: again.states() == ["done"] * 2)
    await close_bench(again)


async def test_programs_with_servers_of_their_own_ask_each_for_its_own_jobs(tmp_path: Path) -> None:
    clock = FakeClock()
    one, other = FakeServer(clock), FakeServer(clock, first_id=50)
    first = await open_bench(tmp_path / "ox.sqlite3", clock, one, own_server=True)
    second = await open_bench(tmp_path / "ox.sqlite3", clock, other, own_server=True)
    for bench in (first, second):
        await bench.queue.begin()
        bench.queue.looking = True
        await bench.send()
    await first.pass_(600)
    assert first.states() == second.states() == ["waiting"] * 2

    other.move("g50", "succeeded")
    await first.until(lambda: first.states() == second.states() == ["waiting", "done"])
    one.move("g1", "succeeded")
    await first.until(lambda: first.states() == second.states() == ["done"] * 2)
    assert "row g50" not in one.asked
    assert "row g1" not in other.asked

    await second.send()
    await close_bench(second)  # and its server ends with it
    await first.until(lambda: first.states()[-1] == "unknown", 900)
    await close_bench(first)


async def test_a_job_that_is_being_sent_is_not_taken_for_somebody_elses(bench: QueueBench) -> None:
    bench.queue.looking = True
    bench.server.answers = [Lose(CutOff())]
    await bench.send()
    await bench.queue.look_again()
    assert len(bench.queue.jobs) == 1

    await bench.until(lambda: bench.states() == ["waiting"])
    assert bench.only().origin is Origin.FORM


async def test_one_that_was_given_up_is_known_again_when_it_turns_up(bench: QueueBench) -> None:
    bench.queue.looking = True
    bench.server.answers = [Lose(CutOff())]
    bench.server.unlisted.add("g1")
    await bench.send()
    await bench.until(lambda: bench.states() == ["unknown"])
    bench.server.unlisted.clear()

    await bench.until(lambda: bench.states() == ["waiting"])
    assert (bench.only().origin, bench.only().trouble, bench.only().ended_at) == (Origin.FORM, "", None)


# --- what the user does


async def test_a_cancel_is_believed_when_the_row_says_so(bench: QueueBench) -> None:
    jobs = await bench.send(count=2)

    assert await bench.queue.cancel(ids(jobs)) == {}
    assert bench.states() == ["cancelled", "cancelled"]


async def test_a_cancel_that_loses_the_race_says_what_became_of_the_job(bench: QueueBench) -> None:
    jobs = await bench.send(count=4)
    bench.server.late_cancels = True
    bench.server.move("g1", "succeeded")
    bench.server.move("g2", "failed")
    bench.server.move("g3", "cancelled")
    said = await bench.queue.cancel(ids(jobs))

    assert "succeeded" in said[jobs[0].id]
    assert "billed" in said[jobs[0].id]
    assert "failed" in said[jobs[1].id]
    assert jobs[2].id not in said
    assert "still lists it" in said[jobs[3].id]
    await bench.until(lambda: bench.states() == ["done", "failed", "cancelled", "waiting"])


async def test_a_row_that_is_gone_after_the_cancel_was_cancelled(bench: QueueBench) -> None:
    (job,) = await bench.send()
    await bench.pass_(6)
    queue_row = bench.server.queue_row

    async def gone(generation_id: str) -> Generation:
        bench.server.hidden.add(generation_id)
        return await queue_row(generation_id)

    bench.server.queue_row = gone  # type: ignore[method-assign]

    assert await bench.queue.cancel([job.id]) == {}
    assert bench.states() == ["cancelled"]


async def test_a_cancel_of_a_row_that_the_server_does_not_know_is_said(bench: QueueBench) -> None:
    (job,) = await bench.send()
    await bench.pass_(6)
    bench.server.hidden.add("g1")

    said = await bench.queue.cancel([job.id])

    assert "not known" in said[job.id]
    assert bench.states() == ["unknown"]


async def test_a_cancel_without_a_link_is_said(bench: QueueBench) -> None:
    (job,) = await bench.send()
    bench.server.trouble = Unreachable()

    assert "Cannot reach" in (await bench.queue.cancel([job.id]))[job.id]
    assert bench.states() == ["waiting"]


async def test_what_has_ended_can_be_taken_out_of_the_list(bench: QueueBench) -> None:
    first, second = await bench.send(count=2)
    bench.server.move("g1", "cancelled")
    await bench.until(lambda: bench.states() == ["cancelled", "waiting"])

    await bench.queue.remove([first.id, second.id])

    assert bench.only().id == second.id
    assert bench.queue.job(first.id) is None
    bench.queue.looking = True
    await bench.pass_(30)
    assert bench.only().id == second.id


async def test_the_same_request_can_be_made_once_more(bench: QueueBench) -> None:
    (job,) = await bench.queue.send(
        {"prompt": "an ox", "seed": 3}, model=FILMER, estimate=0.5, parents=[8], message_id=2
    )
    assert await bench.queue.retry(job.id) == ()
    bench.server.move("g1", "failed")
    await bench.until(lambda: bench.states() == ["failed"])

    (again,) = await bench.queue.retry(job.id)

    assert again.id != job.id
    assert (again.body, again.estimate, again.parents, again.message_id) == (job.body, 0.5, (8,), 2)
    assert bench.server.bodies[1] == {"model": "ox-filmer", "prompt": "an ox", "seed": 3}


async def test_times_are_typical_from_three_runs_on(bench: QueueBench) -> None:
    for seconds in (10, 20, 40):
        assert bench.queue.typical("ox-painter", "image") is None
        (job,) = await bench.send()
        await bench.pass_(seconds)
        bench.server.move(str(job.generation_id), "succeeded")
        await bench.pass_(10)

    typical = bench.queue.typical("ox-painter", "image")
    assert typical is not None
    assert (typical.median, typical.slow, typical.runs) == (20, 40, 3)


async def test_what_was_charged_is_known_as_soon_as_it_is_on_the_disk(bench: QueueBench) -> None:
    (job,) = await bench.send()
    await bench.store.spending.learn({"g1": 0.5})
    bench.server.move("g1", "succeeded")
    await bench.until(lambda: bench.states() == ["done"])
    await bench.pass_(15)

    assert bench.only().cost == 0.5
    assert (await bench.store.jobs.get(job.id)).cost == 0.5
