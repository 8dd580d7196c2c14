"""Days as they are typed: `today`, `7d`, `2026-11`, `2026-11-03`, `2026-10..2026-11`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_BACK = re.compile(r"(\d{1,4})([dwm])")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAYS_IN = {"d": 1, "w": 7, "m": 30}


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def read_days(text: str, today: date) -> Days | None:
    """The days that are meant, or None. `7d` are seven days of which today is the last.

    Args:
        text: In lower case.
    """
    if text == "today":
        return Days(today, today)
    if text == "yesterday":
        return Days(today - timedelta(days=1), today - timedelta(days=1))
    if (back := _BACK.fullmatch(text)) is not None:
        number = int(back[1]) * _DAYS_IN[back[2]]
        # A very long way back is everything; dates begin with the year 1.
        reach = min(max(0, number - 1), today.toordinal() - 1)
        return Days(today - timedelta(days=reach), today) if number else None
    first, dots, last = text.partition("..")
    if dots:
        begin = _calendar(first) if first else Days(date.min, date.min)
        end = _calendar(last) if last else Days(date.max, date.max)
        return Days(begin.first, end.last) if begin is not None and end is not None and (first or last) else None
    return _calendar(text)


def _calendar(text: str) -> Days | None:
    """A year, a month or a day of the calendar."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day:
            return Days(date(year, month, day), date(year, month, day))
        if month:
            following = date(year + month // 12, month % 12 + 1, 1)
            return Days(date(year, month, 1), following - timedelta(days=1))
        return Days(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None
