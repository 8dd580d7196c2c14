"""The order of the queue: what goes on first, then by the day it ended; those of one request together."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.panes.jobs.units import Units
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.jobs.row import Fold
from tests.panes.jobs_made import NOW, TODAY, ago, job

S = JobState


def batch(*states: JobState, first: int = 10, seconds: float = 50) -> list[Job]:
    return [
        job(first + place, state, seconds, batch=first, place_in_batch=place) for place, state in enumerate(states)
    ]


def titles(units: Units) -> list[tuple[str, list[str]]]:
    return [(group.title, list(group.keys)) for group in units.groups]


def test_what_goes_on_stands_first_and_newest_first_and_the_rest_by_the_day_it_ended() -> None:
    jobs = [
        job(5, S.RUNNING, 10),
        job(4, S.DONE, 20, ended_at=ago(3)),
        job(3, S.WAITING, 30),
        job(2, S.FAILED, 4000, ended_at=ago(1)),
        job(1, S.CANCELLED, 100_000, ended_at=ago(86_400)),
    ]
    units = Units(jobs, today=TODAY)
    assert titles(units) == [("", ["5", "3"]), ("Today", ["2", "4"]), ("Yesterday", ["1"])]


def test_the_jobs_of_a_request_are_one_row_until_it_is_opened() -> None:
    jobs = batch(S.RUNNING, S.DONE, S.WAITING)
    closed = Units(jobs, today=TODAY)
    assert titles(closed) == [("", ["b10"])]
    unit = closed.by_key["b10"]
    assert (unit.state, unit.part, unit.fold) == (S.RUNNING, "×3", Fold.CLOSED)
    opened = Units(jobs, today=TODAY, opened={10})
    assert titles(opened) == [("", ["b10", "10", "11", "12"])]
    assert opened.by_key["11"].part == "2/3"


def test_one_of_a_request_that_the_filter_leaves_stands_alone_and_says_which() -> None:
    units = Units(batch(S.DONE, S.FAILED), today=TODAY, wanted=lambda each: each.state is S.FAILED)
    assert titles(units) == [("Today", ["11"])]
    assert units.by_key["11"].part == "2/2"
    assert units.count == 1


def test_several_that_ended_are_done_if_one_is() -> None:
    for states, word in (
        ((S.DONE, S.FAILED), S.DONE),
        ((S.FAILED, S.CANCELLED), S.FAILED),
        ((S.NOT_SAVED, S.FAILED), S.NOT_SAVED),
        ((S.SAVING, S.WAITING), S.SAVING),
    ):
        assert Units(batch(*states), today=TODAY).by_key["b10"].state is word


def test_a_report_is_taken_where_it_stands_unless_rows_change_places() -> None:
    jobs = [job(1, S.WAITING), *batch(S.WAITING, S.WAITING)]
    units = Units(jobs, today=TODAY, opened={10})
    running = replace(jobs[1], state=S.RUNNING)
    assert units.renew({10: running})
    assert units.by_key["10"].first is running
    assert units.by_key["b10"].state is S.RUNNING
    assert not units.renew({1: replace(jobs[0], state=S.DONE, ended_at=NOW)})
    assert not units.renew({99: job(99)})
    assert not units.renew({1: None})
