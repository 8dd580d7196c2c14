"""How much may be on its way to the terminal at once, so that a key is echoed soon whatever else is sent.

Nobody says how fast a link is, and the system takes far more at once than a slow one carries. So each piece is
followed by a question, and the time until its answer, over the shortest one seen, is what stands in line before the
next frame. As in a transport protocol that yields to others (LEDBAT), that line is kept short.
"""

from __future__ import annotations

from typing import Final

LINE: Final = 0.012
"""Seconds that may stand in line before a frame."""
LEAST: Final = 512
"""Bytes: 8 ms at 500 kbit/s, and little beside what an answer costs."""
MOST: Final = 262_144
_FIRST: Final = 2_048


class SendWindow:
    """Knows how many bytes may be under way, from how long the answers take."""

    def __init__(self, round_trip: float | None = None) -> None:
        """
        Args:
            round_trip: Seconds, as measured while nothing else was sent; None where it was not.
        """
        self._shortest = round_trip
        self._starting = True
        self._held_until = 0.0
        self.size = _FIRST
        """Bytes that may be under way."""

    def answered(self, sent: float, answered: float, under_way: int) -> None:
        """Take in one answer.

        Args:
            sent: When the piece before the question was handed on, in seconds of any clock.
            answered: When its answer came.
            under_way: Bytes that were under way then, this piece included.
        """
        took = max(0.0, answered - sent)
        self._shortest = took if self._shortest is None else min(took, self._shortest)
        waited = took - self._shortest
        if waited <= LINE:
            if under_way * 2 >= self.size:  # what was not tried proves nothing
                self.size = min(MOST, self.size * 2 if self._starting and waited < LINE / 2 else self.size + LEAST)
            return
        self._starting = False
        if answered < self._held_until:
            return  # sent before the last step down, which it does not know of
        self.size = max(LEAST, int(self.size * max(0.5, LINE / waited)))
        self._held_until = answered + took
