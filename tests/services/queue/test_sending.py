"""Sending costs money: once on the disk, once over the wire, and never again by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from oxen_tui.api.errors import (
    ApiError,
    BadRequest,
    CutOff,
    Forbidden,
    InvalidKey,
    ModelNotFound,
    NotAnApi,
    OutOfCredits,
    RateLimited,
    ServerFailed,
    TimedOut,
    Unreachable,
)
from oxen_tui.api.generation import MediaResult
from oxen_tui.store.errors import StoreFull
from oxen_tui.store.job import JobState, Origin
from tests.services.fake_queue import (
    NOON,
    PAINTER,
    FakeClock,
    FakeServer,
    Hang,
    Lose,
    Pause,
    QueueBench,
    Refuse,
    close_bench,
    open_bench,
)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[QueueBench]:
    clock = FakeClock()
    opened = await open_bench(tmp_path / "ox.sqlite3", clock, FakeServer(clock))
    yield opened
    await close_bench(opened)


async def test_a_request_becomes_jobs_in_the_order_of_the_answer(bench: QueueBench) -> None:
    body = {"model": "ox-painter", "prompt": "an ox", "seed": 7, "num_generations": 3, "target_namespace": "ada"}
    jobs = await bench.queue.send(body, model=PAINTER, count=3, estimate=0.3, parents=[9], message_id=4)

    assert [job.generation_id for job in jobs] == ["g1", "g2", "g3"]
    assert bench.server.bodies == [body]
    assert [(job.state, job.batch, job.place_in_batch) for job in jobs] == [
        (JobState.WAITING, jobs[0].id, place) for place in range(3)
    ]
    first = jobs[0]
    assert first.body == {"model": "ox-painter", "prompt": "an ox", "seed": 7, "target_namespace": "ada"}
    assert (first.prompt, first.namespace, first.parents, first.message_id) == ("an ox", "ada", (9,), 4)
    assert first.estimate == pytest.approx(0.1)
    assert (first.kind, first.sent_at) == ("image", NOON)


async def test_one_generation_is_asked_for_without_a_number(bench: QueueBench) -> None:
    await bench.queue.send({"prompt": "an ox", "num_generations": 1}, model=PAINTER)

    assert bench.server.bodies == [{"model": "ox-painter", "prompt": "an ox"}]


async def test_what_is_kept_and_what_goes_over_the_wire_may_differ(bench: QueueBench) -> None:
    (job,) = await bench.queue.send(
        {"input_image": "file:///ox.png"}, model=PAINTER, wire_body={"input_image": "data:image/png;base64,AA=="}
    )

    assert bench.server.bodies[0]["input_image"].startswith("data:")
    assert job.body == {"input_image": "file:///ox.png"}


async def test_the_words_of_several_shots_are_the_prompt(bench: QueueBench) -> None:
    (job,) = await bench.queue.send({"multi_prompt": [{"prompt": "dawn"}, {"prompt": "dusk"}]}, model=PAINTER)

    assert job.prompt == "dawn / dusk"


@pytest.mark.parametrize("count", [0, 5])
async def test_no_more_can_be_asked_for_than_a_request_may_hold(bench: QueueBench, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        await bench.send(count=count)
    assert bench.server.asked_for("enqueue") == 0


async def test_jobs_are_on_the_disk_before_anything_is_sent(bench: QueueBench) -> None:
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer)]
    sending = asyncio.create_task(bench.send(count=2))
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)

    kept = await bench.store.jobs.shown()
    assert [(job.state, job.sent_at, job.generation_id) for job in kept] == [(JobState.SENDING, NOON, None)] * 2
    answer.set()
    await sending


async def test_nothing_is_sent_that_cannot_be_written_down(
    bench: QueueBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreFull("The disk is full", "Free some room.")

    monkeypatch.setattr(bench.store.jobs, "add", full)

    with pytest.raises(StoreFull):
        await bench.send()
    assert bench.server.asked_for("enqueue") == 0
    assert bench.queue.jobs == ()


async def test_nothing_is_sent_whose_sending_cannot_be_noted(
    bench: QueueBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.queue.begin()
    advance = bench.store.jobs_at_work.advance

    async def full(*_: object) -> None:
        raise StoreFull("The disk is full", "Free some room.")

    monkeypatch.setattr(bench.store.jobs_at_work, "advance", full)
    with pytest.raises(StoreFull):
        await bench.send()
    monkeypatch.setattr(bench.store.jobs_at_work, "advance", advance)

    assert bench.server.asked_for("enqueue") == 0
    assert (bench.only().state, bench.only().billed) == (JobState.FAILED, False)


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("no such field", status=400),
        InvalidKey(status=401),
        OutOfCredits(status=402),
        Forbidden(status=403),
        ModelNotFound(status=404),
        BadRequest(status=422),
        RateLimited(status=429, retry_after=300),
        Unreachable(),
        OutOfCredits("Insufficient credits", status=500),
    ],
    ids=lambda error: f"{type(error).__name__}-{error.status}",
)
async def test_a_refusal_is_the_end_and_costs_nothing(bench: QueueBench, error: ApiError) -> None:
    bench.server.answers = [Refuse(error)]
    jobs = await bench.send(count=2)

    assert [(job.state, job.billed) for job in jobs] == [(JobState.FAILED, False)] * 2
    assert error.title in jobs[0].trouble
    assert error.server_text in jobs[0].trouble
    await bench.pass_(120)
    assert bench.server.asked_for("enqueue") == 1


async def test_a_long_wait_that_the_server_asks_for_is_told(bench: QueueBench) -> None:
    bench.server.answers = [Refuse(RateLimited(status=429, retry_after=300))]
    (job,) = await bench.send()

    assert "300 s" in job.trouble
    assert job.retryable


LOST = [ServerFailed(status=500), ServerFailed(status=503), TimedOut(), CutOff(), NotAnApi(), BadRequest(status=408)]


@pytest.mark.parametrize("error", LOST, ids=lambda error: f"{type(error).__name__}-{error.status}")
async def test_what_may_have_been_accepted_is_looked_for_and_found(bench: QueueBench, error: ApiError) -> None:
    bench.server.answers = [Lose(error)]
    jobs = await bench.send(count=2)
    assert [job.state for job in jobs] == [JobState.SENDING] * 2
    assert "looking for it" in jobs[0].trouble

    await bench.until(lambda: bench.states() == ["waiting", "waiting"])

    assert {job.generation_id for job in bench.queue.jobs} == {"g1", "g2"}
    assert not any(job.trouble for job in bench.queue.jobs)
    assert bench.server.asked_for("enqueue") == 1


@pytest.mark.parametrize("error", LOST, ids=lambda error: f"{type(error).__name__}-{error.status}")
async def test_what_is_found_nowhere_is_unknown_and_not_sent_again(bench: QueueBench, error: ApiError) -> None:
    bench.server.answers = [Refuse(error)]
    await bench.send()
    await bench.until(lambda: bench.states() == ["unknown"])

    assert "not sent again" in bench.only().trouble
    assert bench.only().billed is None
    assert bench.clock.now() - NOON > timedelta(seconds=40)
    await bench.pass_(600)
    assert bench.server.asked_for("enqueue") == 1


async def test_an_empty_answer_is_a_failure_after_a_look(bench: QueueBench) -> None:
    bench.server.answers = [Refuse(ServerFailed("nothing was queued"))]
    await bench.send()
    assert bench.states() == ["sending"]

    await bench.until(lambda: bench.states() == ["failed"])

    assert "nothing was queued" in bench.only().trouble
    assert {"list", "list succeeded", "list failed", "list cancelled", "history"} <= set(bench.server.asked)
    assert bench.server.asked_for("enqueue") == 1


async def test_an_empty_answer_that_was_accepted_all_the_same_is_found(bench: QueueBench) -> None:
    bench.server.answers = [Lose(ServerFailed("nothing was queued"))]
    await bench.send()

    await bench.until(lambda: bench.states() == ["waiting"])


async def test_one_that_ended_before_it_was_looked_for_is_found_and_fetched(bench: QueueBench) -> None:
    bench.server.answers = [Lose(CutOff())]
    await bench.send()
    bench.server.move("g1", "succeeded")

    await bench.until(lambda: bench.states() == ["done"])

    assert bench.results.fetched == [(bench.only().id, "https://r/g1.png")]


async def test_an_answer_with_too_few_rows_is_said(bench: QueueBench) -> None:
    bench.server.answers = [2]
    jobs = await bench.send(count=3)
    assert [job.generation_id for job in jobs] == ["g1", "g2", None]

    await bench.until(lambda: bench.states() == ["waiting", "waiting", "failed"])

    assert "only 2 of 3" in bench.queue.jobs[0].trouble or "only 2 of 3" in bench.queue.jobs[-1].trouble


async def test_rows_that_nobody_asked_for_are_kept_too(bench: QueueBench) -> None:
    bench.server.answers = [3]
    (job,) = await bench.send()

    assert [(each.generation_id, each.batch) for each in sorted(bench.queue.jobs, key=lambda each: each.id)] == [
        (name, job.batch) for name in ("g1", "g2", "g3")
    ]


async def test_a_pause_before_it_is_sent_once_more_is_told(bench: QueueBench) -> None:
    bench.server.answers = [Pause(RateLimited(status=429), 9)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bool(bench.queue.jobs) and "9 s" in bench.only().trouble)
    await bench.pass_(10)
    (job,) = await sending

    assert (job.state, job.trouble) == (JobState.WAITING, "")


async def test_a_request_that_waits_to_be_sent_can_be_stopped(bench: QueueBench) -> None:
    bench.server.answers = [Pause(RateLimited(status=429), 90)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bool(bench.queue.jobs) and "90 s" in bench.only().trouble)

    assert await bench.queue.cancel([bench.only().id]) == {}
    (job,) = await sending

    assert (job.state, job.billed) == (JobState.CANCELLED, False)
    await bench.pass_(120)
    assert bench.server.rows == {}


async def test_a_request_that_waits_to_be_sent_at_the_end_is_stopped(bench: QueueBench) -> None:
    bench.server.answers = [Pause(RateLimited(status=429), 90)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bool(bench.queue.jobs) and "90 s" in bench.only().trouble)

    await bench.queue.close()
    (job,) = await sending

    assert (await bench.store.jobs.get(job.id)).state is JobState.CANCELLED


async def test_a_request_under_way_cannot_be_stopped_and_says_so(bench: QueueBench) -> None:
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)

    said = await bench.queue.cancel([bench.only().id])

    assert "being sent" in said[bench.only().id]
    answer.set()
    await sending


async def test_whoever_stops_waiting_does_not_stop_the_sending(bench: QueueBench) -> None:
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer)]
    sending = asyncio.create_task(bench.send())
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)
    sending.cancel()
    answer.set()

    await bench.until(lambda: bench.states() == ["waiting"])


async def test_two_equal_requests_of_which_one_is_lost_are_not_mixed_up(bench: QueueBench) -> None:
    answer = asyncio.Event()
    bench.server.answers = [Hang(answer), Lose(CutOff())]
    first = asyncio.create_task(bench.send())
    await bench.until(lambda: bench.server.asked_for("enqueue") == 1)
    await bench.send()
    await bench.pass_(20)
    assert bench.states() == ["sending", "sending"]
    answer.set()
    await first

    await bench.until(lambda: bench.states() == ["waiting", "waiting"])

    assert sorted((job.id, job.generation_id) for job in bench.queue.jobs) == [(1, "g1"), (2, "g2")]


# --- calls that wait


async def test_a_picture_can_be_waited_for(bench: QueueBench) -> None:
    (job,) = await bench.send(sync=True)
    await bench.until(lambda: bench.states() == ["done"])

    assert bench.server.asked_for("generate") == 1
    assert bench.results.fetched == [(job.id, "https://r/once.png")]
    assert (job.sync, job.origin) == (True, Origin.FORM)


async def test_a_request_with_a_picture_in_it_goes_to_the_editing_call(bench: QueueBench) -> None:
    body = {"prompt": "https://not.a.picture", "input_image": ["data:image/png;base64,AA=="]}
    await bench.queue.send(body, model=PAINTER, sync=True)
    await bench.queue.send({"prompt": "https://not.a.picture"}, model=PAINTER, sync=True)

    assert [word for word in bench.server.asked if word in ("edit", "generate")] == ["edit", "generate"]


async def test_bytes_in_the_answer_are_not_fetched_again(bench: QueueBench) -> None:
    bench.server.at_once = MediaResult(None, b"picture")
    await bench.send(sync=True)
    await bench.until(lambda: bench.states() == ["done"])

    assert bench.results.data == [b"picture"]


async def test_several_pictures_are_several_calls(bench: QueueBench) -> None:
    jobs = await bench.send(sync=True, count=3, estimate=0.3)

    assert bench.server.asked_for("generate") == 3
    assert len({job.batch for job in jobs}) == 3
    assert jobs[0].estimate == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("error", "state", "billed"),
    [
        (BadRequest(status=400), JobState.FAILED, False),
        (RateLimited(status=429), JobState.FAILED, False),
        (Unreachable(), JobState.FAILED, False),
        (ServerFailed(status=500), JobState.FAILED, None),
        (ServerFailed(status=504), JobState.UNKNOWN, None),
        (CutOff(), JobState.UNKNOWN, None),
        (TimedOut(), JobState.UNKNOWN, None),
    ],
    ids=lambda value: f"{type(value).__name__}-{value.status}" if isinstance(value, ApiError) else str(value),
)
async def test_a_call_that_breaks_off_may_have_been_billed(
    bench: QueueBench, error: ApiError, state: JobState, billed: bool | None
) -> None:
    bench.server.at_once = error
    (job,) = await bench.send(sync=True)

    assert (job.state, job.billed) == (state, billed)
    assert error.title in job.trouble
    assert billed is False or "billed" in job.trouble
    await bench.pass_(60)
    assert bench.server.asked_for("generate") == 1


async def test_clips_always_go_through_the_queue(bench: QueueBench) -> None:
    from tests.services.fake_queue import FILMER

    (job,) = await bench.send(model=FILMER, sync=True)

    assert (job.sync, job.kind, bench.server.asked_for("enqueue")) == (False, "video", 1)
