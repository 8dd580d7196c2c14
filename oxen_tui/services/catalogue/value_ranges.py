"""Ranges as they are typed behind a facet: `<0.10`, `>100k`, `0.1..1`, `2026`, `<30d`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OPERATOR = re.compile(r"(<=|>=|<|>|=)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"\$?(\d+\.?\d*|\.\d+)([kmb]?)", re.IGNORECASE)
_AGE = re.compile(r"(\d{1,4})\s*([dwmy])", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9}
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` up to, and not with, `high`."""

    low: float = -math.inf
    high: float = math.inf

    def __contains__(self, value: float) -> bool:
        return self.low <= value < self.high

    def meets(self, low: float, high: float) -> bool:
        """Whether any of a span (both ends with it) lies within."""
        return low < self.high and high >= self.low


Operand = Callable[[str], Range | None]
"""Reads what stands behind the operator: the range that is equal to it."""


def numbers(text: str) -> Range | None:
    """`0.10`, `$1`, `100k`, `1.5M`."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    value = float(found[1]) * _TIMES[found[2].lower()]
    return Range(value, math.nextafter(value, math.inf))


def dates(text: str) -> Range | None:
    """`2026`, `2026-08`, `2026-08-05`, as unix seconds from its first to its last moment (UTC)."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day is not None:
            after = first + timedelta(days=1)
        elif month is not None:
            after = date(first.year + month // 12, month % 12 + 1, 1)
        else:
            after = date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return Range(_seconds(first), _seconds(after))


def age_seconds(text: str) -> float | None:
    """`30d`, `2w`, `6m`, `1y` as seconds."""
    found = _AGE.fullmatch(text)
    return None if found is None else int(found[1]) * _DAYS[found[2].lower()] * 86_400.0


def is_unfinished(text: str) -> bool:
    """Whether nothing but an operator or a currency sign has been typed yet."""
    return not text.strip("<>=$. ")


def read_range(text: str, operand: Operand, bare: str = "=") -> Range | None:
    """The range that is typed; None where it is none.

    Args:
        text: Such as `<0.10` or `1..2`.
        operand: Reads the parts.
        bare: The operator that is meant where none is typed.
    """
    if ".." in text:
        first, _, last = text.partition("..")
        begin, end = (operand(first) if first else Range()), (operand(last) if last else Range())
        return None if begin is None or end is None else Range(begin.low, end.high)
    found = _OPERATOR.fullmatch(text)
    value = operand(found[2].strip()) if found else None
    if found is None or value is None:
        return None
    match found[1] or bare:
        case "<":
            return Range(high=value.low)
        case "<=":
            return Range(high=value.high)
        case ">":
            return Range(low=value.high)
        case ">=":
            return Range(low=value.low)
        case _:
            return value


def read_dates(text: str, now: datetime) -> Range | None:
    """As `read_range` for dates and for ages, where `<30d` is younger, as is a bare `30d`."""
    found = _OPERATOR.fullmatch(text)
    age = age_seconds(found[2].strip()) if found else None
    if found is None or age is None:
        return read_range(text, dates)
    born = now.timestamp() - age
    return Range(high=born) if (found[1] or "<").startswith(">") else Range(low=born)


def _seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
