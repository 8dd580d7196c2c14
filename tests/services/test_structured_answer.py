"""Schemas are read from files with care, and answers are held against them in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.services.answer_request import response_format
from oxen_tui.services.structured_answer import (
    NamedSchema,
    NoSchema,
    NoValue,
    answer_value,
    asked_schema,
    misfits,
    read_schema_file,
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


def written(folder: Path, content: str | bytes) -> str:
    path = folder / "bill.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    "wrapped",
    [INVOICE, {"name": "invoice", "schema": INVOICE}, response_format(INVOICE)],
    ids=["bare", "with a name", "as it is sent"],
)
def test_a_schema_is_read_bare_or_wrapped(tmp_path: Path, wrapped: object) -> None:
    assert read_schema_file(f" '{written(tmp_path, json.dumps(wrapped))}' ") == NamedSchema("invoice", INVOICE)


def test_without_a_title_it_is_called_by_its_file(tmp_path: Path) -> None:
    assert read_schema_file(written(tmp_path, '{"type": "object"}')).name == "bill"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{\n  'type': 1}", "bill.json, line 2: a name in double quotes is missing"),
        ("[1]", "bill.json holds no schema"),
        ("{}", "it is empty"),
        ('{"type": "objekt"}', "is no JSON Schema: /type must be"),
        ('{"properties": {"a": {"minimum": "one"}}}', "/properties/a/minimum must be a number"),
        ('{"items": {"$ref": "https://example.org/a.json"}}', "/items/$ref leads nowhere within the file"),
        ('{"$ref": "#/$defs/none"}', "/$ref leads nowhere"),
        (b"\xff\xfe\x00", "is no text"),
        ("[" * 5000, "nested deeper"),
        (" " * 300_000, "larger than 256 KB"),
    ],
)
def test_what_is_no_schema_is_refused_with_the_place(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(NoSchema) as refused:
        read_schema_file(written(tmp_path, content))
    assert words in refused.value.sentence


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSchema, match=r"none\.json cannot be read: no such file"):
        read_schema_file(str(tmp_path / "none.json"))


def test_the_value_is_found_within_a_fence() -> None:
    assert answer_value('Here:\n```json\n{"a": 1}\n```\nDone.') == {"a": 1}
    with pytest.raises(NoValue, match="it is no JSON: line 1"):
        answer_value("Sorry, no.")


def test_each_place_that_does_not_fit_is_named() -> None:
    value = {"items": [{}, {"price": "free"}, {"price": 1}], "note": "", "more": 1}
    assert misfits(value, INVOICE) == [
        "/items/0/price is required",
        "/items/1/price must be a number",
        "/more must be left out",
    ]
    assert misfits({"items": [], "note": ""}, INVOICE) == []
    assert misfits(1, INVOICE) == ["the whole must be an object"]


def test_a_schema_that_goes_round_in_circles_ends() -> None:
    assert "nobody can say" in misfits(1, {"$ref": "#"})[0]


def test_a_pattern_that_could_compute_for_ever_is_not_run() -> None:
    assert misfits("a" * 5000 + "!", {"pattern": "^(a+)+$"}) == []
    assert misfits("b", {"pattern": "^a+$"}) == ["the whole must look like ^a+$"]


def test_the_verdict_is_short() -> None:
    assert verdict('{"items": [], "note": ""}', INVOICE, "invoice") == (True, "fits invoice")
    fits, words = verdict('{"items": [{}]}', INVOICE, "invoice")
    assert not fits
    assert words.startswith("2 places do not fit: ")
    assert "/items/0/price is required" in words
    assert verdict("no", INVOICE, "invoice")[1].startswith("does not fit invoice: it is no JSON")


def test_the_schema_of_an_answer_is_known_from_its_request() -> None:
    assert asked_schema({"response_format": response_format(INVOICE)}) == NamedSchema("invoice", INVOICE)
    assert asked_schema({"response_format": {"type": "json_object"}}) is None
    assert asked_schema({}) is None
