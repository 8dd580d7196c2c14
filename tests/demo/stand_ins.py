"""A few models in the wire shape of contract section 10, one for each thing the tests ask of a model."""

from __future__ import annotations

URI = {"type": "string", "format": "uri"}


def model(
    name: str,
    takes: str,
    makes: str,
    schema: dict[str, object] | None = None,
    demo: dict[str, object] | None = None,
    **more: object,
) -> dict[str, object]:
    """An entry of the list; `demo` are its hints for the service."""
    endpoints = {"text": "/chat/completions", "image": "/images/generate", "video": "/videos/generate"}
    return {
        "id": name,
        "object": "model",
        "created": 1770000000,
        "owned_by": "oxen",
        "display_name": name.title(),
        "summary": f"Makes {makes}",
        "description": None,
        "model_type": "base",
        "endpoint": endpoints.get(makes, "/audio/generate"),
        "capabilities": {"input": takes.split(), "output": [makes]},
        "pricing": {"method": "token", "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06},
        "fine_tuning": None,
        "deployments": [],
        "developer": {"name": "Test Works", "logo": None},
        "source_model": None,
        "image_url": None,
        "released_at": None,
        "request_schema": None if schema is None else {"type": "object", "title": "Input", **schema},
        **({"x-demo": demo} if demo is not None else {}),
        **more,
    }


PAINTER = model(
    "painter",
    "text image",
    "image",
    {
        "required": ["prompt"],
        "properties": {
            "prompt": {"type": "string"},
            "input_image": {"type": "array", "items": URI, "nullable": True},
            "mask_url": URI,
            "size": {"type": "string", "default": "320x240"},
            "output_format": {"type": "string", "enum": ["png", "jpeg", "webp"]},
            "steps": {"type": "integer", "minimum": 1, "maximum": 50},
            "seed": {"type": "integer"},
        },
    },
    pricing={"method": "per_image", "cost_per_image": 0.04},
)
FILMER = model(
    "filmer",
    "text image video",
    "video",
    {
        "required": [],
        "properties": {
            "prompt": {"type": "string"},
            "multi_prompt": {"type": "array", "items": {"type": "object", "required": ["prompt"]}},
            "duration": {"type": ["integer", "string"], "default": 5},
            "resolution": {"type": "string", "enum": ["480p", "720p"], "default": "480p"},
            "start_image_url": URI,
            "tail_image_url": URI,
            "input_video": URI,
            "generate_audio": {"type": "boolean", "default": False},
        },
    },
    pricing={"method": "per_video_output_second", "cost_per_second": 0.1, "cost_per_second_with_audio": 0.15},
)
ENLARGER = model(
    "enlarger",
    "image",
    "image",
    {"required": ["input_image"], "properties": {"input_image": URI, "upscale_factor": {"enum": ["2x", "4x"]}}},
    pricing={"method": "per_provider_credit", "cost_per_credit": 0.1},
)
MODELS = [
    model("plain", "text image audio video file", "text", demo={"featured": True}),
    model("thinker", "text", "text", demo={"reasoning": "reasoning_content"}),
    model("tagger", "text", "text", demo={"reasoning": "think-tags"}),
    model("detailer", "text", "text", demo={"reasoning": "reasoning_details"}),
    model(
        "picky",
        "text",
        "text",
        {"properties": {"reasoning_effort": {"type": "string", "enum": ["max"]}}},
        demo={"refuses": ["frequency_penalty", "stream_options"]},
    ),
    model("flaky", "text", "text", demo={"fails": {"one_in": 2, "message": "gone away", "status": 502}}),
    PAINTER,
    FILMER,
    ENLARGER,
    model("speaker", "text", "audio", pricing={"method": "per_audio_output_second", "cost_per_second": 0.01}),
    model("embedder", "text", "embeddings"),
    model("New-1.0:beta", "text", "image", demo={"only_in_search": True}),
    model(
        "ada/tuned",
        "text",
        "image",
        owned_by="ada",
        model_type="custom",
        deployments=[{"status": "inactive"}],
        pricing={"method": "time", "cost_per_second": 0.001},
    ),
    model(
        "ada:broken",
        "text",
        "image",
        owned_by="ada",
        model_type="custom",
        deployments=[{"status": "inactive"}],
        demo={"activation": "fails", "deploy_seconds": 4},
    ),
]
