"""The line above the list of jobs."""

from __future__ import annotations

from oxen_tui.panes.queue.head import Counts, HeadState, head_words, stale_words
from oxen_tui.store.job import JobState
from tests.panes.jobs_made import NOW, TODAY, ago, job

S = JobState
JOBS = [
    job(1, S.RUNNING, estimate=0.6), job(2, S.SAVING, estimate=0.16), job(3, S.WAITING, estimate=0.76),
    job(4, S.DONE), job(5, S.FAILED), job(6, S.DONE, ended_at=ago(90_000)),
]  # fmt: skip
COUNTS = Counts.of(JOBS, TODAY)


def said(state: HeadState, cells: int = 90) -> tuple[str, str]:
    left, right = head_words(state, cells)
    return "".join(text for text, _ in left).strip(), "".join(text for text, _ in right).strip()


def test_it_counts_what_runs_waits_and_ended_today_and_what_that_costs() -> None:
    state = HeadState(COUNTS, NOW, ticking=True)
    assert said(state) == (
        "2 running · 1 waiting · 2 ended today", f"~$1.52 under way · checked {NOW:%H:%M:%S}",
    )  # fmt: skip


def test_seconds_are_said_only_where_seconds_move() -> None:
    assert said(HeadState(COUNTS, NOW))[1].endswith(f"checked {NOW:%H:%M}")
    assert "checked" not in said(HeadState(Counts(ended_today=2), NOW))[1]


def test_the_age_goes_before_the_money_where_room_is_short_unless_something_is_wrong() -> None:
    assert said(HeadState(COUNTS, NOW), 66) == ("2 running · 1 waiting · 2 ended today", "~$1.52 under way")
    assert said(HeadState(COUNTS, NOW), 42)[1] == ""
    broken = HeadState(COUNTS, NOW, "No answer")
    assert said(broken, 66)[1] == said(broken, 30)[1] == f"No answer, as of {NOW:%H:%M}"


def test_an_empty_queue_says_so() -> None:
    assert said(HeadState(Counts())) == ("nothing under way", "")
    assert stale_words(None) == "not asked yet"
