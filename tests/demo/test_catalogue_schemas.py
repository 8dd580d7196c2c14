"""Together the schemas of the demo catalogue use every feature of the dialect, and each is sound in itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from oxen_tui.demo.catalogue import load_models

BY_ID: dict[str, dict[str, Any]] = {model["id"]: model for model in load_models()}  # type: ignore[misc]
WITH_FIELDS = [model for model in BY_ID.values() if (model["request_schema"] or {}).get("properties")]

KNOWN_TYPES = {"string", "integer", "number", "boolean", "array", "object", "null"}

MEDIA_FIELDS = {
    *("input_image", "input_images", "input_face_images", "reference_images", "image_url", "start_image_url"),
    *("tail_image_url", "end_image_url", "first_frame_image", "last_frame_image", "mask_url", "input_video"),
    *("input_videos", "input_face_videos", "video_url", "control_video_url", "reference_videos", "input_audio"),
    *("input_audios", "audio_url", "audio_urls"),
}

KEYWORDS_OF_THE_DIALECT = {
    *("type", "title", "description", "default", "enum", "minimum", "maximum", "maxLength", "maxItems", "items"),
    *("format", "nullable", "required", "properties", "renderType", "x-order", "x-hidden", "x-next-to"),
    *("x-workbench-default", "x-media-references", "x-bounding-boxes"),
}

KEYWORDS_BEYOND_IT = {
    *("$ref", "oneOf", "anyOf", "const", "pattern", "additionalProperties", "multipleOf", "minItems", "uniqueItems"),
    *("hint", "x-group"),
}


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    """The schema and every schema within it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for named in (schema.get("properties"), schema.get("$defs")):
        for inner in (named or {}).values():
            yield from nodes(inner)
    for key in ("items", "additionalProperties"):
        yield from nodes(schema.get(key))
    for key in ("oneOf", "anyOf"):
        for inner in schema.get(key, ()):
            yield from nodes(inner)


