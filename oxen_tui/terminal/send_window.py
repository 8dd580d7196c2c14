"""How much may be on its way to the terminal at once, so that a key is echoed soon whatever else is sent.

Nobody says how fast a link is, and the system takes far more at once than a slow one carries. So each piece is
followed by a question, and the time until its answer, over the shortest one seen, is what stands in line before the
next frame. As in transport protocols that look at delay (Vegas, LEDBAT), that line is kept short: what was under way,
shared out over the time it took, says how much would have waited just so long.
"""

from __future__ import annotations

import math
from collections import deque
from typing import Final

LINE: Final = 0.006
"""Seconds that may stand in line before a frame."""
LEAST: Final = 400
"""Bytes: 6 ms at 500 kbit/s, and little beside what an answer costs."""
MOST: Final = 262_144
_FIRST: Final = 1_024
"""Bytes at the start; a long way needs more of them, and soon allows more."""
_FIRST_FAR: Final = 4_096
_FAR: Final = 0.03
"""Seconds of a round trip."""
_GROWTH: Final = 0.25
"""Of the window, in a round trip, while nothing stands in line; at the start it doubles."""


class SendWindow:
    """Knows how many bytes may be under way, from how long the answers take."""

    def __init__(self, round_trip: float | None = None) -> None:
        """
        Args:
            round_trip: Seconds, as measured while nothing else was sent; None where it was not.
        """
        self._alone: deque[float] = deque((round_trip,) if round_trip is not None else (), maxlen=7)
        """How long the answers took to pieces that were under way alone: the way itself, and the terminal's mood."""
        self._starting = True
        self._held_until = -math.inf
        self._waited: deque[float] = deque(maxlen=4)
        self._size = float(_FIRST_FAR if round_trip and round_trip > _FAR else _FIRST)

    @property
    def size(self) -> int:
        """Bytes that may be under way."""
        return int(self._size)

    @property
    def round_trip(self) -> float:
        """Seconds that an answer usually takes; 0 while nobody knows."""
        return sorted(self._alone)[len(self._alone) // 2] if self._alone else 0.0

    @property
    def carries(self) -> float | None:
        """Bytes a second that the link was seen to carry, or more; None while nothing was sent."""
        return self._size / (self.round_trip + LINE) if self._waited else None

    def pause(self, piece: int) -> float:
        """Seconds to the next piece behind one of so many bytes: what is written at once stands in line at once."""
        return 0.8 * self.round_trip * piece / self._size

    def answered(self, sent: float, answered: float, piece: int, under_way: int) -> None:
        """Take in one answer.

        Args:
            sent: When the piece before the question was handed on, in seconds of any clock.
            answered: When its answer came.
            piece: Bytes of it.
            under_way: Bytes that were under way when it was sent, itself included.
        """
        took = max(1e-6, answered - sent)
        if under_way == piece or not self._alone:
            self._alone.append(took)
        usual = self.round_trip
        self._waited.append(max(0.0, took - usual))
        line = LINE + usual / 10
        is_full = 2 * under_way >= self._size  # what was not tried proves nothing
        # A busy terminal answers late now and then; a line keeps all of them waiting.
        if min(self._waited) <= line:
            if is_full and self._waited[-1] <= line:
                self._size = min(MOST, self._size + piece * (1.0 if self._starting else _GROWTH))
            return
        self._starting = False
        if sent >= self._held_until:  # else it was sent before the last step down, which it does not know of
            part = (usual + line) / (usual + min(self._waited))
            self._size = max(LEAST, self._size * (part if is_full else max(part, 0.5)))
            self._held_until = answered
