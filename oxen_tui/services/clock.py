"""Where a session has its time from, so that whatever shows or measures it can be shown a time that stands still."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day, and a clock that only ever goes forward."""

    now: Callable[[], datetime] = _now
    """The moment, with its time zone."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds from some point, for lengths of time."""


REAL = Clock()
"""The clock of the machine."""
