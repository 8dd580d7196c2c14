"""How long to wait between two looks at the server's list (contract section 6, budgets 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from oxen_tui.services.queue.reports import is_late
from oxen_tui.store.job import Job

_BOUNDS = {"video": (10.0, 30.0)}
_QUICK = (2.0, 5.0)
"""Seconds: of pictures and sounds."""

_LATE = 60.0
"""For jobs past their deadline: some stay like that for weeks."""

IDLE = 15.0
"""When nothing runs and somebody looks: others may begin something."""

_STREAMING = 3.0
"""So many times rarer while the server tells by itself what has ended."""

_LONGEST = 120.0
"""After any number of failures."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the pace depends on besides the jobs."""

    looking: bool = False
    """Whether somebody looks at the queue."""
    streaming: bool = False
    """Whether the event stream is open."""
    failures: int = 0
    """Looks in a row that failed."""
    asked_to_wait: float = 0.0
    """Seconds that the server wants to be left alone."""


def spacing(active: Iterable[Job], now: datetime, around: Circumstances) -> float | None:
    """Seconds until the next look.

    Args:
        active: Jobs that wait or run.
        now: The moment.
        around: The rest.

    Returns:
        None for never: nothing runs and nobody looks.
    """
    pauses = [_pause(job, now, around.looking) for job in active]
    if not pauses and not around.looking:
        return None
    usual = min(pauses, default=IDLE) * (_STREAMING if around.streaming else 1.0)
    if around.failures:
        usual = max(usual, min(_LONGEST, usual * 2.0**around.failures))
    return max(usual, around.asked_to_wait)


def _pause(job: Job, now: datetime, looking: bool) -> float:
    """More for a job that runs for long already: a second more or less then matters less."""
    if is_late(job, now):
        return _LATE
    least, most = _BOUNDS.get(job.kind, _QUICK)
    age = (now - (job.sent_at or job.created_at)).total_seconds()
    return min(most, max(least, age / 10)) if looking else most
