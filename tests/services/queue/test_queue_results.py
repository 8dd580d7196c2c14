"""Results are fetched when they are made, whoever looks; after a restart too, and by one program only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from oxen_tui.api.errors import Unreachable
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.store.job import Job, JobState
from tests.services.fake_queue import (
    NOON,
    FakeClock,
    FakeServer,
    Hang,
    QueueBench,
    close_bench,
    ids,
    open_bench,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ox.sqlite3"


@pytest.fixture
async def bench(path: Path) -> AsyncIterator[QueueBench]:
    clock = FakeClock()
    opened = await open_bench(path, clock, FakeServer(clock))
    await opened.queue.begin()
    yield opened
    await close_bench(opened)


async def succeeded(bench: QueueBench, count: int = 1) -> tuple[Job, ...]:
    """Jobs that the server has made and nobody has heard of yet."""
    jobs = await bench.send(count=count)
    for job in jobs:
        bench.server.move(str(job.generation_id), "succeeded")
    return jobs


async def test_three_results_are_fetched_at_once(bench: QueueBench) -> None:
    gates = [asyncio.Event() for _ in range(4)]
    bench.results.answers = list(gates)
    await succeeded(bench, 4)
    await bench.pass_(6)
    assert len(bench.results.fetched) == 3

    gates[1].set()
    await bench.settle()
    assert len(bench.results.fetched) == 4
    for gate in gates:
        gate.set()
    await bench.until(lambda: bench.states() == ["done"] * 4)


async def test_progress_is_known_while_a_result_is_on_its_way(bench: QueueBench) -> None:
    gate = asyncio.Event()
    bench.results.answers = [gate]
    (job,) = await succeeded(bench)
    await bench.pass_(6)
    assert bench.states() == ["saving"]
    assert bench.queue.progress(job.id) == (5, 10)

    gate.set()
    await bench.until(lambda: bench.states() == ["done"])
    assert bench.queue.progress(job.id) is None


async def test_an_address_that_expired_is_refreshed_once(bench: QueueBench) -> None:
    bench.results.answers = [NotSaved("expired", expired=True)]
    (job,) = await succeeded(bench)
    await bench.pass_(6)

    assert bench.states() == ["done"]
    assert bench.results.fetched == [(job.id, "https://r/g1.png")] * 2
    assert bench.server.asked_for("row g1") == 2  # one for the end, one for the address


async def test_what_cannot_be_kept_is_tried_again_and_then_left_to_the_user(bench: QueueBench) -> None:
    bench.results.answers = [NotSaved("no room") for _ in range(4)]
    (job,) = await succeeded(bench)
    await bench.pass_(1)
    assert "no room" in bench.only().trouble
    assert "5 s" in bench.only().trouble
    await bench.until(lambda: bench.states() == ["not saved"])
    assert (bench.only().trouble, bench.only().retryable, bench.only().result_url) == (
        *("no room", True, "https://r/g1.png"),
    )
    assert len(bench.results.fetched) == 4

    assert await bench.queue.retry(job.id) != ()
    await bench.until(lambda: bench.states() == ["done"])
    assert bench.only().trouble == ""
    assert bench.server.asked_for("enqueue") == 1


async def test_what_no_retry_can_help_is_not_tried_again(bench: QueueBench) -> None:
    bench.results.answers = [NotSaved("no picture", may_retry=False)]
    await succeeded(bench)
    await bench.pass_(200)

    assert (bench.only().state, bench.only().retryable) == (JobState.NOT_SAVED, False)
    assert len(bench.results.fetched) == 1


async def test_a_success_without_an_address_is_asked_for_one(bench: QueueBench) -> None:
    await bench.send()
    bench.server.move("g1", "succeeded", result_url=None)
    await bench.pass_(6)
    assert "no address" in bench.only().trouble

    bench.server.move("g1", "succeeded")
    await bench.until(lambda: bench.states() == ["done"])


# --- after a restart


async def test_all_that_was_under_way_is_taken_up_again(bench: QueueBench, path: Path) -> None:
    first, second, third, fourth = await bench.send(count=4)
    await bench.pass_(6)
    await bench.queue.close()
    bench.server.move(str(first.generation_id), "succeeded")
    bench.server.move(str(second.generation_id), "failed", error_message="why")
    bench.server.hidden.add(str(third.generation_id))

    again = await open_bench(path, bench.clock, bench.server)
    await again.queue.begin()
    await again.pass_(120)

    assert again.states() == ["done", "failed", "unknown", "waiting"]
    assert ids(sorted(again.queue.jobs, key=lambda job: job.id)) == ids([first, second, third, fourth])
    await close_bench(again)


async def test_a_request_whose_program_was_killed_is_found(path: Path) -> None:
    clock = FakeClock()
    server = FakeServer(clock)
    killed = await open_bench(path, clock, server)
    server.answers = [Hang(asyncio.Event())]
    sending = asyncio.create_task(killed.send(count=2))
    await killed.until(lambda: server.asked_for("enqueue") == 1)
    killed.store._instance.end()  # what the kernel does when a program dies

    again = await open_bench(path, clock, server)
    await again.queue.begin()
    assert again.states() == ["sending", "sending"]
    assert "ended while" in again.queue.jobs[0].trouble
    await again.until(lambda: again.states() == ["waiting", "waiting"])

    assert server.asked_for("enqueue") == 1
    assert len(server.rows) == 2
    await close_bench(again)
    await _bury(killed, sending)


async def test_what_was_never_sent_says_so(path: Path) -> None:
    clock = FakeClock()
    bench = await open_bench(path, clock, FakeServer(clock))
    draft = Job(0, 0, 0, "ox-painter", "image", JobState.SENDING, NOON)
    killed = await open_bench(path, clock, bench.server)
    await killed.store.jobs.add([draft, replace(draft, sent_at=NOON, sync=True)])
    await killed.store.close()

    await bench.queue.begin()
    assert bench.states() == ["failed", "sending"]
    unsent = bench.queue.jobs[-1]
    assert (unsent.billed, "never sent" in unsent.trouble) == (False, True)

    await bench.until(lambda: bench.states() == ["failed", "unknown"])
    assert "billed" in bench.queue.jobs[0].trouble
    await close_bench(bench)


async def test_results_that_did_not_come_are_tried_again_at_the_start(bench: QueueBench, path: Path) -> None:
    bench.results.answers = [NotSaved("no room") for _ in range(4)]
    await succeeded(bench)
    await bench.until(lambda: bench.states() == ["not saved"])
    await bench.queue.close()

    again = await open_bench(path, bench.clock, bench.server)
    await again.queue.begin()
    await again.until(lambda: again.states() == ["done"])
    await close_bench(again)


async def test_a_result_on_its_way_at_the_end_is_fetched_at_the_next_start(path: Path) -> None:
    clock = FakeClock()
    bench = await open_bench(path, clock, FakeServer(clock))
    bench.results.answers = [asyncio.Event()]
    await succeeded(bench)
    await bench.pass_(6)
    await close_bench(bench)

    again = await open_bench(path, clock, bench.server)
    await again.queue.begin()
    await again.until(lambda: again.states() == ["done"])
    assert len(again.results.fetched) == 1
    await close_bench(again)


async def test_the_end_waits_a_moment_for_an_answer_on_its_way(path: Path) -> None:
    clock = FakeClock()
    bench = await open_bench(path, clock, FakeServer(clock))
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)
    closing = asyncio.create_task(bench.queue.close())
    await bench.settle()
    answer.set()
    await closing
    (job,) = await sending

    assert (await bench.store.jobs.get(job.id)).generation_id == "g1"
    await bench.store.close()


# --- two programs


@pytest.fixture
async def other(bench: QueueBench, path: Path) -> AsyncIterator[QueueBench]:
    """Another running program with the same store and server."""
    opened = await open_bench(path, bench.clock, bench.server)
    await opened.queue.begin()
    yield opened
    await close_bench(opened)


async def test_of_two_programs_one_asks_and_fetches_and_both_know(bench: QueueBench, other: QueueBench) -> None:
    bench.server.has_events = False
    await bench.send()
    await other.send()
    bench.queue.looking = other.queue.looking = True
    await bench.pass_(20)
    assert bench.states() == other.states() == ["waiting", "waiting"]
    bench.server.asked.clear()
    await bench.pass_(30)
    assert 5 <= bench.server.asked_for("list") <= 15

    bench.server.move("g1", "succeeded")
    bench.server.move("g2", "succeeded")
    await bench.pass_(12)

    assert bench.states() == other.states() == ["done", "done"]
    assert sorted([*bench.results.fetched, *other.results.fetched]) == [
        (1, "https://r/g1.png"),
        (2, "https://r/g2.png"),
    ]
    assert not bench.results.fetched or not other.results.fetched


async def test_the_other_takes_over_when_the_one_that_asks_ends(bench: QueueBench, path: Path) -> None:
    ending = await open_bench(path, bench.clock, bench.server)
    await ending.queue.begin()
    await ending.send()
    await ending.pass_(6)
    await bench.pass_(12)
    await close_bench(ending)
    bench.server.move("g1", "succeeded")
    await bench.pass_(20)

    assert bench.states() == ["done"]
    assert len(bench.results.fetched) == 1


async def test_a_trouble_of_the_one_that_asks_is_said_by_both(bench: QueueBench, other: QueueBench) -> None:
    await bench.send()
    await bench.pass_(12)
    bench.server.trouble = Unreachable()
    await bench.pass_(60)

    assert {each.queue.trouble and each.queue.trouble.title for each in (bench, other)} == {Unreachable().title}
    bench.server.trouble = None
    await bench.pass_(200)
    assert [each.queue.trouble for each in (bench, other)] == [None, None]


async def test_a_request_under_way_is_not_taken_for_an_orphan(bench: QueueBench, other: QueueBench) -> None:
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)
    other.queue.looking = True
    await other.pass_(60)
    assert other.states() == ["sending"]

    answer.set()
    await sending
    await other.pass_(5)
    assert other.states() == ["waiting"]
    assert len(await bench.store.jobs.shown()) == 1


async def _bury(killed: QueueBench, sending: asyncio.Task[tuple[Job, ...]]) -> None:
    """Tidies up after a program that could not do so itself."""
    sending.cancel()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        if "Sending" in str(task.get_coro()) or "Watching" in str(task.get_coro()):
            task.cancel()
    await asyncio.sleep(0)
    await killed.store._database.close()
