"""The nouns of a chat: what is asked, and what a streamed or whole answer says (contract section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from oxen_tui.api.json_values import items, line, mapping, name, text
from oxen_tui.api.think_tags import ThinkTags
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage

Role: TypeAlias = str
"""system, user, assistant or tool."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text in a message of several parts."""

    text: str

    def to_json(self) -> dict[str, Any]:
        return {"type": "text", "text": self.text}


@dataclass(frozen=True, slots=True)
class MediaPart:
    """A picture, video or sound in a message. Stands before the text."""

    kind: str
    """image_url, video_url or audio_url."""
    url: str
    """https, or a data URL. Sound: 20 MB at most."""

    def to_json(self) -> dict[str, Any]:
        return {"type": self.kind, self.kind: {"url": self.url}}


@dataclass(frozen=True, slots=True)
class FilePart:
    """A PDF in a message, 24 MB at most: its data or its URL, exactly one of them."""

    filename: str = ""
    file_data: str = ""
    """A data URL."""
    file_url: str = ""

    def to_json(self) -> dict[str, Any]:
        if self.file_url:
            return {"type": "file", "file": {"file_url": self.file_url}}
        named = {"filename": self.filename} if self.filename else {}
        return {"type": "file", "file": {**named, "file_data": self.file_data}}


ContentPart: TypeAlias = TextPart | MediaPart | FilePart


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as it is sent."""

    role: Role
    content: str | tuple[ContentPart, ...] | None
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    """On a tool's answer: the call it answers."""

    def to_json(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": self.role, "content": self._content()}
        if self.tool_calls:
            message["tool_calls"] = [call.to_json() for call in self.tool_calls]
        if self.tool_call_id is not None:
            message["tool_call_id"] = self.tool_call_id
        return message

    def _content(self) -> str | list[dict[str, Any]] | None:
        if self.content is None or isinstance(self.content, str):
            return self.content
        if self.role == "system":
            # One provider refuses parts in a system message.
            return "\n\n".join(part.text for part in self.content if isinstance(part, TextPart))
        return [part.to_json() for part in self.content]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A conversation handed to a model."""

    model: str
    messages: tuple[ChatMessage, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What the user set: temperature, max_tokens, tools, ... None means not set, and is not sent: several models
    refuse parameters that others have as a default."""

    def to_json(self, stream: bool, include_usage: bool) -> dict[str, Any]:
        body = {key: value for key, value in self.parameters.items() if value is not None}
        body |= {"model": self.model, "messages": [message.to_json() for message in self.messages]}
        if stream:
            body["stream"] = True
            if include_usage:
                body["stream_options"] = {"include_usage": True}
        return body


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """The first thing of a stream. Comes again if a chat that had produced nothing was sent again."""

    id: str
    model: str
    """The name the server gives the model; "" if it gives none."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the answer."""

    text: str
    pieces: int
    """Fragments the server sent for it (about one per token), all of one network read."""


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More of the reasoning, to be shown apart and not to be sent back."""

    text: str
    pieces: int


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """More of a tool call. Calls may interleave; `index` tells them apart."""

    index: int
    id: str
    """In the first piece of a call only, else ""."""
    name: str
    """In the first piece of a call only, else ""."""
    arguments: str
    """The new piece of the JSON text."""


@dataclass(frozen=True, slots=True)
class UsageReported:
    """What the answer used so far; a later report replaces an earlier one."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """The model ended its answer. A stream may end well without it, by the closing mark alone."""

    reason: str
    """stop, length, tool_calls, content_filter, or any other word."""


@dataclass(frozen=True, slots=True)
class KeptAlive:
    """Nothing new, but the server lives (a comment line)."""


ChatDelta: TypeAlias = (
    AnswerStarted | TextDelta | ReasoningDelta | ToolCallDelta | UsageReported | AnswerFinished | KeptAlive
)


@dataclass(frozen=True, slots=True)
class ChatCompletion:
    """A whole answer."""

    id: str
    model: str
    text: str
    reasoning: str
    tool_calls: tuple[ToolCall, ...]
    finish_reason: str | None
    usage: Usage | None

    @classmethod
    def from_json(cls, value: Any) -> ChatCompletion:
        answer = mapping(value)
        choice = mapping(next(iter(items(answer.get("choices"))), None))
        message = mapping(choice.get("message") or choice.get("delta"))
        tags = ThinkTags()
        spoken = [*tags.split(content_text(message)), *tags.finish()]
        thought = reasoning_text(message) + "".join(piece for thinking, piece in spoken if thinking)
        return cls(
            name(answer.get("id")),
            name(answer.get("model")),
            text("".join(piece for thinking, piece in spoken if not thinking)),
            text(thought),
            tuple(ToolCall.from_json(call) for call in items(message.get("tool_calls")) if isinstance(call, dict)),
            line(choice.get("finish_reason"), 60) or None,
            Usage.from_json(answer["usage"]) if isinstance(answer.get("usage"), dict) else None,
        )


def content_text(message: Mapping[str, Any]) -> str:
    """The answer's text in a message or delta, not cleaned: a string, the text of parts, or a refusal's words."""
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(_string(mapping(part).get("text")) for part in content)
    return _string(content) or _string(message.get("refusal"))


def reasoning_text(message: Mapping[str, Any]) -> str:
    """The reasoning in a message or delta, not cleaned. Servers that send it in two forms mean the same text."""
    for place in ("reasoning_content", "reasoning"):
        if found := _string(message.get(place)):
            return found
    details = [mapping(detail) for detail in items(message.get("reasoning_details"))]
    return "".join(_string(detail.get("text")) or _string(detail.get("summary")) for detail in details)


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
