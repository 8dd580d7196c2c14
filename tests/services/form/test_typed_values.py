"""What a typed text means for a field."""

from __future__ import annotations

from typing import Any

import pytest

from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.schema.fields import NOTHING
from tests.services.forms_made import PICTURE, form, row, said


def test_typed_text_that_is_no_value_is_kept_as_typed() -> None:
    filled = form({"steps": {"type": "integer"}, "weights": {"type": "object"}, "cfg": {"type": "number"}})

    filled.set_text(("steps",), "12a")
    filled.set_text(("weights",), '{"a": 1')
    filled.set_text(("cfg",), "1.50")
    assert (row(filled, "steps").text, row(filled, "steps").value) == ("12a", NOTHING)
    assert said(filled) == [
        "steps must be a whole number",
        "weights is no JSON yet, line 1: a comma is missing",
    ]
    assert (row(filled, "cfg").text, row(filled, "cfg").value) == ("1.50", 1.5)
    assert filled.body == {"model": "wren", "cfg": 1.5}

    again = RequestForm.from_draft(filled.model, filled.draft)
    assert [entry.text for entry in again.entries()] == [entry.text for entry in filled.entries()]
    assert said(again) == said(filled)
    filled.set_text(("steps",), "12")
    filled.set_text(("weights",), '{"a": 1}')
    assert (said(filled), filled.body["weights"]) == ([], {"a": 1})
    filled.set_text(("steps",), "")
    assert "steps" not in filled.body


def test_emptying_a_text_that_has_a_default_sends_an_empty_one() -> None:
    filled = form({"avoid": {"type": "string", "default": "blur"}, "note": {"type": "string"}})

    filled.set_text(("avoid",), "")
    filled.set_text(("note",), "")
    assert filled.body == {"model": "wren", "avoid": ""}
    filled.clear(("avoid",))
    assert filled.body == {"model": "wren"}


@pytest.mark.parametrize(
    ("rule", "typed", "value"),
    [
        ({"type": "integer"}, " 7 ", 7),
        ({"type": "integer"}, "7.0", 7),
        ({"type": "number"}, ".5", 0.5),
        ({"type": "number"}, "1e3", 1000.0),
        ({"type": "boolean"}, "yes", True),
        ({"type": "string"}, " 7 ", " 7 "),
        ({"enum": [1, 2.5, "3", None]}, "2.5", 2.5),
        ({"enum": ["1K", "2K"]}, "2k", "2K"),
        ({"type": ["integer", "string"]}, "7", 7),
        ({"type": ["integer", "string"]}, '"7"', "7"),
        ({"type": ["integer", "string"]}, "auto", "auto"),
        ({"anyOf": [{"const": "auto"}, {"type": "integer"}]}, "auto", "auto"),
        ({"anyOf": [{"const": "auto"}, {"type": "integer"}]}, "7", 7),
        ({}, "[1, {}]", [1, {}]),
        (PICTURE, "https://example.com/a.png", "https://example.com/a.png"),
        (PICTURE, "/tmp/an ox.png", "file:///tmp/an%20ox.png"),
        (PICTURE, "'/tmp/an ox.png' ", "file:///tmp/an%20ox.png"),
        (PICTURE, "/tmp/an\\ ox.png", "file:///tmp/an%20ox.png"),
        ({"type": "array", "title": "Image", "items": PICTURE}, "/a.png\n/b.png", ["file:///a.png", "file:///b.png"]),
    ],
)
def test_what_is_typed_becomes_a_value(rule: dict[str, Any], typed: str, value: object) -> None:
    filled = form({"it": rule})
    filled.set_text(("it",), typed)

    assert filled.body["it"] == value
    assert type(filled.body["it"]) is type(value)
    assert said(filled) == []
    text = row(filled, "it").text
    filled.set_text(("it",), text)
    assert filled.body["it"] == value


@pytest.mark.parametrize(
    ("rule", "typed", "problem"),
    [
        ({"type": "number"}, "nan", "must be a number"),
        ({"type": "number"}, "1e999", "is too large"),
        ({"type": "boolean"}, "maybe", "must be yes or no"),
        ({"enum": ["1K", "2K"]}, "3K", "must be one of 1K, 2K"),
        ({"anyOf": [{"const": "auto"}, {"type": "integer"}]}, "x", "must be a whole number"),
        ({"type": "object"}, "NaN", "is no JSON yet, NaN is no number that can be sent"),
        ({"type": "integer"}, "1.5", "must be a whole number"),
    ],
)
def test_what_is_no_value_says_what_is_wanted(rule: dict[str, Any], typed: str, problem: str) -> None:
    filled = form({"it": rule})
    filled.set_text(("it",), typed)

    assert said(filled) == [f"it {problem}"]
    assert (row(filled, "it").problem, row(filled, "it").text) == (problem, typed)
