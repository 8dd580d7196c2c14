"""A terminal at the end of a link, in simulated time."""

from __future__ import annotations

import random
from dataclasses import dataclass

from oxen_tui.terminal.send_window import LEAST, SendWindow

MOST_PIECES = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending something."""

    seconds: float
    waits: tuple[float, ...]
    """Seconds that a frame would have waited behind each piece, shortest first."""

    def wait(self, part: float) -> float:
        """The wait that so many of the pieces stayed under."""
        return self.waits[min(int(len(self.waits) * part), len(self.waits) - 1)]


def send(size: int, *, rate: float, round_trip: float, jitter: float) -> Sent:
    """Sends so many bytes as the sender does.

    Args:
        size: Bytes.
        rate: Bytes a second that the link carries.
        round_trip: Seconds.
        jitter: Seconds by which the terminal answers late, on the average.
    """
    dice, window = random.Random(1), SendWindow(round_trip)
    now = free = next_at = last = 0.0
    under_way, left = 0, size
    answers: list[tuple[float, float, int, int]] = []
    waits = []
    while left > 0 or answers:
        piece = max(LEAST, window.size // 8)
        has_room = not under_way or (under_way + piece <= window.size and len(answers) < MOST_PIECES)
        if left > 0 and has_room and not (answers and answers[0][0] < next_at):
            now = max(now, next_at)
            next_at = now + window.pause(piece)
            free = max(free, now) + piece / rate
            last = max(last, free + round_trip + dice.expovariate(1 / jitter))
            under_way += piece
            left -= piece
            answers.append((last, now, piece, under_way))
            waits.append(free - now)
            continue
        at, sent, piece, then = answers.pop(0)
        now = max(now, at)
        under_way -= piece
        window.answered(sent, at, piece, then)
    return Sent(now, tuple(sorted(waits)))
