"""The figures that a list of measurements is summed up in."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable


def percentile(values: Iterable[float], share: float) -> float | None:
    """The least value that `share` (0 to 1) of all values do not exceed; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Iterable[float | None]) -> float | None:
    """The median of those that were measured; None of nothing."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def ratio(value: float | None, base: float | None) -> float | None:
    """How many times `base` is `value`; None when one is missing or the base is nothing."""
    if value is None or not base:
        return None
    return value / base
