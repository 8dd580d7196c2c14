"""What a request schema says, read so that it can be shown and filled in, whatever a server sends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.json_text import json_lines
from oxen_tui.services.schema.chat_parameters import chat_parameters
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.keywords import _SHAPES
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema, read_schema
from oxen_tui.services.schema.text import schema_lines
from tests.schema_cases import SchemaCase


def field(rule: Any, **root: Any) -> Field:
    """The field `it` of a schema with this rule."""
    found = read_schema({"properties": {"it": rule}, **root}).field("it")
    assert found is not None
    return found


def names(schema: RequestSchema) -> list[str]:
    return [each.name for each in schema.fields]


def test_fields_stand_in_the_order_of_a_form() -> None:
    schema = read_schema(
        {
            "required": ["prompt", "secret"],
            "basic": ["picture"],
            "properties": {
                "late": {"x-order": 9},
                "unordered": {},
                "early": {"x-order": 2.5},
                "secret": {"x-hidden": True, "x-order": 0},
                "picture": {"x-order": 5},
                "prompt": {"x-order": 4},
            },
        }
    )

    assert names(schema) == ["prompt", "picture", "early", "late", "unordered", "secret"]
    assert [each.name for each in schema.first] == ["prompt", "picture"]
    assert [each.name for each in schema.rest] == ["early", "late", "unordered"]
    assert [each.name for each in schema.hidden] == ["secret"]
    assert (schema.fields[0].required, schema.fields[1].basic) == (True, True)


def test_a_required_field_without_a_description_is_a_field() -> None:
    schema = read_schema({"required": ["prompt"], "properties": {"seed": {"type": "integer"}}})

    assert names(schema) == ["prompt", "seed"]
    assert schema.fields[0].shape is Shape.RAW


@pytest.mark.parametrize("value", ["", False, 0, None, [], {}])
def test_an_empty_default_is_a_default(value: object) -> None:
    assert field({"default": value}).default == value
    assert field({"x-workbench-default": value}).example == value
    assert field({"const": value}).const == value


def test_no_default_is_nothing() -> None:
    assert field({}).default is NOTHING
    assert field({}).example is NOTHING
    assert field({}).const is NOTHING


def test_everything_a_field_says_is_read() -> None:
    rule = {
        "type": ["integer", "string", "null"],
        "title": "Duration",
        "description": "Seconds.",
        "enum": [8, "auto", 4.5],
        "minimum": 4,
        "exclusiveMaximum": 12.5,
        "multipleOf": 2,
        "minLength": 1,
        "maxLength": 9.0,
        "minItems": 0,
        "maxItems": 3,
        "pattern": "^a",
        "format": "date",
        "renderType": "button-group",
        "x-order": 3,
        "x-next-to": "size",
        "x-media-references": {"groups": [{"field": "input_image", "pattern": "Image {n}"}]},
    }
    it = field(rule)

    assert (it.title, it.description, it.types, it.nullable) == ("Duration", "Seconds.", ("integer", "string"), True)
    assert it.enum == (8, "auto", 4.5)
    assert (it.minimum, it.maximum, it.exclusive_minimum, it.exclusive_maximum) == (4, None, None, 12.5)
    assert (it.step, it.min_length, it.max_length, it.min_items, it.max_items) == (2, 1, 9, 0, 3)
    assert (it.pattern, it.format, it.beside, it.order) == ("^a", "date", "size", 3)
    assert [(each.field, each.pattern) for each in it.references] == [("input_image", "Image {n}")]
    assert it.additional == {}
    assert it.raw is rule


def test_an_older_draft_says_exclusive_by_a_truth_value() -> None:
    it = field({"minimum": 0, "exclusiveMinimum": True, "maximum": 1, "exclusiveMaximum": False})

    assert (it.minimum, it.exclusive_minimum, it.maximum, it.exclusive_maximum) == (None, 0, 1, None)


@pytest.mark.parametrize("word", sorted(_SHAPES))
def test_a_word_in_the_wrong_shape_is_kept_aside(word: str) -> None:
    anything = ("default", "const", "x-workbench-default")
    for odd in ({"of": "another kind"}, [[1]], 1e400):
        it = field({"type": "string", "title": "It", word: odd} if word != "type" else {word: odd})
        told = it.additional if word not in it.known else it.known
        assert told[word] == odd
        assert (word in it.known) == (
            word in anything
            or (word in ("properties",) and isinstance(odd, dict))
            or (word == "items" and isinstance(odd, dict))
            or (word == "enum" and isinstance(odd, list))
        )


def test_a_property_that_is_no_schema_is_kept_aside() -> None:
    assert field(True).additional == {"schema": True}
    assert field(["a"]).additional == {"schema": ["a"]}


def test_odd_words_at_the_top_are_kept_aside() -> None:
    schema = read_schema(
        {"type": "object", "title": "Input", "properties": [1], "required": True, "basic": ["gone"], "x-theme": 1}
    )

    assert schema.fields == ()
    assert schema.additional == {"properties": [1], "required": True, "basic": ["gone"], "x-theme": 1}


@pytest.mark.parametrize("odd", [None, [], "text", 3, True])
def test_what_is_no_schema_has_no_fields(odd: object) -> None:
    assert read_schema(odd).fields == ()


def test_a_field_is_required_also_where_it_says_so_itself() -> None:
    assert field({"type": "string", "required": True}).required


@pytest.mark.parametrize(
    ("rule", "shape"),
    [
        ({"type": "string"}, Shape.TEXT),
        ({"type": "integer"}, Shape.NUMBER),
        ({"type": "number", "nullable": True}, Shape.NUMBER),
        ({"type": ["number", "null"]}, Shape.NUMBER),
        ({"type": "boolean"}, Shape.SWITCH),
        ({"type": "string", "enum": ["a"]}, Shape.CHOICE),
        ({"const": 2}, Shape.CHOICE),
        ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}, Shape.CHOICE),
        ({"type": "string", "format": "uri", "title": "Picture"}, Shape.MEDIA),
        ({"type": "string", "format": "uri", "title": "Home"}, Shape.TEXT),
        ({"type": "array", "items": {"type": "string"}}, Shape.LIST),
        ({"items": {"type": "string"}}, Shape.LIST),
        ({"type": "array"}, Shape.RAW),
        ({"type": "object", "properties": {"a": {}}}, Shape.GROUP),
        ({"properties": {"a": {}}}, Shape.GROUP),
        ({"type": "object"}, Shape.RAW),
        ({"type": ["integer", "string"]}, Shape.UNION),
        ({"anyOf": [{"type": "integer"}, {"const": "auto"}]}, Shape.UNION),
        ({"type": "wheel"}, Shape.RAW),
        ({"type": "null"}, Shape.RAW),
        ({}, Shape.RAW),
    ],
)
def test_a_field_knows_how_it_is_filled_in(rule: dict[str, Any], shape: Shape) -> None:
    assert field(rule).shape is shape


def test_a_choice_has_its_values_in_order() -> None:
    assert field({"enum": [2, 1.5, "x"]}).choices == (2, 1.5, "x")
    assert field({"oneOf": [{"const": 1}, {"const": None}, {"const": 2}]}).choices == (1, 2)


def test_several_types_are_alternatives_with_the_same_limits() -> None:
    both = field({"type": ["integer", "string"], "minimum": 4, "default": "auto"}).alternatives

    assert [(each.shape, each.minimum) for each in both] == [(Shape.NUMBER, 4), (Shape.TEXT, 4)]


def test_children_are_read_with_their_paths() -> None:
    it = field(
        {
            "type": "array",
            "items": {"type": "object", "required": ["b"], "properties": {"a": {}, "b": {"anyOf": [{}, {}]}}},
        }
    )

    assert it.items is not None
    assert [each.path for each in it.items.fields] == [("it", "[]", "b"), ("it", "[]", "a")]
    assert it.items.fields[0].required
    assert [each.path for each in it.items.fields[0].variants] == [("it", "[]", "b", "|0"), ("it", "[]", "b", "|1")]


def test_a_reference_is_followed_and_what_stands_beside_it_counts_more() -> None:
    it = field({"$ref": "#/$defs/ink", "title": "Second"}, **{"$defs": {"ink": {"type": "string", "title": "Ink"}}})

    assert (it.types, it.title, it.ref) == (("string",), "Second", "#/$defs/ink")


@pytest.mark.parametrize("where", ["definitions", "$defs"])
def test_references_into_either_place_and_with_escapes_are_found(where: str) -> None:
    it = field({"$ref": f"#/{where}/a~1b%20c"}, **{where: {"a/b c": {"type": "integer"}}})

    assert it.types == ("integer",)


@pytest.mark.parametrize("ref", ["#/nowhere", "other.json#/x", "#/properties/it/9", "", 3, "#/properties/list/x"])
def test_a_reference_that_leads_nowhere_is_shown_as_it_is(ref: object) -> None:
    it = field({"$ref": ref}, **{"x-list": []})

    assert it.additional == {"$ref": ref}
    assert it.shape is Shape.RAW


def test_references_in_a_circle_end() -> None:
    round_and_round = {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}

    assert field({"$ref": "#/$defs/a"}, **{"$defs": round_and_round}).recurs
    assert field({"$ref": "#/properties/it"}).recurs


def test_something_that_contains_itself_is_read_once() -> None:
    part = {"properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/part"}}}
    it = field({"$ref": "#/$defs/part"}, **{"$defs": {"part": part}})

    inner = it.fields[1]
    assert (inner.recurs, inner.deeper, inner.fields, inner.shape) == (True, True, (), Shape.RAW)


def test_this_or_null_is_nullable() -> None:
    it = field({"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}], "title": "Portrait"})

    assert (it.types, it.nullable, it.variants, it.shape) == (("string",), True, (), Shape.MEDIA)
    more = field({"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]})
    assert (len(more.variants), more.nullable) == (2, True)


def test_a_lone_all_of_is_put_in() -> None:
    assert field({"allOf": [{"$ref": "#/$defs/x"}]}, **{"$defs": {"x": {"type": "boolean"}}}).shape is Shape.SWITCH


def test_names_and_texts_are_cleaned() -> None:
    schema = read_schema({"properties": {"a\x1b[2J\n": {"title": "\u202eT", "type": "\x9bt"}}})

    assert schema.fields[0].name == "a\u241b[2J "
    assert schema.fields[0].title == "T"
    assert schema.fields[0].types == ("t",)


def test_a_chat_model_without_a_schema_takes_the_usual_parameters() -> None:
    model = Model("heron", outputs=frozenset({"text"}), max_output_tokens=500)
    schema = model_schema(model)

    assert model.kind is ModelKind.CHAT
    assert names(schema)[0] == "messages"
    assert {"temperature", "top_p", "tools", "reasoning_effort", "stream_options"} <= set(names(schema))
    tokens = schema.field("max_tokens")
    assert tokens is not None
    assert (tokens.maximum, tokens.example, tokens.default) == (500, 500, NOTHING)


def test_only_what_the_service_states_has_a_default_in_chat() -> None:
    assert [each.name for each in read_schema(chat_parameters()).fields if each.default is not NOTHING] == ["stream"]


def test_the_chat_parameters_are_valid_json_schema() -> None:
    Draft202012Validator.check_schema(chat_parameters(1000))


def test_a_model_with_a_schema_or_of_another_kind_keeps_its_own() -> None:
    own = Model("x", outputs=frozenset({"text"}), request_schema={"properties": {"prompt": {}}})

    assert names(model_schema(own)) == ["prompt"]
    assert names(model_schema(Model("y", outputs=frozenset({"image"})))) == []


def test_what_is_special_about_a_chat_model_stands_beside_the_usual() -> None:
    effort = {"type": "string", "enum": ["max"], "default": "max"}
    own = {"properties": {"reasoning_effort": effort, "depth": {}}, "required": ["depth"], "x-note": 1}
    schema = model_schema(Model("x", outputs=frozenset({"text"}), request_schema=own))

    assert {"messages", "temperature", "depth"} <= set(names(schema))
    assert [each.name for each in schema.fields if each.required] == ["messages", "depth"]
    assert schema.field("reasoning_effort").enum == ("max",)  # type: ignore[union-attr]
    assert schema.additional == {"x-note": 1}


def test_every_field_of_a_case_is_read(schema_case: SchemaCase) -> None:
    schema = read_schema(schema_case.model.request_schema)

    assert sorted(names(schema)) == sorted(schema_case.schema["properties"])
    assert {each.name for each in schema.fields if each.required} == set(schema_case.schema.get("required", ()))
    assert set(schema_case.schema) <= {"properties", "required", "basic", "type", "title"} | set(schema.additional)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["#", "#/$defs/a", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*_SHAPES, "$ref", "$defs", "allOf", "a"]), inner, max_size=4)
    ),
    max_leaves=25,
)


@given(json_values)
def test_no_json_makes_reading_or_drawing_fail(value: object) -> None:
    schema = read_schema(value)

    for lines in (
        schema_lines(schema),
        schema_lines(schema, hidden=True, open_all=True),
        schema_lines(schema, filter_words="a"),
    ):
        for line in lines:
            assert isinstance(line.text, str)
    assert all(isinstance(each.shape, Shape) and each.alternatives is not None for each in schema.fields)
    assert list(json_lines(schema.raw))
