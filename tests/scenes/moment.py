"""The moment at which every scene plays, and clocks that stand at it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 12, 1, 14, 2).astimezone()
"""A Tuesday. Local time, so that the screen says 14:02 in every time zone."""


class StillClock:
    """Time that only moves when it is told to."""

    def __init__(self) -> None:
        self.moment = NOW
        self.seconds = 100.0

    def now(self) -> datetime:
        """Hands to the store what it keeps."""
        return self.moment.astimezone(UTC)

    def monotonic(self) -> float:
        return self.seconds

    def at(self, days_ago: int, hour: int, minute: int) -> None:
        """Go to a time of some day before."""
        day = (NOW - timedelta(days=days_ago)).date()
        self.moment = datetime(day.year, day.month, day.day, hour, minute).astimezone()

    def pass_(self, seconds: float) -> None:
        """Move on."""
        self.seconds += seconds
