"""What a report makes of a job, which rows may be lost jobs, and how long to wait: the parts without a wire."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.generation import Generation, GenerationStatus
from oxen_tui.services.queue.matching import matched
from oxen_tui.services.queue.pace import Circumstances, spacing
from oxen_tui.services.queue.reports import found_elsewhere, late, reported, vanished
from oxen_tui.services.queue.typical_time import Typical, TypicalTimes
from oxen_tui.store.job import Job, JobState, Origin
from tests.services.fake_queue import NOON

JOB = Job(
    *(1, 1, 0, "ox-painter", "image", JobState.WAITING, NOON, {"model": "ox-painter", "prompt": "an ox"}, "an ox"),
    generation_id="g",
    sent_at=NOON,
)
ROW = Generation("g", GenerationStatus.QUEUED, "ox-painter", "image", "an ox", enqueued_at=NOON)
STATUSES = st.sampled_from(GenerationStatus)


@given(st.sampled_from(JobState), st.lists(STATUSES, max_size=8))
def test_no_row_of_reports_takes_a_job_back_from_its_end(state: JobState, statuses: list[GenerationStatus]) -> None:
    job = replace(JOB, state=state)
    for status in statuses:
        before, job = job, reported(job, replace(ROW, status=status), NOON)
        if before.state.has_ended and before.state is not JobState.UNKNOWN:
            assert job is before


@given(st.lists(STATUSES, max_size=8))
def test_the_same_report_twice_is_no_news(statuses: list[GenerationStatus]) -> None:
    job = JOB
    for status in statuses:
        row = replace(ROW, status=status)
        job = reported(job, row, NOON)
        assert reported(job, row, NOON + timedelta(minutes=1)) is job


def test_durations_are_measured_by_one_clock() -> None:
    ended = replace(ROW, status=GenerationStatus.SUCCEEDED, completed_at=NOON + timedelta(seconds=8))
    assert reported(JOB, ended, NOON + timedelta(hours=1)).took == 8
    unsaid = replace(ended, enqueued_at=None, completed_at=None)
    assert reported(JOB, unsaid, NOON + timedelta(seconds=9)).took == 9
    assert reported(JOB, replace(ended, enqueued_at=None), NOON + timedelta(seconds=9)).took is None
    assert reported(JOB, replace(ended, enqueued_at=NOON + timedelta(hours=1)), NOON).took is None


def test_what_others_began_keeps_its_request() -> None:
    row = replace(
        ROW,
        prompt=None,
        parameters={"multi_prompt": [{"prompt": "dawn"}]},
        media_type="strange",
        target_namespace="x",
    )
    job = found_elsewhere(row, "video", NOON)

    assert (job.kind, job.prompt, job.origin, job.namespace) == ("video", "dawn", Origin.ELSEWHERE, "x")
    assert job.body == {"model": "ox-painter", "multi_prompt": [{"prompt": "dawn"}], "target_namespace": "x"}


def test_only_what_ran_can_vanish_or_be_late() -> None:
    done = replace(JOB, state=JobState.DONE)
    assert vanished(done, NOON) is done
    assert late(done, NOON + timedelta(days=1)) is done
    assert late(JOB, NOON + timedelta(minutes=4)) is JOB


# --- which row it is


def lost(number: int = 1, **body: Any) -> Job:
    kept = {"model": "ox-painter", "prompt": "an ox", **body}
    return replace(JOB, id=number, state=JobState.SENDING, generation_id=None, body=kept)


def row(name: str = "g", seconds: float = 1, **fields: Any) -> Generation:
    return replace(ROW, **{"id": name, "enqueued_at": NOON + timedelta(seconds=seconds), **fields})


@pytest.mark.parametrize(
    ("job", "found"),
    [
        (lost(), row()),
        (lost(seed=3), row(parameters={"seed": 3, "more": 1})),
        (lost(seed=3), row(parameters={"seed": 3.0})),
        (lost(seed=3), row()),
        (lost(prompt="a\x1bn ox"), row(prompt="a␛n ox")),
        (lost(num_generations=4, target_namespace="a"), row(parameters={"target_namespace": "b"})),
        (lost(input_image="file:///ox.png"), row(parameters={"input_image": "https://cdn/x"})),
        (lost(shots=[{"image": "data:,x", "n": 1}]), row(parameters={"shots": [{"image": "https://y", "n": 1}]})),
        (lost(), row(enqueued_at=None)),
        (lost(), row(seconds=-170)),
        (lost(), row(seconds=590)),
    ],
)
def test_a_row_that_fits_is_the_lost_job(job: Job, found: Generation) -> None:
    assert matched([job], [found], ()) == {1: found}


@pytest.mark.parametrize(
    "found",
    [
        row(model="another"),
        row(prompt="another"),
        row(parameters={"seed": 4}),
        row(parameters={"size": [1, 2, 3]}),
        row(seconds=-190),
        row(seconds=610),
    ],
)
def test_a_row_that_differs_is_not(found: Generation) -> None:
    assert matched([lost(seed=3, size=[1, 2])], [found], ()) == {}


def test_known_rows_and_doubles_are_nobodys() -> None:
    assert matched([lost(1), lost(2)], [row("a"), row("a"), row("b")], {"b"}) == {1: row("a")}


def test_of_several_the_nearest_in_time_is_taken() -> None:
    first = lost(1)
    second = replace(lost(2), sent_at=NOON + timedelta(seconds=60))

    assert matched([second, first], [row("late", 61), row("early", 1)], ()) == {
        1: row("early", 1),
        2: row("late", 61),
    }


# --- pace


@pytest.mark.parametrize(
    ("kind", "age", "around", "seconds"),
    [
        ("image", 0, Circumstances(looking=True), 2),
        ("image", 35, Circumstances(looking=True), 3.5),
        ("image", 200, Circumstances(looking=True), 5),
        ("image", 0, Circumstances(), 5),
        ("image", 301, Circumstances(), 60),
        ("video", 0, Circumstances(looking=True), 10),
        ("video", 600, Circumstances(looking=True), 30),
        ("video", 0, Circumstances(streaming=True), 90),
        ("audio", 0, Circumstances(looking=True), 2),
        ("image", 0, Circumstances(failures=2), 20),
        ("image", 0, Circumstances(failures=20), 120),
        ("image", 301, Circumstances(failures=20, streaming=True), 180),
        ("image", 0, Circumstances(asked_to_wait=77), 77),
    ],
)
def test_the_pause_fits(kind: str, age: float, around: Circumstances, seconds: float) -> None:
    assert spacing([replace(JOB, kind=kind)], NOON + timedelta(seconds=age), around) == seconds


def test_the_most_pressing_job_sets_the_pace() -> None:
    jobs = [replace(JOB, kind="video"), JOB]
    assert spacing(jobs, NOON, Circumstances(looking=True)) == 2


def test_without_jobs_and_looks_there_is_no_pace() -> None:
    assert spacing([], NOON, Circumstances(failures=3)) is None
    assert spacing([], NOON, Circumstances(looking=True)) == 15


# --- typical times


def test_three_runs_tell_how_long_it_takes() -> None:
    times = TypicalTimes()
    times.learn("m", "image", [1, 2])
    assert times.typical("m", "image") is None
    times.learn("m", "image", [30])

    assert times.typical("m", "image") == Typical(2, 30, 3)
    assert times.typical("m", "video") is None


def test_the_last_fifty_count() -> None:
    times = TypicalTimes()
    times.learn("m", "image", [1000.0] * 50)
    times.learn("m", "image", [float(n) for n in range(50)])

    assert times.typical("m", "image") == Typical(24.5, 44, 50)
