"""A question as it is asked: what the user set goes into the request, and nothing else.

A schema is asked for in the strongest form that the model takes. Which that is differs by provider and is not said
anywhere, so a refusal that names the form is answered with the next weaker one; a refused request costs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from oxen_tui.api.chat import ChatMessage, ChatRequest
from oxen_tui.api.errors import ApiError, BadRequest

# Not compiled here: nearly no session needs them.
_NAMES_FORM = (
    r"(?i)response[_ ]?format|json[_ ]?(schema|object)|json mode|structured[_ ]outputs?|output[_ ](config|format)"
)
_NO_NAME = r"[^A-Za-z0-9_-]+"


class Form(IntEnum):
    """How an answer by a schema is asked for, the strongest first."""

    SCHEMA = 0
    """`response_format` with the schema itself."""
    OBJECT = 1
    """`response_format` for any JSON object, and the schema in words."""
    WORDS = 2
    """In words alone."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a model, before it is known what it takes."""

    model: str
    messages: tuple[ChatMessage, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tools: Sequence[Mapping[str, Any]] = ()
    """Definitions, as they are sent."""
    tools_allowed: bool = True
    """False: they stand there only because the conversation holds calls of them, which some providers require."""
    schema: Mapping[str, Any] | None = None
    schema_name: str = ""

    def request(self, form: Form = Form.SCHEMA) -> ChatRequest:
        """The request, with the schema in this form."""
        parameters = {key: value for key, value in self.parameters.items() if value is not None}
        if self.tools:
            parameters["tools"] = list(self.tools)
            if not self.tools_allowed:
                parameters["tool_choice"] = "none"
        messages = self.messages
        if self.schema is not None:
            if form is Form.SCHEMA:
                parameters["response_format"] = response_format(self.schema, self.schema_name)
            elif form is Form.OBJECT:
                parameters["response_format"] = {"type": "json_object"}
            if form is not Form.SCHEMA:
                messages = _instructed(messages, self.schema)
        return ChatRequest(self.model, messages, parameters)

    def weaker(self, form: Form, error: ApiError) -> Form | None:
        """The form to ask in after this refusal; None where it was about something else, or there is none."""
        if self.schema is None or form is Form.WORDS or not isinstance(error, BadRequest):
            return None
        if error.status not in (400, 422) or not re.search(_NAMES_FORM, error.server_text):
            return None
        return Form(form + 1)


def response_format(schema: Mapping[str, Any], name: str = "") -> dict[str, Any]:
    """The field for a schema. Strict, so that the answer must follow it, where the schema's own words allow that."""
    from oxen_tui.services.structured.answer_schema import allows_strict

    called = re.sub(_NO_NAME, "_", name or str(schema.get("title") or "")).strip("_")[:64] or "answer"
    described: dict[str, Any] = {"name": called, "schema": dict(schema)}
    if allows_strict(schema):
        described["strict"] = True
    return {"type": "json_schema", "json_schema": described}


def schema_in_words(schema: Mapping[str, Any]) -> str:
    """The instruction for a model that takes no schema."""
    return (
        "Answer with one JSON value that follows this JSON Schema, and nothing before or behind it, no code fence "
        f"either:\n{json.dumps(schema, ensure_ascii=False)}"
    )


def _instructed(messages: tuple[ChatMessage, ...], schema: Mapping[str, Any]) -> tuple[ChatMessage, ...]:
    words = schema_in_words(schema)
    first = messages[0] if messages else None
    if first is not None and first.role == "system" and isinstance(first.content, str):
        return (ChatMessage("system", f"{first.content}\n\n{words}"), *messages[1:])
    return (ChatMessage("system", words), *messages)
