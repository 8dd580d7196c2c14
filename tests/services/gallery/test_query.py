"""What is typed into the filter of the gallery."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.gallery.days import Days, read_days
from oxen_tui.services.gallery.query import parse, with_kind
from oxen_tui.services.gallery.search import matches
from oxen_tui.store.job import Job, JobState, Origin, ResultFile

TODAY = date(2026, 12, 1)


def job(**known: Any) -> Job:
    fields: dict[str, Any] = {
        "id": 1,
        "batch": 1,
        "place_in_batch": 0,
        "model": "quill-3",
        "kind": "image",
        "state": JobState.DONE,
        "created_at": datetime(2026, 11, 30, 12, tzinfo=UTC),
        "prompt": "A lighthouse at dusk",
        "file": ResultFile("2026-11-30-quill-3.png", "image/png", 1000),
    }
    return Job(**{**fields, **known})


def holds(text: str, found: Job, **how: bool) -> bool:
    return matches(found, parse(text, TODAY), **how)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", date(2026, 12, 1), date(2026, 12, 1)),
        ("yesterday", date(2026, 11, 30), date(2026, 11, 30)),
        ("7d", date(2026, 11, 25), date(2026, 12, 1)),
        ("2w", date(2026, 11, 18), date(2026, 12, 1)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3)),
        ("2026-10..2026-11", date(2026, 10, 1), date(2026, 11, 30)),
        ("2026-10..", date(2026, 10, 1), date.max),
    ],
)
def test_days_are_read_as_they_are_said(text: str, first: date, last: date) -> None:
    assert read_days(text, TODAY) == Days(first, last)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13", "2026-02-30", "0d", "..", "12", "2026-1-1-1", "x..2026"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_days(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["", "light dusk", '"at dusk"', "-fog", "model:quill", "by:QUILL", "kind:picture", "kind:clip,picture"],
)
def test_a_result_is_found_by_its_words_model_kind_and_day(text: str) -> None:
    assert holds(text, job())


@pytest.mark.parametrize(
    "text",
    ["fog", '"dusk at"', "-light", "model:brook", "kind:clips", "today", "date:2025", "-7d", "marked", "is:opened"],
)
def test_a_result_that_is_not_like_that_is_left_out(text: str) -> None:
    assert not holds(text, job())


@pytest.mark.parametrize(
    "text", ["2026-11", "yesterday", "7d", "date:2026", "-today", "QUILL-3", "-fav", "-is:missing"]
)
def test_days_stand_for_themselves_and_a_minus_turns_a_term_round(text: str) -> None:
    assert holds(text, job())


def test_favourites_marks_missing_and_opened_files_can_be_asked_for() -> None:
    assert holds("fav", job(favourite=True))
    assert holds("marked", job(), marked=True)
    assert holds("is:missing", job(), missing=True)
    assert holds("is:opened", job(origin=Origin.OPENED))


def test_a_year_alone_is_a_word_and_words_in_quotes_are_words() -> None:
    assert not holds("2026", job(file=None))
    assert holds("2026", job(prompt="a calendar of 2026"))
    assert not holds('"fav"', job(favourite=True))


def test_what_means_nothing_is_said_and_filters_nothing() -> None:
    for text, notice in (("date:soon", "soon is no date"), ("kind:poem", "poem is not one of"), ("is:odd", "odd is")):
        query = parse(text, TODAY)
        assert notice in query.notice
        assert query.terms == ()
    assert parse("kind:", TODAY).notice == ""


def test_a_kind_takes_the_place_of_the_kind_before() -> None:
    assert with_kind("fog kind:clip model:x", "image") == "fog model:x kind:image"
    assert with_kind("kind:clip fog", "") == "fog"
    assert with_kind("", "video") == "kind:video"
    assert parse("kind:clip", TODAY).kinds == {"video"}


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text, TODAY)
    matches(job(), query)
    assert "kind" not in {term.name for term in parse(with_kind(text, ""), TODAY).terms}
