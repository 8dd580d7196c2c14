"""A request schema as text: nothing is lost, folds and filters hide only what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean
from oxen_tui.services.json_text import compact_json, json_lines
from oxen_tui.services.schema.lines import LineKind, SchemaLine, Tone
from oxen_tui.services.schema.request_schema import model_schema, read_schema
from oxen_tui.services.schema.text import schema_lines
from oxen_tui.services.schema.words import number_text, value_text
from tests.schema_cases import SchemaCase


def drawn(schema: object, **how: Any) -> list[str]:
    """The lines as a plain terminal would show them."""
    return [line.twigs() + line.text for line in schema_lines(read_schema(schema), **how)]


def raw_lines(schema: object) -> list[str]:
    """The schema as it came, as indented JSON."""
    return ["  " * depth + line for depth, line in json_lines(read_schema(schema).raw)]


def whole(schema: object) -> list[SchemaLine]:
    return list(schema_lines(read_schema(schema), hidden=True, open_all=True))


def properties_of(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every property in a JSON Schema, wherever it stands, by its name."""
    if isinstance(schema, list):
        for entry in schema:
            yield from properties_of(entry)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            for name, inner in value.items():
                yield name, inner
                yield from properties_of(inner)
        elif key not in ("default", "enum", "const", "x-workbench-default"):
            yield from properties_of(value)


def blocks_of(name: str, lines: list[SchemaLine]) -> Iterator[str]:
    """What is said about the fields of that name, each with all that is in it."""
    for index, line in enumerate(lines):
        if line.kind is not LineKind.FIELD or line.name != name:
            continue
        block = [line]
        for inner in lines[index + 1 :]:
            if inner.kind is LineKind.FIELD and inner.depth <= line.depth:
                break
            block.append(inner)
        yield "\n".join(part.text for part in block)


def values_in(schema: dict[str, Any]) -> Iterator[str]:
    """The words that must be found for one property."""
    if "default" in schema:
        yield value_text(schema["default"])
    for value in schema.get("enum", ()):
        yield value_text(value)
    for key in ("minimum", "maximum"):
        if key in schema:
            yield number_text(schema[key])


def test_a_schema_is_shown_without_loss(schema_case: SchemaCase) -> None:
    lines = list(schema_lines(model_schema(schema_case.model), hidden=True, open_all=True))

    for name, schema in properties_of(schema_case.schema):
        blocks = list(blocks_of(name, lines))
        assert blocks, name
        wanted = list(values_in(schema)) if isinstance(schema, dict) else []
        assert any(all(words in block for words in wanted) for block in blocks), (name, wanted, blocks)


def test_values_stand_by_themselves_and_are_not_parts_of_others(schema_case: SchemaCase) -> None:
    words = {
        word.text
        for line in schema_lines(model_schema(schema_case.model), hidden=True, open_all=True)
        for word in line.words
    }

    for _, schema in properties_of(schema_case.schema):
        for value in schema.get("enum", ()):
            assert value_text(value) in words
        if "default" in schema:
            assert value_text(schema["default"]) in words


def test_descriptions_are_shown_as_they_are(schema_case: SchemaCase) -> None:
    text = "\n".join(drawn(schema_case.schema, hidden=True, open_all=True))

    for _, schema in properties_of(schema_case.schema):
        assert " ".join(schema.get("description", "").split("\n")) in text


def test_the_raw_view_is_the_schema(schema_case: SchemaCase) -> None:
    assert json.loads("\n".join(raw_lines(schema_case.schema))) == schema_case.schema


def test_a_field_says_type_default_limits_and_whether_it_is_required() -> None:
    schema = {
        "required": ["prompt"],
        "properties": {
            "prompt": {"type": "string", "maxLength": 2000},
            "seconds": {"type": "integer", "default": 6, "minimum": 4, "maximum": 12},
            "pictures": {"type": "array", "items": {"type": "string", "format": "uri"}, "nullable": True},
            "strength": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "multipleOf": 0.25},
            "tail": {"type": "string", "format": "uri", "title": "Mask"},
        },
    }

    assert drawn(schema) == [
        "prompt  string  required  ≤ 2,000 characters",
        "seconds  integer  6  4 … 12",
        "pictures  array of uri  nullable  images",
        "strength  number  above 0 … 1  in steps of 0.25",
        "tail  uri  mask",
        "Mask",
    ]


