"""What the dock says of jobs."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.panes.jobs.dock_words import caption_of, head_of, latest_of, lines_of, units_of
from oxen_tui.panes.jobs.units import Unit
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import Job, JobState
from tests.panes.jobs_made import FILE, NOW, FakeQueue, ago, job


def _plain(jobs: list[Job], queue: FakeQueue) -> list[str]:
    unit = Unit("1", tuple(jobs), of=len(jobs))
    return [
        "".join(text for text, _ in left).rstrip() + " | " + "".join(text for text, _ in right)
        for left, right in lines_of(unit, NOW, queue, 20)
    ]


def test_what_runs_has_its_time_a_bar_and_its_prompt() -> None:
    queue = FakeQueue()
    running = job(1, JobState.RUNNING, 30)
    assert _plain([running], queue) == ["◐ moss-image-xl image | 0:30", "  Fog in a fir forest | "]
    queue.usual["moss-image-xl"] = Typical(60, 90, 5)
    assert _plain([running], queue) == [
        "◐ moss-image-xl image | 0:30 of ~1:00",
        "  ━━━━━━━━━───────── | ",
        "  Fog in a fir forest | ",
    ]
    late = _plain([job(1, JobState.RUNNING, 80)], queue)
    assert late[2] == "  longer than usual 0:20 | "


def test_what_waits_or_has_ended_takes_a_line_unless_something_is_wrong() -> None:
    queue = FakeQueue()
    assert _plain([job(1, JobState.WAITING, 31)], queue) == ["○ moss-image-xl image | waiting 0:31"]
    (done,) = _plain([job(1, JobState.DONE, cost=0.04)], queue)
    assert done == f"✓ moss-image-xl image | $0.04 {NOW:%H:%M}"
    failed = job(1, JobState.FAILED, trouble="The picture is larger than 10 MB", billed=False)
    assert _plain([failed], queue)[1].startswith("  The picture is larger than 10 MB")


def test_what_runs_comes_first_then_what_waits_then_what_ended_last() -> None:
    jobs = [
        job(5, JobState.WAITING, 1),
        job(4, JobState.RUNNING, 5),
        job(3, JobState.DONE, 9, ended_at=ago(8)),
        job(2, JobState.FAILED, 20, ended_at=ago(2)),
        job(1, JobState.RUNNING, 50, batch=4),
    ]
    assert [[each.id for each in unit.jobs] for unit in units_of(jobs, 9)] == [[4, 1], [5], [2], [3]]
    assert len(units_of(jobs, 2)) == 2
    assert "".join(text for text, _ in head_of(jobs)[1]) == "2 running · 1 waiting"


def test_the_latest_is_what_ended_last_and_can_be_seen() -> None:
    old, new = job(1, JobState.DONE, ended_at=ago(60)), job(2, JobState.DONE, ended_at=ago(5))
    gone = job(3, JobState.DONE, deleted_at=NOW)
    assert latest_of([gone, old, new, job(4, JobState.FAILED)]) == new
    assert latest_of([gone]) is None
    shown = replace(new, file=FILE, body={"seed": 4127})
    (name, second) = caption_of(shown)
    assert name[0][0][0].startswith("1403-moss")
    assert name[1][0][0] == "1536×1024"
    assert second[0][0][0] == "moss-image-xl · seed 4127 · $0.04"
