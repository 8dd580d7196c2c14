"""Ranges behind a facet."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.services.catalogue.value_ranges import Range, dates, is_unfinished, numbers, read_dates, read_range

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "within", "without"),
    [
        ("<0.10", 0.0999, 0.1),
        ("<=0.1", 0.1, 0.1001),
        (">$1", 1.01, 1.0),
        (">=1", 1.0, 0.99),
        ("=.5", 0.5, 0.51),
        ("0.5", 0.5, 0.51),
        ("1..2", 2.0, 2.01),
        ("..2", -5.0, 3.0),
        ("2..", 1e9, 1.0),
        (">100K", 100_001.0, 100_000.0),
        ("1.5m", 1_500_000.0, 1_500_001.0),
    ],
)
def test_ranges_of_numbers(text: str, within: float, without: float) -> None:
    found = read_range(text, numbers)

    assert found is not None
    assert within in found
    assert without not in found


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-08-05", datetime(2026, 8, 5, tzinfo=UTC), datetime(2026, 8, 6, tzinfo=UTC)),
    ],
)
def test_a_year_a_month_and_a_day_are_ranges(text: str, first: datetime, after: datetime) -> None:
    assert dates(text) == Range(first.timestamp(), after.timestamp())


def test_dates_are_compared_as_a_whole() -> None:
    year = Range(datetime(2026, 1, 1, tzinfo=UTC).timestamp(), datetime(2027, 1, 1, tzinfo=UTC).timestamp())

    assert read_dates("<2026", NOW) == Range(high=year.low)
    assert read_dates(">2026", NOW) == Range(low=year.high)
    assert read_dates("2026", NOW) == year


def test_ages_turn_round_and_young_is_meant_where_nothing_is_said() -> None:
    born = NOW.timestamp() - 30 * 86_400

    assert read_dates("30d", NOW) == read_dates("<30d", NOW) == Range(low=born)
    assert read_dates(">30d", NOW) == Range(high=born)


@pytest.mark.parametrize(
    "text", ["", "x", "<x", "1..x", "<<1", "9999999999", "2026-13", "0000", "2026-02-30", "9999-12-31"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert read_dates(text, NOW) is None


@given(st.text())
def test_nothing_that_can_be_typed_fails(text: str) -> None:
    read_dates(text, NOW)
    read_range(text, numbers)
    is_unfinished(text)


def test_a_span_meets_a_range_by_any_part() -> None:
    assert Range(high=0.1).meets(0.05, 0.3)
    assert Range(low=math.nextafter(0.2, 1)).meets(0.05, 0.3)
    assert not Range(high=0.05).meets(0.05, 0.3)
