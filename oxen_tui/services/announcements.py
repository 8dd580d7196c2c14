"""What is told of jobs that have ended, and when: each, or once all are done, or never; a burst in one sentence.

Hears of jobs from the queue and knows no screen: whoever shows announcements hands in what to do with one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from oxen_tui.safe_text import clean_line
from oxen_tui.store.job import Job, JobState, Origin

_BURST: Final = 0.8
"""Seconds in which what ends is told together."""
_LONGEST_PROMPT: Final = 60
_NEWS: Final = (JobState.DONE, JobState.FAILED, JobState.NOT_SAVED, JobState.UNKNOWN)
"""Ends that somebody waits for. Who cancels a job knows it."""
_WRONG: Final = {
    JobState.FAILED: ("failed", "failed"),
    JobState.NOT_SAVED: ("made a result that is not saved", "not saved"),
    JobState.UNKNOWN: ("is not known of any more", "lost sight of"),
}
"""Of one, and behind a number."""
_PIECES: Final = {"image": ("picture", "pictures"), "video": ("clip", "clips"), "audio": ("sound", "sounds")}


class Jobs(Protocol):
    """The part of the queue that is needed."""

    @property
    def jobs(self) -> Sequence[Job]:
        """See `GenerationQueue.jobs`."""

    def job(self, job_id: int) -> Job | None:
        """See `GenerationQueue.job`."""

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        """See `GenerationQueue.subscribe`."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to tell."""

    sentence: str
    """Clean, in one line, without a full stop: `3 pictures done, 1 failed`."""
    is_trouble: bool
    """Whether something went wrong with one of them."""
    jobs: tuple[Job, ...]
    """What it is about, in the order in which they ended."""


class Announcements:
    """Listens from its making until `close`."""

    def __init__(
        self,
        queue: Jobs,
        tell: Callable[[Announcement], None],
        *,
        which: str = "each",
        later: Callable[[float, Callable[[], None]], Callable[[], None]] | None = None,
    ) -> None:
        """
        Args:
            queue: Whose jobs.
            tell: Called with each announcement.
            which: One of `settings.ANNOUNCE_JOBS`; may be changed at any time.
            later: Calls something after some seconds; what comes back takes that back. None is the running loop's.
        """
        self.which = which
        """"each", "all done" or "never"."""
        self._queue = queue
        self._tell = tell
        self._later = later or _by_the_loop
        self._active: set[int] = {job.id for job in queue.jobs if _is_awaited(job)}
        self._ended: list[int] = []
        self._take_back: Callable[[], None] | None = None
        self._end_hearing = queue.subscribe(self._hear)

    def close(self) -> None:
        """Stops listening; what was about to be told is not."""
        self._end_hearing()
        if self._take_back is not None:
            self._take_back()
            self._take_back = None

    def _hear(self, ids: frozenset[int]) -> None:
        for job_id in sorted(ids):
            job = self._queue.job(job_id)
            was_active = job_id in self._active
            self._active.discard(job_id)
            if job is None:
                continue
            if _is_awaited(job):
                self._active.add(job_id)
            elif was_active and job.state in _NEWS:
                self._ended.append(job_id)
        if self._ended and self._take_back is None:
            self._take_back = self._later(_BURST, self._look)

    def _look(self) -> None:
        """The burst is over: tell of it, or wait for what still goes on."""
        self._take_back = None
        if self.which == "all done" and self._active:
            return  # whatever ends next looks again
        ids, self._ended = self._ended, []
        jobs = tuple(job for job_id in ids if (job := self._queue.job(job_id)) is not None)
        if jobs and self.which != "never":
            self._tell(announced(jobs))


def announced(jobs: Sequence[Job]) -> Announcement:
    """What is told of jobs that ended together; at least one."""
    wrong = [job for job in jobs if job.state is not JobState.DONE]
    done = [job for job in jobs if job.state is JobState.DONE]
    parts = []
    if len(jobs) == 1:
        parts.append(_of_one(jobs[0]))
    else:
        if done:
            parts.append(f"{_counted(done)} done")
        parts += [f"{count} {word}" for word, count in Counter(_WRONG[job.state][1] for job in wrong).items()]
    return Announcement(clean_line(", ".join(parts), 200), bool(wrong), tuple(jobs))


def _is_awaited(job: Job) -> bool:
    """Whether somebody here waits for its end."""
    return job.state.is_active and job.origin is not Origin.ELSEWHERE


def _of_one(job: Job) -> str:
    prompt = clean_line(" ".join(job.prompt.split()), _LONGEST_PROMPT)
    if job.state is JobState.DONE:
        what = _PIECES.get(job.kind, ("result", ""))[0].capitalize()
        return f"{what} done: {prompt or job.model}"
    said = f"{job.model} {_WRONG[job.state][0]}"
    return f"{said}: {job.trouble.rstrip('.')}" if job.trouble else said


def _counted(jobs: Sequence[Job]) -> str:
    """`2 pictures and 1 clip`."""
    counts = Counter(job.kind if job.kind in _PIECES else "" for job in jobs)
    words = []
    for kind, count in counts.items():
        one, many = _PIECES.get(kind, ("result", "results"))
        words.append(f"{count} {one if count == 1 else many}")
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _by_the_loop(seconds: float, call: Callable[[], None]) -> Callable[[], None]:
    return asyncio.get_running_loop().call_later(seconds, call).cancel
