"""The parameters of a chat request (contract section 3), in the dialect of the other models' request schemas.

The catalogue gives chat models no schema. Which of these a model takes differs by its maker, and what is not set
must not be sent: none has a default except those the service states.
"""

from __future__ import annotations

NOT_OFFERED = frozenset({"messages", "model", "stream", "stream_options", "tools", "tool_choice", "response_format"})
"""What the conversation itself says: its questions, `/model`, `/tools`, `/schema`. Nobody sets it as a parameter."""

_PARAMETERS: dict[str, dict[str, object]] = {
    "messages": {
        "type": "array",
        "title": "Messages",
        "description": "The conversation so far, oldest first, the question last.",
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["role", "content"],
            "properties": {
                "role": {"type": "string", "enum": ["system", "user", "assistant", "tool"]},
                "content": {
                    "title": "Content",
                    "description": "Text, or a list of parts with the media before the text. System messages take "
                    "text only.",
                    "anyOf": [
                        {"type": "string"},
                        {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["type"],
                                "properties": {
                                    "type": {
                                        "type": "string",
                                        "enum": ["text", "image_url", "video_url", "audio_url", "file"],
                                    },
                                    "text": {"type": "string"},
                                    "image_url": {"type": "object", "description": "An address or data URL."},
                                    "video_url": {"type": "object", "description": "An address or data URL."},
                                    "audio_url": {
                                        "type": "object",
                                        "description": "An address or data URL, 20 MB at most.",
                                    },
                                    "file": {"type": "object", "description": "A PDF, 24 MB at most."},
                                },
                            },
                        },
                        {"type": "null"},
                    ],
                },
                "tool_calls": {
                    "type": "array",
                    "description": "What the assistant asked to be called.",
                    "items": {"type": "object"},
                },
                "tool_call_id": {"type": "string", "description": "Of a tool message: the call it answers."},
            },
        },
    },
    "stream": {
        "type": "boolean",
        "title": "Stream",
        "description": "Send the answer piece by piece.",
        "default": False,
    },
    "max_tokens": {
        "type": "integer",
        "title": "Max Tokens",
        "description": "Longest answer, in tokens. Left out: the model's own limit.",
        "minimum": 1,
        "x-workbench-default": 1000,
    },
    "temperature": {
        "type": "number",
        "title": "Temperature",
        "description": "0 for the likeliest words, more for rarer ones. Some makers refuse it together with top_p, "
        "some new models refuse it altogether.",
        "minimum": 0,
        "maximum": 2,
        "x-workbench-default": 0.7,
    },
    "top_p": {
        "type": "number",
        "title": "Top P",
        "description": "Choose among the likeliest words that make up this share.",
        "minimum": 0,
        "maximum": 1,
    },
    "frequency_penalty": {
        "type": "number",
        "title": "Frequency Penalty",
        "description": "Against words already used often. Models of Anthropic and Google refuse it.",
        "minimum": -2,
        "maximum": 2,
    },
    "presence_penalty": {
        "type": "number",
        "title": "Presence Penalty",
        "description": "Against words already used at all. Models of Anthropic and Google refuse it.",
        "minimum": -2,
        "maximum": 2,
    },
    "reasoning_effort": {
        "type": "string",
        "title": "Reasoning Effort",
        "description": "How long to think first. Words differ by model; often low, medium and high.",
    },
    "tools": {
        "type": "array",
        "title": "Tools",
        "description": "Functions the model may ask to have called.",
        "items": {"type": "object"},
    },
    "tool_choice": {
        "title": "Tool Choice",
        "description": "Whether tools may be asked for, or the one that must be.",
        "anyOf": [{"type": "string", "enum": ["auto", "none"]}, {"type": "object"}],
    },
    "parallel_tool_calls": {
        "type": "boolean",
        "title": "Parallel Tool Calls",
        "description": "Whether several tools may be asked for at once.",
    },
    "response_format": {
        "type": "object",
        "title": "Response Format",
        "description": 'Ask for JSON with {"type": "json_object"}. Not every model can.',
    },
    "stream_options": {
        "type": "object",
        "title": "Stream Options",
        "description": "Ask a stream to end with the number of tokens.",
        "properties": {"include_usage": {"type": "boolean"}},
    },
}


def chat_parameters(max_output_tokens: int | None = None) -> dict[str, object]:
    """A request schema for a chat model; `model` itself is no part of it, as with all others.

    Args:
        max_output_tokens: Of the model, where it is known.
    """
    properties: dict[str, object] = {
        name: {**schema, "x-order": order} for order, (name, schema) in enumerate(_PARAMETERS.items())
    }
    if max_output_tokens is not None and max_output_tokens > 0:
        properties["max_tokens"] = {
            **_PARAMETERS["max_tokens"],
            "maximum": max_output_tokens,
            "x-workbench-default": min(1000, max_output_tokens),
            "x-order": list(_PARAMETERS).index("max_tokens"),
        }
    return {"type": "object", "title": "Input", "required": ["messages"], "properties": properties}
