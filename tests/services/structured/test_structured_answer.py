"""Answers are held against their schemas in words: which values, and which places do not fit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.structured.structured_answer import (
    EndsEarly,
    Misfit,
    NotCheckable,
    NoValue,
    answer_value,
    answer_values,
    exact_values,
    indented,
    misfits,
    verdict,
)

INVOICE: dict[str, Any] = {
    "type": "object",
    "title": "invoice",
    "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/item"}}, "note": {"type": "string"}},
    "required": ["items", "note"],
    "additionalProperties": False,
    "$defs": {"item": {"type": "object", "properties": {"price": {"type": "number"}}, "required": ["price"]}},
}


def test_the_value_is_found_within_a_fence() -> None:
    assert answer_value('Here:\n```json\n{"a": 1}\n```\nDone.') == {"a": 1}
    assert answer_value("```python\nprint()\n```\n~~~\n[1]\n~~~") == [1]
    with pytest.raises(NoValue, match="it is no JSON: line 1"):
        answer_value("Sorry, no.")
    with pytest.raises(NoValue, match="none of its code blocks"):
        answer_value("```\na\n```\n```\nb\n```")


def test_several_values_are_told_from_one() -> None:
    assert answer_values('{"a": 1}\n{"a": 2}\n') == [{"a": 1}, {"a": 2}]
    assert answer_values("```json\n1\n```\nand\n```json\n2\n```") == [1, 2]
    with pytest.raises(NoValue, match="2 JSON values where one was asked for"):
        answer_value("[1] [2]")
    with pytest.raises(NoValue, match="something follows after the end"):
        answer_value('{"a": 1}\nThat is all.')


@pytest.mark.parametrize("cut", range(1, 33))
def test_an_answer_that_breaks_off_says_so_and_is_not_called_wrong(cut: int) -> None:
    whole = '{"items": [{"price": 1.5}],\n"note": "so"}'
    with pytest.raises(NoValue) as refused:
        answer_value(whole[:cut])
    assert isinstance(refused.value, EndsEarly) or "line" in refused.value.sentence
    assert verdict(whole[:cut], INVOICE, "invoice", cut_off=True).fits is None


def test_where_it_breaks_off_is_told() -> None:
    told = verdict('{"items": [],\n"note": "s', INVOICE, "invoice")
    assert (told.fits, told.words) == (None, "breaks off in line 2: not checked against invoice")


def test_each_place_that_does_not_fit_is_named() -> None:
    value = {"items": [{}, {"price": "free"}, {"price": 1}], "note": "", "more": 1}
    assert [str(misfit) for misfit in misfits(value, INVOICE)] == [
        "/items/0/price is required",
        "/items/1/price must be a number",
        "/more must be left out",
    ]
    assert misfits({"items": [], "note": ""}, INVOICE) == []
    assert [str(misfit) for misfit in misfits(1, INVOICE)] == ["the whole must be an object"]


def test_a_schema_that_goes_round_in_circles_ends() -> None:
    assert "goes round in circles" in misfits(1, {"$ref": "#"})[0].words


def test_a_pattern_that_could_compute_for_ever_is_not_run() -> None:
    assert misfits("a" * 5000 + "!", {"pattern": "^(a+)+$"}) == []
    assert misfits("b", {"pattern": "^a+$"}) == [Misfit((), "must look like ^a+$")]


def test_the_verdict_is_a_line_and_the_places() -> None:
    told = verdict('{"items": [], "note": ""}', INVOICE, "invoice")
    assert (told.fits, told.words, told.misfits) == (True, "valid against invoice", ())
    told = verdict('{"items": [{}]}', INVOICE, "invoice")
    assert (told.fits, told.words) == (False, "2 problems against invoice")
    assert Misfit(("items", 0, "price"), "is required") in told.misfits
    told = verdict("no", INVOICE, "invoice")
    assert (told.fits, told.is_json) == (False, False)
    assert told.words.startswith("does not follow invoice: it is no JSON: line 1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 200 + "]" * 200, "nested deeper than 100 levels"),
        ("[" * 50_000, "nested too deeply"),
        ('"' + "a" * 1_000_001 + '"', "too long to be checked"),
    ],
)
def test_what_is_too_much_is_not_checked_and_not_called_wrong(text: str, words: str) -> None:
    with pytest.raises(NotCheckable, match=words):
        answer_values(text)
    assert verdict(text, INVOICE, "invoice").fits is None


@pytest.mark.parametrize("text", ['{"a": NaN}', "[1" + "0" * 5000 + "]", "[1e999]"])
def test_numbers_that_json_does_not_have_are_refused(text: str) -> None:
    with pytest.raises(NoValue, match="it is no JSON"):
        answer_values(text)


def test_a_file_gets_what_was_sent_and_several_values_as_a_list() -> None:
    assert exact_values('{"a": "\\u001b[0m"}') == [{"a": "\x1b[0m"}]
    assert json.loads(indented(exact_values("```json\n1\n```\n```sh\nls\n```\n```\n2\n```"))) == [1, 2]
    assert indented([{"a": "ü"}]) == '{\n  "a": "ü"\n}\n'
    assert indented(["\ud800"]) == '"\\ud800"\n'


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda few: st.lists(few, max_size=4)))
def test_any_value_comes_back(value: object) -> None:
    assert exact_values(json.dumps(value)) == [value]
    assert json.loads(indented([value])) == value


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='{}[]",:01-e \n\\u`tn', max_size=60))
def test_any_text_has_a_verdict(text: str) -> None:
    assert verdict(text, INVOICE, "invoice").words
