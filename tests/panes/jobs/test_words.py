"""What a row of the queue says: time, money, what is left, what went wrong."""

from __future__ import annotations

from typing import Any

import pytest

from oxen_tui.panes.jobs.units import Unit
from oxen_tui.panes.jobs.words import price, row_of, under_way
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import JobState
from oxen_tui.widgets.jobs.row import JobRow
from tests.panes.jobs_made import NOW, FakeQueue, ago, job

S = JobState


def row(
    state: JobState, seconds: float = 72, queue: FakeQueue | None = None, stale: str = "", **fields: Any
) -> JobRow:
    unit = Unit("1", (job(1, state, seconds, **fields),))
    return row_of(unit, NOW, queue or FakeQueue(), stale=stale)


def usual(median: float = 120, slow: float = 170) -> FakeQueue:
    queue = FakeQueue()
    queue.usual["moss-image-xl"] = Typical(median, slow, 3)
    return queue


def test_a_job_that_runs_says_what_is_left_only_by_the_user_s_own_runs() -> None:
    unknown = row(S.RUNNING)
    assert (unknown.time, unknown.note, unknown.share) == ("1:12", "", None)
    known = row(S.RUNNING, queue=usual())
    assert (known.note, known.bar_tone) == ("about 0:48 left", "accent")
    assert known.share == pytest.approx(0.6)
    late = row(S.RUNNING, 134, usual())
    assert (late.note, late.note_tone, late.share, late.bar_tone) == ("longer than usual 0:14", "warn", 1.0, "warn")
    assert row(S.RUNNING, 119.9, usual()).note == "about 0:01 left"


def test_a_job_that_waits_says_what_is_usual() -> None:
    assert row(S.WAITING).note == "in line"
    assert row(S.WAITING, queue=usual()).note == "usually takes 2:00"
    assert row(S.WAITING, 130, usual()).note == "longer than usual 0:10"


def test_a_result_on_its_way_says_its_bytes() -> None:
    queue = FakeQueue()
    assert row(S.SAVING, queue=queue).note == "fetching the result"
    queue.coming[1] = (12_100_000, 34_800_000)
    coming = row(S.SAVING, queue=queue)
    assert coming.note == "12.1 of 34.8 MB"
    assert coming.share == pytest.approx(12.1 / 34.8)
    queue.coming[1] = (12_000, 412_000)
    assert row(S.SAVING, queue=queue).note == "12 of 412 KB"
    queue.coming[1] = (2_000_000, None)
    assert (row(S.SAVING, queue=queue).note, row(S.SAVING, queue=queue).share) == ("2.0 MB came", None)


@pytest.mark.parametrize(
    ("state", "fields", "note", "tone"),
    [
        (S.SENDING, {}, "on its way to the server", "faint"),
        (S.DONE, {}, "saved as 1403-moss-image-xl-7f3a.png", "faint"),
        (S.DONE, {"deleted_at": NOW}, "its result is in the trash", "faint"),
        (S.FAILED, {"trouble": "image is larger than 10 MB"}, "image is larger than 10 MB", "err"),
        (S.FAILED, {}, "the server did not say why", "err"),
        (S.NOT_SAVED, {"trouble": "the disk is full"}, "the disk is full", "warn"),
        (S.CANCELLED, {}, "the bill is not known", "faint"),
        (S.CANCELLED, {"billed": False}, "not billed", "faint"),
        (S.CANCELLED, {"cost": 0.04}, "billed all the same", "faint"),
        (S.UNKNOWN, {}, "the server no longer lists it", "warn"),
        (S.RUNNING, {"trouble": "It takes longer than it should"}, "It takes longer than it should", "warn"),
        (S.RUNNING, {"status_word": "rendering"}, "the server says rendering", "faint"),
    ],
)  # fmt: skip
def test_each_state_says_what_is_to_be_known(state: JobState, fields: dict[str, Any], note: str, tone: str) -> None:
    said = row(state, **fields)
    assert (said.note, said.note_tone) == (note, tone)


def test_what_must_not_be_cut_stands_behind_the_note() -> None:
    assert row(S.FAILED, trouble="too large", billed=False).aside == "not billed"
    assert row(S.FAILED, trouble="too large").aside == ""
    assert row(S.NOT_SAVED).aside == "r fetches it again"


def test_while_the_server_is_not_reached_rows_that_go_on_say_how_old_they_are() -> None:
    assert row(S.RUNNING, queue=usual(), stale="as of 14:02").note == "as of 14:02"
    assert row(S.DONE, stale="as of 14:02").note.startswith("saved as")


@pytest.mark.parametrize(
    ("fields", "state", "said"),
    [
        ({"estimate": 0.6}, S.RUNNING, ("~$0.60", "text")),
        ({"estimate": None}, S.RUNNING, ("?", "warn")),
        ({"cost": 0.58}, S.DONE, ("$0.58", "text")),
        ({"cost": None, "estimate": 0.6}, S.DONE, ("~$0.60", "text")),
        ({"billed": False}, S.FAILED, ("$0.00", "text")),
        ({}, S.FAILED, ("?", "warn")),
        ({"estimate": 0.6}, S.CANCELLED, ("?", "warn")),
        ({"estimate": 0.12}, S.UNKNOWN, ("~$0.12", "text")),
    ],
)
def test_a_price_is_a_fact_an_estimate_or_unknown_and_never_a_guess(
    fields: dict[str, Any], state: JobState, said: tuple[str, str]
) -> None:
    assert price([job(1, state, **fields)]) == said


def test_prices_of_several_are_added_and_one_unknown_makes_all_unknown() -> None:
    known = [job(n, S.RUNNING) for n in range(4)]
    assert price(known) == ("~$0.16", "text")
    assert price([*known, job(5, S.RUNNING, estimate=None)]) == ("?", "warn")
    assert under_way(known) == "~$0.16"
    assert under_way([*known, job(5, S.RUNNING, estimate=None)]) == "≥$0.16"
    assert under_way([job(1, S.DONE)]) == ""


def test_several_say_how_many_are_done_and_what_went_wrong_with_some() -> None:
    def note(*states: JobState, **fields: Any) -> tuple[str, str]:
        jobs = tuple(job(n, state, 72, place_in_batch=n, **fields) for n, state in enumerate(states))
        said = row_of(Unit("b0", jobs, of=len(jobs)), NOW, usual())
        return said.note, said.note_tone

    assert note(S.RUNNING, S.DONE) == ("about 0:48 left · 1 of 2 done", "text")
    assert note(S.DONE, S.DONE) == ("2 results saved", "faint")
    assert note(S.DONE, S.FAILED, trouble="too dark") == ("1 of 2 failed: too dark", "err")
    assert note(S.FAILED, S.FAILED, trouble="too dark", billed=False) == ("too dark", "err")


def test_a_clock_that_was_set_back_shows_no_time_below_zero() -> None:
    assert row(S.RUNNING, -30).time == "0:00"
    assert row(S.DONE, sent_at=ago(-5), created_at=ago(-5)).time == "0:00"
    assert row(S.UNKNOWN, ended_at=None).time == "-"
