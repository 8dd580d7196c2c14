"""The demo catalogue shows every form a model entry and a price can take."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from oxen_tui.demo.catalogue import HINTS_KEY, load_models

MODELS: list[dict[str, Any]] = load_models()
BY_ID: dict[str, dict[str, Any]] = {model["id"]: model for model in MODELS}

HINTS = {
    *("activation", "fails", "favorite", "featured", "first_token_seconds", "media_type", "only_in_search"),
    *("reasoning", "refuses", "seconds", "tokens_per_second", "deploy_seconds"),
}


def of_kind(output: str) -> list[dict[str, Any]]:
    return [m for m in MODELS if isinstance(m.get("capabilities"), dict) and output in m["capabilities"]["output"]]


def choices(model: dict[str, Any], field: str) -> set[str]:
    return set((model["request_schema"] or {}).get("properties", {}).get(field, {}).get("enum", ()))


def test_ids_are_unique_and_heron_comes_first() -> None:
    assert len(BY_ID) == len(MODELS)
    assert MODELS[0]["id"] == "heron-3-pro"
    assert MODELS[0][HINTS_KEY]["reasoning"] == "reasoning_content"


def test_each_kind_has_enough_models() -> None:
    assert 60 <= len(MODELS) <= 72
    assert len(of_kind("text")) >= 18
    assert len(of_kind("image")) >= 18
    assert len(of_kind("video")) >= 18
    assert len(of_kind("audio")) == 3
    assert len(of_kind("embeddings")) == 1
    assert sum(m["model_type"] == "custom" for m in MODELS) == 3


def test_the_models_in_the_pictures_are_here() -> None:
    shown = {
        *("heron-3-pro", "avocet-mini", "tern-2-pro", "brook-video", "kelp-motion-1", "plume-video"),
        *("moss-image-xl", "cinder-edit", "drift-lite", "fathom-4k", "foley-1", "gull-express", "harbour-live"),
        *("loom-keyframes", "osprey-director", "pebble-tiny", "ada/plates-tuned"),
    }
    assert shown <= set(BY_ID)


def test_each_call_gives_objects_of_its_own() -> None:
    first, second = load_models(), load_models()
    assert first == second
    first[0]["deployments"].append({"status": "error"})  # type: ignore[attr-defined]
    assert second[0]["deployments"] == []
    assert first[1]["deployments"] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m["id"])
def test_an_entry_has_the_wire_shape(model: dict[str, Any]) -> None:
    assert model["object"] == "model"
    assert isinstance(model["created"], int)
    assert model["owned_by"] == ("ada" if model["model_type"] == "custom" else "oxen")
    for key in ("display_name", "endpoint"):
        assert isinstance(model[key], str)
    for key in ("summary", "description", "source_model", "image_url", "released_at"):
        assert model[key] is None or isinstance(model[key], str), key
    assert isinstance(model["pricing"], dict)
    assert all(set(deployment) == {"status"} for deployment in model["deployments"])
    assert model["developer"] is None or isinstance(model["developer"], str) or "name" in model["developer"]
    json.dumps(model)


def test_descriptions_hold_headings_tables_lists_and_code() -> None:
    text = "\n".join(model["description"] or "" for model in MODELS)
    for mark in (r"^# ", r"^## ", r"^- ", r"^\d\. ", r"^ +\d\. ", r"^\|---", r"^> ", r"^```", r"\*\*\w", r"^\*\*\*$"):
        assert re.search(mark, text, re.MULTILINE), mark


def test_names_are_tricky_in_places() -> None:
    assert any(":" in name and "." in name for name in BY_ID)
    assert any("/" in name for name in BY_ID)
    assert any(name != name.lower() for name in BY_ID)
    assert any("[q4_0]" in model["display_name"] for model in MODELS)
    assert any(not model["display_name"].isascii() for model in MODELS)


def test_sometimes_a_key_is_absent_or_has_another_form() -> None:
    assert any("capabilities" not in model for model in MODELS)
    assert any(isinstance(model.get("capabilities"), list) for model in MODELS)
    assert any(isinstance(model["developer"], str) for model in MODELS)
    assert any(model["endpoint"].startswith("https://") for model in MODELS)
    assert any(not model["endpoint"].startswith("/") for model in MODELS)
    assert any(model["request_schema"] == {} for model in MODELS)
    assert any(model["fine_tuning"] for model in MODELS)
    showcases = [model["showcase"] for model in MODELS if "showcase" in model]
    assert 2 < len(showcases) < len(MODELS)
    pieces = [piece for showcase in showcases for piece in showcase["gallery"]]
    for name in ("category", "details", "title"):
        assert {type(piece[name]) for piece in pieces} == {str, type(None)}, name
    talkers = of_kind("text")
    assert any("context_length" not in model for model in talkers)
    assert any(model.get("max_output_tokens", 0) is None for model in talkers)
    heard = {
        word
        for model in talkers
        if isinstance(model["capabilities"], dict)
        for word in model["capabilities"]["input"]
    }
    assert heard == {"text", "image", "audio", "video", "file"}


def test_custom_deployments_are_asleep_awake_and_unable_to_wake() -> None:
    custom = [model for model in MODELS if model["model_type"] == "custom"]
    assert sorted(model["deployments"][0]["status"] for model in custom) == ["active", "inactive", "inactive"]
    assert [m["id"] for m in custom if m[HINTS_KEY].get("activation") == "fails"] == ["ada:finch-brave-cobalt"]
    assert {model["source_model"] for model in custom} <= set(BY_ID)


def test_only_documented_hints_are_used_and_each_at_least_once() -> None:
    used = {hint for model in MODELS for hint in model.get(HINTS_KEY, {})}
    assert used == HINTS
    ways = {model[HINTS_KEY]["reasoning"] for model in MODELS if "reasoning" in model.get(HINTS_KEY, {})}
    assert ways == {"reasoning_content", "reasoning", "reasoning_details", "think-tags"}
    for model in of_kind("image") + of_kind("video") + of_kind("audio"):
        least, most = model[HINTS_KEY]["seconds"]
        assert 0 < least <= most


def test_every_pricing_method_is_present() -> None:
    methods = {model["pricing"].get("method") for model in MODELS}
    known = {
        "token",
        "time",
        "per_image",
        "per_video_output_second",
        "per_provider_credit",
        "per_audio_output_second",
    }
    assert known < methods
    assert {"moon_phase", "per_scene"} <= methods  # nobody knows these
    assert None in methods  # the empty object


def test_every_pricing_key_is_present() -> None:
    keys = {key for model in MODELS for key, value in model["pricing"].items() if value is not None}
    per_second = {f"cost_per_second{rest}" for rest in ("", "_by_resolution", "_with_audio", "_high_res")}
    assert per_second < keys
    assert {"input_cost_per_token", "output_cost_per_token", "cost_per_credit"} < keys
    assert {"cost_per_image", "cost_per_image_grid"} < keys
    assert BY_ID["nightjar-preview"]["pricing"]["input_cost_per_token"] is None
    assert BY_ID["dunlin-1.5:free"]["pricing"]["output_cost_per_token"] == 0.0
    assert BY_ID["grebe-nano"]["pricing"]["input_cost_per_token"] == pytest.approx(1e-8)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m["id"])
def test_a_price_by_resolution_or_quality_names_choices_of_the_schema(model: dict[str, Any]) -> None:
    grid = model["pricing"].get("cost_per_image_grid") or {}
    by_resolution = model["pricing"].get("cost_per_second_by_resolution") or {}
    resolutions = choices(model, "resolution")
    assert set(by_resolution) <= resolutions
    assert set(grid) <= choices(model, "quality")
    for row in grid.values():
        assert set(row) <= resolutions


def test_no_real_model_or_developer_is_named() -> None:
    real = (
        "anthropic|claude|openai|gpt|sora|google|gemini|gemma|veo|mistral|alibaba|qwen|wan|bytedance|seedance|seedream"
        "|kling|flux|black.?forest|stability|ideogram|krea|topaz|runway|luma|minimax|hailuo|moonshot|kimi|deepseek"
        "|llama|nvidia|grok|xai|recraft|bria|pika|ltx|zhipu|glm"
    )
    named = re.compile(rf"\b({real})\b", re.IGNORECASE)
    found = named.findall(json.dumps([{**model, "endpoint": ""} for model in MODELS], ensure_ascii=False))
    assert found == []