def test_values_and_children_hang_on_a_tree() -> None:
    schema = {
        "properties": {
            "size": {"type": "string", "enum": ["1K", "2K"], "default": "2K"},
            "shots": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["prompt"],
                    "properties": {"prompt": {"type": "string"}, "seconds": {"type": "integer"}},
                },
            },
        }
    }

    assert drawn(schema) == [
        "size  enum  2K",
        "├─ 1K",
        "└─ 2K  default",
        "shots  array of object",
        "├─ prompt  string  required",
        "└─ seconds  integer",
    ]


def test_a_fold_hides_what_is_in_a_field_and_sums_it_up() -> None:
    schema = {
        "properties": {
            "ratio": {"type": "string", "enum": [f"{n}:9" for n in range(20)], "default": "3:9"},
            "camera": {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}},
        }
    }

    folded = drawn(schema, toggled=frozenset({("camera",)}))
    assert folded == ["ratio  enum  3:9  0:9 1:9 2:9 4:9 5:9 6:9 7:9 8:9  +11", "camera  object  2 fields"]
    assert len(drawn(schema, toggled=frozenset({("ratio",)}))) == 1 + 20 + 3
    assert [line.fold for line in schema_lines(read_schema(schema)) if line.depth == 0] == [True, False]


def test_hidden_fields_are_counted_and_shown_on_demand() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string", "x-hidden": True}}}

    assert drawn(schema) == ["a  string", "1 hidden field"]
    assert drawn(schema, hidden=True) == ["a  string", "b  string  hidden"]


def test_a_filter_keeps_what_a_found_field_is_in() -> None:
    schema = {
        "properties": {
            "prompt": {"type": "string", "description": "What to see"},
            "camera": {
                "type": "object",
                "properties": {
                    "motion": {"type": "string", "enum": ["pan", "tilt", "dolly"]},
                    "lens": {"type": "string"},
                },
            },
        }
    }

    assert drawn(schema, filter_words="LENS") == ["camera  object", "└─ lens  string"]
    assert drawn(schema, filter_words="dolly")[:2] == ["camera  object", "└─ motion  enum"]
    assert drawn(schema, filter_words="see what") == ["prompt  string", "What to see"]
    assert len(drawn(schema, filter_words="camera")) == 6
    assert drawn(schema, filter_words="nowhere") == []


def test_a_filter_finds_what_is_folded_away() -> None:
    deep: dict[str, Any] = {"type": "string", "title": "Needle"}
    for level in range(8):
        deep = {"type": "object", "properties": {f"level_{level}": deep}}

    assert len(drawn(deep)) < 8
    assert drawn(deep, filter_words="needle")[-1].endswith("Needle")


def test_prices_of_single_values_stand_beside_them() -> None:
    schema = {"properties": {"resolution": {"type": "string", "enum": ["480p", "4K"]}}}
    lines = list(schema_lines(read_schema(schema), prices={"resolution": {"4k": "$0.20 / s"}}))

    assert [word.text for word in lines[2].words] == ["4K", "$0.20 / s"]
    assert lines[2].words[1].tone is Tone.PRICE


def test_what_nobody_knows_is_shown_as_raw_json() -> None:
    schema = {
        "properties": {"lens": {"type": "wheel", "x-unit": "mm", "x-group": {"open": False}}},
        "additionalProperties": False,
    }

    assert drawn(schema, open_all=True) == [
        "lens  wheel  raw JSON",
        '├─ x-unit  "mm"',
        '└─ x-group  {"open": false}',
        "additionalProperties  false",
    ]


def test_long_raw_json_is_laid_out_when_it_is_opened() -> None:
    schema = {"properties": {}, "$defs": {f"part_{n}": {"type": "string"} for n in range(9)}}

    assert drawn(schema) == ["$defs  {…}"]
    opened = drawn(schema, toggled=frozenset({("$", "$", "$defs")}))
    assert opened[0] == "$defs"
    assert opened[2].endswith('"part_0": {')


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("16:9", "16:9"),
        ("", '""'),
        (" spaced", '" spaced"'),
        ("8", '"8"'),
        ("true", '"true"'),
        ("two\nlines", '"two\\nlines"'),
        (8, "8"),
        (0.5, "0.5"),
        (False, "false"),
        (None, "null"),
        ({"a": [1]}, '{"a": [1]}'),
        ("\x1b[2Jgone", "\u241b[2Jgone"),
    ],
)
def test_a_value_is_said_so_that_it_cannot_be_taken_for_another(value: object, said: str) -> None:
    assert value_text(value) == said


