from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from oxen_tui.api.model import Model, ModelKind, Pricing, models_from_json
from tests.api.anything import JSON, objects

PAINTER: dict[str, Any] = {
    "id": "ox-painter-2",
    "object": "model",
    "created": 1770000000,
    "owned_by": "oxen",
    "display_name": "Ox Painter 2",
    "summary": "Paints fields",
    "description": "Paints **fields**.\n\nAnd oxen.",
    "model_type": "base",
    "endpoint": "/images/generate",
    "capabilities": {"input": ["text", "image"], "output": ["image"]},
    "pricing": {
        "method": "per_image",
        "cost_per_image": 0.13,
        "cost_per_image_grid": {"high": {"1K": 0.08, "2K": 0.13}},
    },
    "fine_tuning": None,
    "deployments": [],
    "developer": {"name": "Pasture", "logo": None},
    "source_model": None,
    "released_at": "2026-02-01",
    "request_schema": {
        "type": "object",
        "required": ["prompt", "input_image"],
        "properties": {
            "prompt": {"type": "string"},
            "input_image": {"type": "array", "items": {"type": "string", "format": "uri"}},
        },
    },
    "unheard_of": {"a": 1},
}


def test_a_model_is_read_in_full() -> None:
    model = Model.from_json(PAINTER)
    assert (model.id, model.display_name, model.developer, model.kind) == (
        "ox-painter-2",
        "Ox Painter 2",
        "Pasture",
        ModelKind.IMAGE,
    )
    assert model.created == datetime(2026, 2, 2, 2, 40, tzinfo=UTC)
    assert model.released_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert model.pricing == Pricing(
        "per_image", cost_per_image=0.13, cost_per_image_grid={"high": {"1K": 0.08, "2K": 0.13}}
    )
    assert model.needs_picture
    assert model.deployment is None


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"capabilities": {"output": ["text", "image", "video"]}}, ModelKind.VIDEO),
        ({"capabilities": {"output": ["text", "audio"]}}, ModelKind.AUDIO),
        ({"capabilities": {"output": ["text"]}, "endpoint": "/images/generate"}, ModelKind.CHAT),
        ({"capabilities": {"output": ["embeddings"]}}, ModelKind.OTHER),
        ({"capabilities": ["text"]}, ModelKind.CHAT),
        ({"capabilities": ["text", "image"], "endpoint": "https://h/api/ai/images/edit"}, ModelKind.IMAGE),
        ({"endpoint": "chat/completions"}, ModelKind.CHAT),
        ({"endpoint": "/videos/generate"}, ModelKind.VIDEO),
        ({"endpoint": "/audio/generate"}, ModelKind.AUDIO),
        ({"endpoint": "/something/new"}, ModelKind.OTHER),
        ({}, ModelKind.CHAT),
        ({"id": "text-embedding-9"}, ModelKind.OTHER),
        ({"architecture": {"output_modalities": ["image"]}}, ModelKind.IMAGE),
    ],
)
def test_the_kind_is_what_comes_out_else_what_the_endpoint_says(entry: Any, kind: ModelKind) -> None:
    assert Model.from_json({"id": "ox", **entry}).kind is kind


@pytest.mark.parametrize(
    ("name", "schema", "needed"),
    [
        ("mask_url", {"type": "string"}, True),
        ("first_frame_image", {"type": "string"}, True),
        ("reference_images", {"type": "array"}, True),
        ("shot", {"type": "string", "format": "uri"}, True),
        ("input_video", {"type": "string", "format": "uri"}, False),
        ("num_images", {"type": "integer"}, False),
        ("image_size", {"type": "string"}, False),
        ("prompt", {"type": "string"}, False),
    ],
)
def test_a_picture_is_needed_when_a_field_for_one_is_required(name: str, schema: Any, needed: bool) -> None:
    entry = {"id": "ox", "request_schema": {"required": [name], "properties": {name: schema}}}
    assert Model.from_json(entry).needs_picture is needed
    assert not Model.from_json({"id": "ox", "request_schema": {"properties": {name: schema}}}).needs_picture


def test_a_custom_model_says_how_its_deployment_stands() -> None:
    model = Model.from_json({"id": "oxen:ox-brave", "model_type": "custom", "deployments": [{"status": "inactive"}]})
    assert (model.deployment, model.display_name) == ("inactive", "oxen:ox-brave")


def test_a_bare_entry_of_another_server_is_enough() -> None:
    model = Model.from_json(
        {"id": "llama-9", "object": "model", "created": 1, "owned_by": "me", "max_model_len": 8192}
    )
    assert (model.kind, model.context_length, model.pricing) == (ModelKind.CHAT, 8192, None)
    priced = Model.from_json({"id": "x", "name": "X", "pricing": {"prompt": "0.000001", "completion": "0"}})
    assert priced.pricing == Pricing(input_cost_per_token=1e-6, output_cost_per_token=0.0)
    assert priced.display_name == "X"


def test_all_foreign_text_is_cleaned() -> None:
    model = Model.from_json(
        {"id": "a\x1b", "display_name": "b\x07\n", "description": "c\x9b\n", "request_schema": {"d\u202e": ["\x1b"]}}
    )
    assert (model.id, model.display_name, model.description) == ("a␛", "b ", "c\n")
    assert model.request_schema == {"d": ["␛"]}


def test_a_list_is_read_with_or_without_its_envelope_and_without_entries_that_are_no_models() -> None:
    entries: list[Any] = [{"id": "a"}, None, {"id": ""}, {"name": "b"}, {"id": "c"}]
    for answer in ({"object": "list", "data": entries}, entries, {"models": entries}):
        models = models_from_json(answer)
        assert models is not None
        assert [model.id for model in models] == ["a", "c"]
    assert models_from_json({"data": []}) == ()
    assert models_from_json({"error": "x"}) is None


@pytest.mark.parametrize("entry", [PAINTER, {"id": "x"}, {"id": "x", "deployments": [{"status": "active"}]}])
def test_a_model_survives_the_cache(entry: Any) -> None:
    model = Model.from_json(entry)
    assert Model.from_json(model.to_json()) == model


_FIELDS = objects(*PAINTER, "architecture", "image_url", "showcase", "context_length", "max_output_tokens")


@given(_FIELDS, JSON)
def test_no_json_makes_the_reading_of_a_model_fail(entry: Any, value: Any) -> None:
    model = Model.from_json(entry)
    assert isinstance(model.kind, ModelKind)
    assert isinstance(model.needs_picture, bool)
    assert Model.from_json(model.to_json()) == model
    models_from_json(value)
    models_from_json({"data": value})
    assert Pricing.from_json(Pricing.from_json(value).to_json()) == Pricing.from_json(value)
    Model.from_json(
        {"id": "x", "pricing": value, "capabilities": value, "deployments": value, "request_schema": value}
    )