def fields(model: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    properties: dict[str, dict[str, Any]] = (model["request_schema"] or {}).get("properties", {})
    return properties


def all_fields() -> Iterator[tuple[str, dict[str, Any]]]:
    for model in WITH_FIELDS:
        yield from fields(model).items()


def all_nodes() -> Iterator[dict[str, Any]]:
    for model in WITH_FIELDS:
        yield from nodes(model["request_schema"])


def depth(schema: Mapping[str, Any]) -> int:
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return 1 + max((depth(each) for each in inner), default=0)


def in_standard_words(schema: object) -> Any:
    """The schema with `nullable` said in the standard's words, and without types the standard does not know."""
    if isinstance(schema, list):
        return [in_standard_words(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: in_standard_words(value) for key, value in schema.items() if key != "nullable"}
    if isinstance(plain.get("type"), str):
        if plain["type"] not in KNOWN_TYPES:
            del plain["type"]
        elif schema.get("nullable") is True:
            plain["type"] = [plain["type"], "null"]
    return plain


@pytest.mark.parametrize("model", WITH_FIELDS, ids=lambda m: m["id"])
def test_a_schema_is_valid_json_schema(model: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(in_standard_words(model["request_schema"]))


@pytest.mark.parametrize("model", WITH_FIELDS, ids=lambda m: m["id"])
def test_defaults_and_examples_are_valid(model: dict[str, Any]) -> None:
    plain = in_standard_words(model["request_schema"])
    for node in nodes(plain):
        for key in ("default", "x-workbench-default"):
            if key in node:
                rule = {**node, "$defs": plain.get("$defs", {})}
                Draft202012Validator(rule).validate(node[key])


@pytest.mark.parametrize("model", WITH_FIELDS, ids=lambda m: m["id"])
def test_a_schema_names_only_fields_it_has(model: dict[str, Any]) -> None:
    schema, names = model["request_schema"], set(fields(model))
    assert set(schema["required"]) <= names
    assert set(schema.get("basic", ())) <= names
    orders = [field["x-order"] for field in fields(model).values() if "x-order" in field]
    assert len(orders) == len(set(orders))
    for field in fields(model).values():
        assert field.get("x-next-to", next(iter(names))) in names
        for group in field.get("x-media-references", {}).get("groups", ()):
            assert group["field"] in names
        for key in ("aspectRatioField", "imageField"):
            assert field.get("x-bounding-boxes", {}).get(key, next(iter(names))) in names


def test_every_keyword_of_the_dialect_is_used() -> None:
    used = {key for node in all_nodes() for key in node}
    assert used >= KEYWORDS_OF_THE_DIALECT
    assert used >= KEYWORDS_BEYOND_IT
    tops = {key for model in WITH_FIELDS for key in model["request_schema"]}
    assert {"required", "basic", "x-image-to-image-endpoint", "$defs", "additionalProperties", "x-theme"} <= tops


def test_every_media_field_is_used_as_one_or_many() -> None:
    held: dict[str, set[str]] = {}
    for name, field in all_fields():
        held.setdefault(name, set()).add(str(field.get("type")))
    assert set(held) >= MEDIA_FIELDS
    assert held["input_image"] == {"string", "array"}
    assert "maxItems" in fields(BY_ID["juniper-4"])["input_images"]
    render_types = {field["renderType"] for _, field in all_fields() if "renderType" in field}
    assert render_types == {"button-group", "image-url", "video-url", "audio-url"}


def test_enums_hold_strings_integers_and_floats_unsorted() -> None:
    enums = [node["enum"] for node in all_nodes() if "enum" in node]
    assert {str, int, float} <= {type(value) for enum in enums for value in enum}
    numbers = [enum for enum in enums if not any(isinstance(value, str) for value in enum)]
    assert any(enum != sorted(enum) for enum in numbers)
    assert all(len(enum) == len(set(enum)) for enum in enums)


def test_defaults_are_of_every_sort() -> None:
    defaults = [node["default"] for node in all_nodes() if "default" in node]
    assert any(value is False for value in defaults)
    assert any(value is None for value in defaults)
    assert any(value == 0 and not isinstance(value, bool) for value in defaults)
    assert any(isinstance(value, list) for value in defaults)
    assert any(isinstance(value, dict) for value in defaults)
    blank = [m["id"] for m in WITH_FIELDS if fields(m).get("prompt", {}).get("default") == ""]
    assert any("prompt" in BY_ID[name]["request_schema"]["required"] for name in blank)
    assert ["integer", "string"] in [f.get("type") for _, f in all_fields() if f.get("default") == "auto"]


def test_arrays_and_objects_take_every_form() -> None:
    shapes = dict(all_fields())
    for name in ("elements", "multi_prompt", "image_style_references", "reference_videos"):
        assert shapes[name]["items"]["properties"], name
    strength = shapes["image_style_references"]["items"]["properties"]["strength"]
    assert (strength["minimum"], strength["maximum"]) == (-1, 1)
    assert any(f.get("items", {}).get("format") == "uri" for _, f in all_fields())
    assert any(f.get("type") == "object" and f.get("properties") for _, f in all_fields())
    assert "properties" not in shapes["source_position"]
    assert any(n == "image_size" and f["type"] == "object" and f["x-hidden"] for n, f in all_fields())
    assert any(n == "image_size" and f["type"] == "string" for n, f in all_fields())
    assert any(isinstance(f.get("type"), str) and f["type"] not in KNOWN_TYPES for _, f in all_fields())
    assert max(depth(model["request_schema"]) for model in WITH_FIELDS) >= 7  # the input itself and six levels


def test_sizes_and_lengths_of_time_are_written_in_every_style() -> None:
    sizes = {value for name, field in all_fields() if name == "resolution" for value in field["enum"]}
    assert {"1K", "1k", "1 MP", "512", "768sq", "720p", "1080P", "4k"} <= sizes
    assert {"auto", "match_input_image", "19.5:9"} <= set(fields(BY_ID["juniper-4"])["aspect_ratio"]["enum"])
    lengths = [field for name, field in all_fields() if name == "duration"]
    assert any(f.get("type") == "integer" and "enum" not in f for f in lengths)
    assert any(f.get("type") == "integer" and "enum" in f for f in lengths)
    assert any(f.get("type") == "string" and "enum" in f for f in lengths)
    assert any("anyOf" in f for f in lengths)
    assert {"seconds", "size", "target_fps"} <= {name for name, _ in all_fields()}


def test_some_models_need_no_prompt_and_some_have_none() -> None:
    assert any("prompt" not in fields(m) for m in WITH_FIELDS if "image" in m["capabilities"]["output"])
    assert any("prompt" not in fields(m) for m in WITH_FIELDS if "video" in m["capabilities"]["output"])
    assert BY_ID["shoal-multishot"]["request_schema"]["required"] == []


def test_orders_have_gaps_and_differ_from_the_order_of_the_text() -> None:
    orders = [[f["x-order"] for f in fields(m).values() if "x-order" in f] for m in WITH_FIELDS]
    assert any(order != sorted(order) for order in orders)
    assert any(order and max(order) >= len(order) for order in orders)
    assert any(not order for order in orders)


def test_a_value_out_of_range_is_refused_by_the_schema() -> None:
    camera = in_standard_words(fields(BY_ID["tern-2-pro"])["camera"])
    Draft202012Validator(camera).validate({"motion": "pan", "strength": 1})
    with pytest.raises(ValidationError, match=r"1\.5 is greater than the maximum of 1"):
        Draft202012Validator(camera).validate({"strength": 1.5})
