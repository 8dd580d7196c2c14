"""What is to be known of a clip, or of a picture that moves, to go about in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What the viewer needs to know of a clip."""

    seconds: float | None
    """How long it is; None where it does not say."""
    frames_per_second: float
    size: Box
    """Pixels."""
    times: tuple[float, ...] = ()
    """When each frame begins, where they are not shown for the same time."""
    rounds: int = 1
    """How often it is played in a row."""

    @property
    def last(self) -> float:
        """When its last frame begins."""
        if self.times:
            return self.times[-1]
        return max(0.0, (self.seconds or 0.0) - 1 / self.frames_per_second)

    @property
    def fastest(self) -> float:
        """Frames a second where they follow each other fastest."""
        gaps = [other - one for one, other in pairwise(self.times) if other > one]
        return 1 / min(gaps) if gaps else self.frames_per_second

    def beside(self, second: float, by: int) -> float:
        """When the frame begins that is so many behind the one at a second."""
        if not self.times:
            # A hundredth of a frame more, so that rounding leads into it and not before it.
            return second + (by + 0.01 * by) / self.frames_per_second
        here = bisect_right(self.times, second + 1e-6) - 1
        return self.times[max(0, min(here + by, len(self.times) - 1))]
