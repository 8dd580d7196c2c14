"""JSON of the demo follows the schema that it was asked by, or misses it where that was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from oxen_tui.demo.json_answers import MOST_ITEMS, json_text

INVOICE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "number": {"type": "string", "maxLength": 12},
        "customer": {"$ref": "#/$defs/customer"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"what": {"type": "string"}, "unit": {"enum": ["piece", "metre"]}},
                "required": ["what", "unit"],
                "additionalProperties": False,
            },
        },
        "paid": {"type": "boolean"},
    },
    "required": ["number", "customer", "items", "paid"],
    "additionalProperties": False,
    "$defs": {
        "customer": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "city": {"type": "string"}},
            "required": ["name", "city"],
        }
    },
}


def asked(question: str, schema: dict[str, Any] = INVOICE) -> Any:
    return json.loads(json_text({"type": "json_schema", "json_schema": {"schema": schema}}, question))


def errors(value: object, schema: dict[str, Any] = INVOICE) -> int:
    return sum(1 for _ in Draft202012Validator(schema).iter_errors(value))


@pytest.mark.parametrize(
    "question", ["An invoice for Maria in Bremen", "40 items", "Say 7", "", "99,999,999 entries of it"]
)
def test_it_follows_the_schema(question: str) -> None:
    assert errors(asked(question)) == 0


def test_it_is_made_from_the_question() -> None:
    value = asked("An invoice for Maria in Bremen with 300 items")
    assert value["customer"] == {"name": "Maria", "city": "Bremen"}
    assert len({item["what"] for item in value["items"]}) == 300
    assert len(asked("99,999 entries")["items"]) == MOST_ITEMS


def test_it_misses_the_schema_where_that_is_asked_for() -> None:
    value = asked("A wrong invoice for Maria")
    assert errors(value) >= 3
    assert "paid" not in value
    assert errors(asked("an invalid one", {"type": "string"}), {"type": "string"}) == 1
