from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from oxen_tui.api import json_values
from oxen_tui.api.json_values import cleaned, moment, name, number, parse_json, text, whole
from tests.api.anything import JSON

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@given(JSON)
def test_no_value_makes_a_reader_raise(value: Any) -> None:
    for reader in ("text", "line", "optional_text", "name", "number", "whole", "truth", "mapping", "items", "words"):
        getattr(json_values, reader)(value)
    json_values.prices(value)
    when = moment(value)
    assert when is None or when.tzinfo is not None
    cleaned(value)


@pytest.mark.parametrize(
    "value",
    [
        *(1767225600, 1767225600.0, "1767225600", 1767225600_000, 1767225600_000_000),
        *("2026-01-01T00:00:00Z", "2026-01-01", "2026-01-01T01:00:00+01:00", " 2026-01-01 00:00:00 "),
    ],
)
def test_times_become_aware_datetimes_whatever_their_form(value: Any) -> None:
    assert moment(value) == NEW_YEAR


def test_a_zone_that_is_said_is_kept() -> None:
    when = moment("2026-01-01T01:00:00+01:00")
    assert when is not None
    assert when.tzinfo == timezone(timedelta(hours=1))


@pytest.mark.parametrize("value", ["soon", "", True, None, [], "2026-13-01", float("nan")])
def test_what_is_no_time_is_none(value: Any) -> None:
    assert moment(value) is None


def test_numbers_are_read_as_text_too_but_truth_is_no_number() -> None:
    assert (number("0.1"), number(3), number(True), number("much"), number("inf")) == (0.1, 3.0, None, None, None)
    assert (whole("12"), whole(12.9), whole(10**400), whole(None)) == (12, 12, None, None)


@pytest.mark.parametrize("body", ["[" * 100_000, "1" * 5_000, "{", "", b"\xff\xfe\xfd", "{'a': 1}"])
def test_text_that_is_no_json_is_a_value_error_whatever_is_wrong(body: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - that it is this one is the promise
        parse_json(body)


def test_text_is_cleaned_and_names_are_lines() -> None:
    assert text("a\x1b[2Jb\x07\n") == "a␛[2Jb\n"
    assert name("oxen:ox\n\x9b-1") == "oxen:ox -1"
    assert name(7) == "7"
    assert name(None) == ""


def test_values_kept_whole_are_cleaned_in_keys_and_depth_and_cut_where_they_never_end() -> None:
    assert cleaned({"a\x07": ["\x1b", {"b": 1}]}) == {"a": ["␛", {"b": 1}]}
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    assert str(cleaned(deep)).count("[") <= 165