def test_nothing_foreign_reaches_a_line_uncleaned() -> None:
    odd = "\x1b]0;x\x07\u202ename\n\x9b"
    schema = {
        "description": odd,
        "properties": {
            odd: {
                "type": odd,
                "title": odd,
                "description": odd,
                "default": odd,
                "enum": [odd, {odd: odd}],
                "pattern": odd,
                "format": odd,
                "x-next-to": odd,
                "x-workbench-default": odd,
                "x-media-references": {"groups": [{"field": odd, "pattern": odd}]},
                odd: {odd: [odd]},
            },
            "again": {"$ref": "#/$defs/" + odd},
        },
        "$defs": {odd: {"properties": {"more": {"$ref": "#/$defs/" + odd}}}},
        odd: [odd],
    }

    for text in drawn(schema, hidden=True, open_all=True) + raw_lines(schema):
        assert clean(text) == text
        assert "\n" not in text


def test_sixty_levels_end_in_a_note_that_leads_to_the_rest() -> None:
    deep: dict[str, Any] = {"type": "string", "default": "at the bottom"}
    for level in range(60, 0, -1):
        deep = {"type": "object", "properties": {f"level_{level}": deep}}
    schema = read_schema(deep)

    lines = list(schema_lines(schema, open_all=True))
    note = next(line for line in lines if line.kind is LineKind.NOTE)
    assert note.text == "… deeper"
    assert note.depth < 30
    text = "\n".join(line.text for line in lines)
    assert all(f"level_{level}" in text for level in range(1, 61))
    assert "at the bottom" in text
    assert len(list(schema_lines(schema))) < 10


def test_a_schema_that_contains_itself_ends() -> None:
    schema = {
        "$defs": {
            "part": {"type": "object", "properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/part"}}}
        },
        "properties": {"root": {"$ref": "#/$defs/part"}, "me": {"$ref": "#"}},
    }

    text = "\n".join(drawn(schema, open_all=True))
    assert "… deeper: #/$defs/part again" in text


def test_definitions_that_double_without_end_stop_somewhere() -> None:
    definitions = {
        f"d{n}": {"properties": {f"p{m}": {"$ref": f"#/$defs/d{n + 1}"} for m in range(9)}} for n in range(19)
    }
    schema = read_schema({"$defs": definitions, "properties": {"x": {"$ref": "#/$defs/d0"}}})

    lines = list(islice(schema_lines(schema, open_all=True), 200_000))
    assert len(lines) < 100_000
    assert lines[-1].text == "… the rest stands in the raw JSON"
    assert list(schema_lines(schema, filter_words="p8"))


def test_a_schema_nested_deeper_than_python_recurses_is_shown() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(5000):
        deep = {"type": "object", "properties": {"a": deep}}

    assert len(list(schema_lines(read_schema(deep), open_all=True))) > 10_000
    assert len(raw_lines(deep)) > 10_000
    assert compact_json({"deep": deep}).startswith('{ "deep": {')


def test_of_five_thousand_fields_only_those_looked_at_are_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from oxen_tui.services.schema import field_words as schema_field_words
    from oxen_tui.services.schema import text as schema_text

    asked: list[object] = []
    words_of = schema_field_words.field_words

    def counted(*given: Any) -> Any:
        asked.append(given)
        return words_of(*given)

    monkeypatch.setattr(schema_text, "field_words", counted)
    schema = {"properties": {f"field_{n}": {"type": "integer", "maximum": n} for n in range(5000)}}

    lines = list(islice(schema_lines(read_schema(schema)), 40))
    assert [line.text for line in lines[:2]] == ["field_0  integer  ≤ 0", "field_1  integer  ≤ 1"]
    assert len(asked) == 2
    assert len(list(schema_lines(read_schema(schema)))) == 5000


def test_sixty_levels_come_whole_from_the_wire() -> None:
    deep: dict[str, Any] = {"type": "string", "default": "at the bottom"}
    for level in range(60, 0, -1):
        deep = {"type": "object", "properties": {f"level_{level}": deep}}
    model = Model.from_json({"id": "m", "capabilities": {"output": ["image"]}, "request_schema": deep})

    text = "\n".join(line.text for line in schema_lines(model_schema(model), open_all=True))
    assert "… deeper" in text
    assert "at the bottom" in text
