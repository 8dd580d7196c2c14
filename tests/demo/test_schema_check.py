"""A request against a model's schema (contract section 10)."""

from __future__ import annotations

import pytest

from oxen_tui.demo.schema_check import problems

SCHEMA: dict[str, object] = {
    "required": ["prompt"],
    "properties": {
        "prompt": {"type": "string", "maxLength": 10},
        "duration": {"type": ["integer", "string"]},
        "size": {"type": "string", "enum": ["1K", "2K"]},
        "strength": {"type": "number", "minimum": 0, "maximum": 1},
        "images": {"type": "array", "maxItems": 2, "minItems": 1, "items": {"type": "string", "format": "uri"}},
        "camera": {"type": "object", "required": ["motion"], "properties": {"motion": {"type": "string"}}},
        "loop": {"type": "boolean"},
    },
}


@pytest.mark.parametrize(
    "request_",
    [
        {"prompt": "x"},
        {"prompt": "x", "duration": 5},
        {"prompt": "x", "duration": "auto", "size": "2K", "strength": 1, "loop": False},
        {"prompt": "x", "images": ["data:image/png;base64,AA"], "camera": {"motion": "pan"}, "unknown": object()},
        {"prompt": "x", "size": None},
    ],
)
def test_a_request_that_fits_has_no_problems(request_: dict[str, object]) -> None:
    assert problems(SCHEMA, request_) == []


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({}, "prompt is required"),
        ({"prompt": ""}, "prompt is required"),
        ({"prompt": "far too long a prompt"}, "prompt must have at most 10 characters"),
        ({"prompt": "x", "duration": 1.5}, "duration must be integer or string"),
        ({"prompt": "x", "size": "3K"}, "size must be one of 1K, 2K"),
        ({"prompt": "x", "strength": 1.5}, "strength must be 1 or less"),
        ({"prompt": "x", "strength": True}, "strength must be number"),
        ({"prompt": "x", "images": []}, "images needs at least 1 items"),
        ({"prompt": "x", "images": ["data:,a"] * 3}, "images takes at most 2 items"),
        ({"prompt": "x", "images": ["/tmp/a.png"]}, "images[0] must be an address or a data URL"),
        ({"prompt": "x", "camera": {}}, "camera.motion is required"),
        ({"prompt": "x", "loop": "yes"}, "loop must be boolean"),
    ],
)
def test_each_misfit_is_said_in_a_sentence(request_: dict[str, object], message: str) -> None:
    assert problems(SCHEMA, request_) == [message]


SHOTS: dict[str, object] = {"properties": {"prompt": {"type": "string"}, "multi_prompt": {"type": "array"}}}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"prompt": "x", "multi_prompt": [{"prompt": "y"}]}, "Cannot provide both 'prompt' and 'multi_prompt'."),
        ({}, "Either 'prompt' or 'multi_prompt' must be provided."),
        (
            {"multi_prompt": [{"prompt": "y", "duration": 9}] * 2},
            "multi_prompt must last 3 to 15 seconds in total, not 18",
        ),
        ({"prompt": "x", "tail_image_url": "data:,"}, "tail_image_url needs a start_image_url"),
        ({"prompt": "x", "elements": [{}] * 5}, "elements and input_image together take at most 4 pictures"),
    ],
)
def test_multi_shot_models_have_rules_of_their_own(request_: dict[str, object], message: str) -> None:
    assert problems(SHOTS, request_) == [message]
