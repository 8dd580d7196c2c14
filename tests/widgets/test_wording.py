"""Numbers, money and times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.widgets.wording import (
    counted,
    day_group,
    duration,
    money,
    short_count,
    whole_seconds,
)


@pytest.mark.parametrize(
    ("dollars", "said"),
    [
        (0.6, "$0.60"),
        (1.86, "$1.86"),
        (1234.5, "$1,234.50"),
        (0.08, "$0.08"),
        (0.0119, "$0.012"),
        (0.00996, "$0.01"),
        (0.0037, "$0.0037"),
        (0.000012, "$0.000012"),
        (0.0, "$0.00"),
        (None, "?"),
    ],
)
def test_money_has_two_figures_under_a_cent_and_unknown_is_never_zero(dollars: float | None, said: str) -> None:
    assert money(dollars) == said


def test_an_estimate_wears_a_tilde() -> None:
    assert money(0.6, estimate=True) == "~$0.60"


@given(st.floats(min_value=1e-7, max_value=1e6))
def test_money_that_was_paid_is_never_said_to_be_nothing(dollars: float) -> None:
    assert float(money(dollars).lstrip("$").replace(",", "")) > 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.84, "0.8 s"),
        (9.94, "9.9 s"),
        (9.97, "10 s"),
        (12.3, "12 s"),
        (119.4, "119 s"),
        (120, "2 min"),
        (3900, "1 h 5 min"),
    ],
)
def test_durations_in_prose(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_ticking_place_counts_whole_seconds_then_minutes() -> None:
    assert [whole_seconds(value) for value in (0.9, 59.9, 60, 125)] == ["0 s", "59 s", "1:00", "2:05"]


def test_counts_are_grouped_and_shortened() -> None:
    assert counted(1, "token") == "1 token"
    assert counted(1284, "token") == "1,284 tokens"
    assert [short_count(number) for number in (840, 18_432, 200_000, 1_200_000)] == ["840", "18.4k", "200k", "1.2M"]


def test_days_are_grouped_as_a_reader_counts_them() -> None:
    today = datetime.now().astimezone().replace(hour=12)
    assert day_group(today, today.date()) == "Today"
    moment = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert day_group(moment, date(2026, 11, 4)) == "Yesterday"
    assert day_group(moment, date(2026, 11, 8)) == "This week"
    assert day_group(moment, date(2026, 12, 8)) == "November"
    assert day_group(moment, date(2027, 1, 8)) == "November 2026"
