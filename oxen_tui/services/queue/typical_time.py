"""How long a model usually takes, by this user's own past runs of it."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

LEAST_RUNS = 3
"""Below this a figure says more about chance than about the model."""

MOST_RUNS = 50
"""The last ones count: models and queues get faster and slower."""


@dataclass(frozen=True, slots=True)
class Typical:
    """Of the runs that succeeded, from being queued to their end."""

    median: float
    """Seconds."""
    slow: float
    """Seconds within which nine of ten runs ended."""
    runs: int
    """How many that is reckoned from."""


class TypicalTimes:
    """Past runs by model and kind."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, str], deque[float]] = defaultdict(lambda: deque(maxlen=MOST_RUNS))

    def learn(self, model: str, kind: str, seconds: Iterable[float]) -> None:
        """Adds runs, the oldest first."""
        self._runs[model, kind].extend(seconds)

    def typical(self, model: str, kind: str) -> Typical | None:
        """None where there are too few runs."""
        runs = sorted(self._runs.get((model, kind), ()))
        if len(runs) < LEAST_RUNS:
            return None
        return Typical(median(runs), runs[math.ceil(0.9 * len(runs)) - 1], len(runs))
