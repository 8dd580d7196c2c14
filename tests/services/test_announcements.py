from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from oxen_tui.services.announcements import Announcement, Announcements, announced
from oxen_tui.store.job import Job, JobState, Origin
from tests.services.jobs_made import job_made


class FakeQueue:
    """Jobs that a test moves."""

    def __init__(self) -> None:
        self.found: dict[int, Job] = {}
        self.listeners: list[Callable[[frozenset[int]], None]] = []

    @property
    def jobs(self) -> Sequence[Job]:
        return tuple(self.found.values())

    def job(self, job_id: int) -> Job | None:
        return self.found.get(job_id)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def move(self, *job_ids: int, **fields: Any) -> None:
        """Changes jobs, made where there are none, and tells of all of them at once."""
        for job_id in job_ids:
            self.found[job_id] = replace(self.found.get(job_id, job_made(id=job_id)), **fields)
        for listener in list(self.listeners):
            listener(frozenset(job_ids))


class Told:
    """Announcements of a queue, and the pause that a test ends."""

    def __init__(self, queue: FakeQueue, which: str = "each") -> None:
        self.heard: list[Announcement] = []
        self.pending: list[Callable[[], None]] = []
        self.service = Announcements(queue, self.heard.append, which=which, later=self._later)

    @property
    def sentences(self) -> list[str]:
        return [each.sentence for each in self.heard]

    def _later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        self.pending.append(call)
        return self.pending.clear

    def pause(self) -> None:
        calls, self.pending = self.pending, []
        for call in calls:
            call()


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


def test_a_job_that_ends_is_told(queue: FakeQueue) -> None:
    told = Told(queue)
    queue.move(1, state=JobState.WAITING)
    queue.move(1, state=JobState.SAVING)
    queue.move(1, state=JobState.DONE)
    assert told.heard == []

    told.pause()

    assert told.sentences == ["Picture done: an ox in the rain"]
    assert not told.heard[0].is_trouble


def test_what_ends_together_is_one_sentence(queue: FakeQueue) -> None:
    told = Told(queue)
    queue.move(1, 2, 3, 4, 5, state=JobState.RUNNING)
    queue.move(4, kind="video")
    queue.move(1, 2, state=JobState.DONE)
    queue.move(3, state=JobState.DONE)
    queue.move(4, state=JobState.DONE)
    queue.move(5, state=JobState.FAILED)

    told.pause()

    assert told.sentences == ["3 pictures and 1 clip done, 1 failed"]
    assert told.heard[0].is_trouble
    assert [job.id for job in told.heard[0].jobs] == [1, 2, 3, 4, 5]


def test_all_done_waits_for_the_last(queue: FakeQueue) -> None:
    told = Told(queue, "all done")
    queue.move(1, 2, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)
    told.pause()
    assert told.heard == []

    queue.move(2, state=JobState.DONE)
    told.pause()

    assert told.sentences == ["2 pictures done"]


def test_all_done_is_told_when_the_last_one_is_cancelled(queue: FakeQueue) -> None:
    told = Told(queue, "all done")
    queue.move(1, 2, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)
    told.pause()
    queue.move(2, state=JobState.CANCELLED)
    told.pause()

    assert told.sentences == ["Picture done: an ox in the rain"]


def test_never_is_never_and_forgets(queue: FakeQueue) -> None:
    told = Told(queue, "never")
    queue.move(1, 2, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)
    told.pause()
    told.service.which = "each"
    queue.move(2, state=JobState.DONE)
    told.pause()

    assert len(told.heard) == 1
    assert [job.id for job in told.heard[0].jobs] == [2]


def test_what_ended_before_is_no_news(queue: FakeQueue) -> None:
    queue.move(1, state=JobState.RUNNING)
    queue.move(2, state=JobState.DONE)
    told = Told(queue)
    queue.move(2, 3, state=JobState.DONE)
    queue.move(1, state=JobState.DONE)
    told.pause()

    assert [job.id for each in told.heard for job in each.jobs] == [1]


def test_cancelled_jobs_and_those_of_others_are_no_news(queue: FakeQueue) -> None:
    told = Told(queue)
    queue.move(1, state=JobState.RUNNING)
    queue.move(2, state=JobState.RUNNING, origin=Origin.ELSEWHERE)
    queue.move(1, state=JobState.CANCELLED)
    queue.move(2, state=JobState.DONE)

    assert told.pending == []


def test_all_done_does_not_wait_for_the_jobs_of_others(queue: FakeQueue) -> None:
    told = Told(queue, "all done")
    queue.move(1, state=JobState.RUNNING)
    queue.move(2, state=JobState.RUNNING, origin=Origin.ELSEWHERE)
    queue.move(1, state=JobState.DONE)
    told.pause()

    assert len(told.heard) == 1


def test_a_job_that_was_removed_meanwhile_is_not_told(queue: FakeQueue) -> None:
    told = Told(queue)
    queue.move(1, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)
    del queue.found[1]
    queue.move()
    told.pause()

    assert told.heard == []


def test_after_the_end_nothing_is_told(queue: FakeQueue) -> None:
    told = Told(queue)
    queue.move(1, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)

    told.service.close()
    told.pause()

    assert (told.heard, queue.listeners) == ([], [])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": JobState.DONE, "kind": "video", "prompt": ""}, "Clip done: moss-image-xl"),
        ({"state": JobState.DONE, "kind": "mesh"}, "Result done: an ox in the rain"),
        ({"state": JobState.DONE, "prompt": "a\n\x1b[2J " + "b" * 90}, f"Picture done: a ␛[2J {'b' * 52}…"),
        ({"state": JobState.FAILED, "trouble": "Too dark."}, "moss-image-xl failed: Too dark"),
        (
            {"state": JobState.NOT_SAVED, "trouble": "The disk is full."},
            "moss-image-xl made a result that is not saved: The disk is full",
        ),
        ({"state": JobState.UNKNOWN}, "moss-image-xl is not known of any more"),
    ],
)
def test_one_job_is_told_by_what_it_is(fields: dict[str, Any], sentence: str) -> None:
    assert announced([job_made(**fields)]).sentence == sentence


async def test_the_pause_is_one_of_the_running_loop() -> None:
    queue = FakeQueue()
    heard: list[Announcement] = []
    service = Announcements(queue, heard.append)
    queue.move(1, state=JobState.RUNNING)
    queue.move(1, state=JobState.DONE)

    service.close()

    assert heard == []
