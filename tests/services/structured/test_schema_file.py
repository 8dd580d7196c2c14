"""Schemas are read from files and texts with care, and found again in what was asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oxen_tui.services.conversation.answer_request import response_format
from oxen_tui.services.structured.answer_schema import allows_strict
from oxen_tui.services.structured.schema_file import (
    TEMPLATE,
    NamedSchema,
    NoSchema,
    asked_name,
    asked_schema,
    read_schema,
    read_schema_file,
    schema_text,
)
from tests.services.structured.test_structured_answer import INVOICE


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


def test_what_was_typed_is_refused_with_its_line() -> None:
    with pytest.raises(NoSchema) as refused:
        read_schema('{\n"type": }', "This")
    assert (refused.value.sentence, refused.value.line) == ("This, line 2: a value is missing", 2)
    with pytest.raises(NoSchema) as refused:
        read_schema("[]", "This")
    assert refused.value.line == 0


def test_the_template_is_a_schema_that_can_be_followed_strictly() -> None:
    named = read_schema(TEMPLATE, "This")
    assert named.name == "answer"
    assert allows_strict(named.schema)
    assert read_schema(schema_text(named.schema), "This") == named


def test_the_schema_of_an_answer_is_known_from_its_request() -> None:
    assert asked_schema({"response_format": response_format(INVOICE)}) == NamedSchema("invoice", INVOICE)
    assert asked_name({"response_format": response_format(INVOICE)}) == "invoice"
    assert asked_schema({"response_format": {"type": "json_object"}}) is None
    assert asked_schema({}) is None
    assert asked_name({"response_format": "json"}) == asked_name({}) == ""
