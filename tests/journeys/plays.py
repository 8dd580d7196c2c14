"""How a server may answer a request: well, oddly, badly, or not at all. Each is a value that a test writes down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeAlias


class Mark(Enum):
    """What happens between two pieces of an answer."""

    HOLD = auto()
    """Nothing, until `CompatibleServer.go_on`."""
    CUT = auto()
    """The connection drops."""


HOLD, CUT = Mark.HOLD, Mark.CUT

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """An answer that is all there at once: an error, or something that is no answer."""

    status: int
    body: Json | list[Any] | str
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    @property
    def content(self) -> bytes:
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


def page(status: int = 200) -> Refusal:
    """A page for a browser, as a proxy or a wrong address gives it."""
    return Refusal(status, "<!doctype html><html><h1>Welcome to nginx</h1></html>", content_type="text/html")


def models(*names: str) -> Refusal:
    """A list of models with these names."""
    return Refusal(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in names]})


MISSING = Refusal(404, {"error": {"message": "no such route"}})


class Silence:
    """The request is taken and nothing ever comes."""


@dataclass(frozen=True)
class Answer:
    """An answer of a model. As a careful server gives it, but for what is set otherwise."""

    pieces: tuple[str | Mark, ...]
    """Text, a chunk for each."""
    reasoning: tuple[str | Mark, ...] = ()
    """Said before the text, in `reasoning_content`."""
    tool_calls: tuple[tuple[str, str], ...] = ()
    """Names and arguments."""
    finish: str | None = "stop"
    usage: Json | None = field(
        default_factory=lambda: {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    )
    """Given when the client asks for it; None is never."""
    done: bool = True
    """Whether the stream ends in `[DONE]`."""
    line_end: str = "\n"
    streams: bool = True
    """Else the whole answer comes as one JSON, though a stream was asked for."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Fields of a request that this server does not know, and the words of its 400."""
    comments: int = 0
    """Keep-alive comments before the first chunk."""
    content_type: str = "text/event-stream"

    @property
    def text(self) -> str:
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def whole(self) -> Json:
        """The answer of a server that does not stream."""
        message: Json = {"role": "assistant", "content": self.text}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        return {"id": "a1", "object": "chat.completion", "choices": [choice], "usage": self.usage}

    def events(self, model: str, usage_wanted: bool) -> Iterator[str | Mark]:
        """The stream, event by event."""
        for _ in range(self.comments):
            yield f": still here{self.line_end * 2}"
        yield self._event(model, {"role": "assistant", "content": ""})
        for name, pieces in (("reasoning_content", self.reasoning), ("content", self.pieces)):
            for piece in pieces:
                yield piece if isinstance(piece, Mark) else self._event(model, {name: piece})
        for index, (name, arguments) in enumerate(self.tool_calls):
            function = {"name": name, "arguments": ""}
            yield self._event(model, {"tool_calls": [{"index": index, "id": f"c{index}", "function": function}]})
            for letter in arguments:
                yield self._event(model, {"tool_calls": [{"index": index, "function": {"arguments": letter}}]})
        if self.finish is not None:
            yield self._event(model, {}, self.finish)
        if self.usage is not None and usage_wanted:
            yield self._line({"id": "a1", "model": model, "choices": [], "usage": self.usage})
        if self.done:
            yield f"data: [DONE]{self.line_end * 2}"

    def _event(self, model: str, delta: Json, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return self._line({"id": "a1", "object": "chat.completion.chunk", "model": model, "choices": [choice]})

    def _line(self, chunk: Json) -> str:
        return f"data: {json.dumps(chunk, ensure_ascii=False)}{self.line_end * 2}"


Play: TypeAlias = Answer | Refusal | Silence


def answer(*pieces: str | Mark, **odd: Any) -> Answer:
    """An answer of these pieces; `odd` is whatever this server does differently."""
    return Answer(pieces, **odd)


def words(text: str) -> Answer:
    """An answer that comes word by word."""
    first, *rest = text.split(" ")
    return Answer((first, *(f" {word}" for word in rest)))
