"""Schemas that a server could send to do harm, or by mistake: checked as far as that goes, and always in time."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.services.form.check import FormCheck
from oxen_tui.services.form.patterns import breaks_pattern
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.schema.request_schema import read_schema
from tests.services.forms_made import form, model, row, said


def sentences(rule: Any, value: object, **root: Any) -> list[str]:
    """What is said of a value by a rule."""
    schema = read_schema({"properties": {"it": rule}, **root})
    field = schema.field("it")
    assert field is not None
    return [
        f"{'.'.join(map(str, path[1:]))} {sentence}".strip()
        for path, sentence in FormCheck(schema).value(field, value)
    ]


@pytest.mark.parametrize(
    ("rule", "value", "sentence"),
    [
        ({"type": "string"}, 1, "must be text"),
        ({"type": ["integer", "string"]}, [], "must be a whole number or text"),
        ({"type": "boolean"}, 1, "must be true or false"),
        ({"enum": ["a", 1, "1"]}, "b", 'must be one of a, 1, "1"'),
        ({"enum": list(range(12))}, 12, "must be one of 0, 1, 2, 3, 4, 5, 6, 7 or 4 more"),
        ({"const": 7}, 8, "must be 7"),
        ({"minimum": 1}, 0, "must be 1 or more"),
        ({"maximum": 1.5}, 2, "must be 1.5 or less"),
        ({"exclusiveMinimum": 0}, 0, "must be more than 0"),
        ({"minimum": 0, "exclusiveMinimum": True}, 0, "must be more than 0"),
        ({"maximum": 9, "exclusiveMaximum": True}, 9, "must be less than 9"),
        ({"multipleOf": 8}, 20, "must be a multiple of 8"),
        ({"minLength": 3}, "ab", "needs 3 characters at least, has 2"),
        ({"maxLength": 1}, "ab", "takes 1 character at most, has 2"),
        ({"minItems": 2}, [1], "needs 2 at least, has 1"),
        ({"maxItems": 1}, [1, 2], "takes 1 at most, has 2"),
        ({"uniqueItems": True}, [1, 1], "must not hold the same twice"),
        ({"pattern": "^#[0-9a-f]{6}$"}, "red", "must look like ^#[0-9a-f]{6}$"),
        ({"format": "uri"}, "ox.png", "must be a file or an address"),
        ({"items": {"type": "string", "format": "uri"}}, [""], "0 must be a file or an address"),
        ({"required": ["a"]}, {"a": ""}, "a is required"),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"b": 1}, "b is not known to this model"),
        ({"additionalProperties": {"maximum": 2}}, {"b": 3}, "b must be 2 or less"),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "c": 1}, "needs b too"),
        ({"not": {"type": "string"}}, "a", "does not go with what the model describes"),
        (False, 1, "must be left out"),
        ({"anyOf": [{"type": "integer", "maximum": 3}, {"const": "auto"}]}, 4, "must be 3 or less"),
        ({"oneOf": [{"type": "integer"}, {"enum": ["a", "b"]}]}, "c", "must be a whole number or a, b"),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, 1, "does not go with what the model describes"),
        (
            {"type": "object", "nullable": True, "properties": {"a": {"type": "integer"}}},
            {"a": "x"},
            "a must be a whole number",
        ),
        ({"$ref": "#/$defs/small", "nullable": True}, 9, "must be 3 or less"),
        ({"properties": {"a": {"required": True}}}, {}, "a is required"),
    ],
)
def test_what_is_wrong_is_said_in_words(rule: Any, value: object, sentence: str) -> None:
    assert sentences(rule, value, **{"$defs": {"small": {"maximum": 3}}}) == [sentence]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"multipleOf": 0.1}, 0.7),
        ({"multipleOf": 0.01}, 12345.67),
        ({"multipleOf": 1e-300}, 1e300),
        ({"type": "integer"}, 5.0),
        ({"type": "mood-wheel"}, {"angle": 1}),
        ({"type": ["string", "mood"]}, 1),
        ({"type": "string", "nullable": True}, None),
        ({"enum": ["a"], "nullable": True}, None),
        ({"oneOf": [{"type": "string"}], "nullable": True}, None),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None),
        ({"pattern": "^(a+)+$"}, "a" * 5000 + "b"),
        ({"minimum": "9", "maxLength": -1, "enum": "abc", "items": 3, "required": "x", "properties": []}, "x"),
        ({"$ref": "https://example.com/schema.json"}, 1),
        ({"$ref": "#/nowhere"}, 1),
        ({"$ref": "#/$defs/loop"}, 1),
        ({"allOf": [{"$ref": "#/$defs/itself"}]}, 1),
        ({"$id": "https://example.com/", "$schema": "http://json-schema.org/draft-03/schema#"}, 1),
        ({"type": "string", "format": "uri"}, ""),
        ({"type": "string", "format": "uri"}, "file:///ox.png"),
        (True, 1),
    ],
)
def test_what_is_right_or_cannot_be_told_is_let_through(rule: Any, value: object) -> None:
    definitions = {"loop": {"$ref": "#/$defs/pool"}, "pool": {"$ref": "#/$defs/loop"}}
    itself = {"allOf": [{"$ref": "#/$defs/itself"}]}
    assert sentences(rule, value, **{"$defs": {**definitions, "itself": itself}}) == []


def test_a_schema_that_contains_itself_is_checked_all_the_way_down() -> None:
    tree = {"type": "object", "properties": {"leaf": {"type": "integer"}, "branch": {"$ref": "#/$defs/tree"}}}
    filled = form({"tree": {"$ref": "#/$defs/tree"}}, **{"$defs": {"tree": tree}})
    filled.set(("tree",), {"branch": {"branch": {"branch": {"leaf": "x"}}}})

    assert said(filled) == ["tree, branch, branch, branch, leaf must be a whole number"]
    # Below the first repetition a form shows raw JSON; what is wrong there is said at its row.
    assert row(filled, "tree", "branch").problem == "branch, branch, leaf must be a whole number"


def test_forms_that_double_with_every_level_are_given_up() -> None:
    definitions: dict[str, Any] = {"d40": {"type": "string"}}
    for level in range(40):
        definitions[f"d{level}"] = {"anyOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 2}
    filled = form({"it": {"$ref": "#/$defs/d0"}}, {"it": 5}, **{"$defs": definitions})

    assert said(filled) == []


def test_sixty_levels_are_checked_to_the_last() -> None:
    rule: dict[str, Any] = {"type": "number", "maximum": 1}
    value: Any = 5
    for _ in range(60):
        rule, value = {"type": "object", "properties": {"a": rule}}, {"a": value}
    filled = form({"deep": rule}, {"deep": value})

    assert said(filled) == [f"deep, {'a, ' * 60}must be 1 or less".replace("a, must", "a must")]
    assert len(filled.entries()) < 30


def test_five_thousand_fields_are_looked_at_once() -> None:
    properties = {f"f{number}": {"type": "integer", "maximum": 9} for number in range(5000)}
    filled = RequestForm(model({"prompt": {"type": "string"}, **properties}))
    before = filled.entries()
    filled.set_text(("f7",), "12")

    changed = [entry.path for entry, old in zip(filled.entries(), before, strict=True) if entry is not old]
    assert (changed, said(filled)) == ([("f7",)], ["f7 must be 9 or less"])


def test_words_about_several_fields_are_heard() -> None:
    properties = {"a": {"type": "integer"}, "b": {"type": "integer"}, "c": {"type": "integer"}}
    filled = form(properties, {"a": 1}, dependentRequired={"a": ["b"]}, anyOf=[{"required": ["c"]}])

    assert said(filled) == ["c is required", "The request needs b too"]
    filled.set(("b",), 1)
    filled.set(("c",), 1)
    assert said(filled) == []


@pytest.mark.parametrize(
    ("pattern", "text", "breaks"),
    [
        (r"^\d+:\d+$", "16:9", False),
        (r"^\d+:\d+$", "16x9", True),
        (r"^\d+$", "9\n", True),
        (r"^a\$", "a$ and more", False),
        (r"^(?:auto|\d+)$", "car", True),
        (r"^(?:auto|\d+)?$", "", False),
        (r"^[^\]\\]+$", "a]", True),
        (r"[*+{]", "none", True),
        # Not run: repeated groups, references, looks ahead, what Python does not know or will read otherwise.
        (r"^(a|a)*$", "b", False),
        (r"^(a)\1$", "b", False),
        (r"^(?=x)", "b", False),
        (r"^\p{L}+$", "1", False),
        (r"[[a]]", "b", False),
        (r"a{1,99}{1,99}", "b", False),
        (r"(", "b", False),
        ("a?" * 30 + "a" * 30, "b", False),
        ("x" * 300, "b", False),
    ],
)
def test_patterns_are_run_where_they_end(pattern: str, text: str, breaks: bool) -> None:
    assert breaks_pattern(pattern, text) is breaks


@pytest.mark.parametrize("pattern", [r"^\d+\d+\d+\d+x$", r"\w*\w*\w*y", "a{0,50}" * 20 + "b", r".*.*.*=.*"])
def test_no_pattern_keeps_the_screen_waiting(pattern: str) -> None:
    began = time.process_time()
    for length in (10, 30, 60, 100, 400, 2000, 100_000):
        breaks_pattern(pattern, "1" * length)
        breaks_pattern(pattern, "a" * length)
    assert time.process_time() - began < 2


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["string", "object", "#/$defs/a", "", "("]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("type", "enum", "const", "items", "properties", "required", "anyOf", "oneOf", "allOf", "not"),
                    *("if", "then", "$ref", "$defs", "nullable", "minimum", "multipleOf", "pattern", "format", "a"),
                    *("additionalProperties", "minItems", "uniqueItems", "default", "dependentRequired"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(schema=ODD, value=ODD)
def test_no_schema_and_no_value_makes_a_form_fail(schema: Any, value: Any) -> None:
    filled = form(
        {"a": schema, "b": {"type": "string"}}, {"a": value} if value == value else None, **{"$defs": {"a": schema}}
    )
    for entry in filled.entries():
        assert entry.text is not None
        if filled.entry(entry.path) is not None:  # else what was typed around it took its place
            filled.set_text(entry.path, "1")
    assert filled.problems is not None
    assert filled.json_text()
