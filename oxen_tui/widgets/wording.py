"""How numbers, money and times are said on screen: one way everywhere, and no guess shown as a fact."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from oxen_tui.money import money as money
from oxen_tui.widgets import motion


def duration(seconds: float) -> str:
    """For prose: `0.8 s`, `12 s`, `2 min`, `1 h 5 min`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 119.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def whole_seconds(seconds: float) -> str:
    """For a place that ticks once a second: `3 s`, `2:05`. More rarely where motion is reduced."""
    whole = motion.said(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02d}"


def running_time(seconds: float) -> str:
    """For a column: `0:09`, `1:12`, `1:02:10`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def count(number: int) -> str:
    """`1,284`."""
    return f"{number:,}"


def counted(number: int, word: str) -> str:
    """`1 token`, `1,284 tokens`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def short_count(number: int) -> str:
    """For a narrow place: `840`, `18.4k`, `200k`, `1.2M`."""
    if number < 1000:
        return str(number)
    if number < 1_000_000:
        thousands = number / 1000
        return f"{thousands:.1f}k".replace(".0k", "k") if thousands < 100 else f"{thousands:.0f}k"
    return f"{number / 1_000_000:.1f}M".replace(".0M", "M")


def clock(moment: datetime) -> str:
    """`14:02` in the reader's own time zone."""
    return moment.astimezone().strftime("%H:%M")


def day_group(moment: datetime, today: date) -> str:
    """The heading under which something of that day stands in a list: Today, Yesterday, a month, a month and year."""
    day = moment.astimezone().date()
    if day >= today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if today - day < timedelta(days=7):
        return "This week"
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


def day_group_begins(moment: datetime, today: date) -> datetime:
    """The first moment of the group that `day_group` names."""
    day = moment.astimezone().date()
    if day >= today:
        first = today
    elif day == today - timedelta(days=1):
        first = day
    elif today - day < timedelta(days=7):
        first = today - timedelta(days=6)
    else:
        first = day.replace(day=1)
    return datetime.combine(first, time()).astimezone()
