"""The wire form of an answer: chunks as contract section 3 has them, cut into tokens of about four characters."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass

from .answers import Reply
from .event_stream import sse
from .json_values import Json

_TOKEN = re.compile(r"\s*[^\W_]{1,5}|\s*[^\w\s]{1,3}|\s+|_", re.UNICODE)

DONE = sse("[DONE]")


def tokens_of(text: str) -> list[str]:
    """Cut a text into pieces that together are the text."""
    return _TOKEN.findall(text)


def count(text: str) -> int:
    """Tokens of a prompt, about: nobody sees its pieces, so the quick way is enough."""
    return (len(text) + 3) // 4


@dataclass(frozen=True, slots=True)
class Piece:
    """One token on its way."""

    kind: str
    """ "reasoning", "content" or "calls"."""
    text: str = ""
    call: Json | None = None
    """The tool-call piece, for the last kind."""


def pieces_of(reply: Reply, style: str) -> list[Piece]:
    """Everything a reply is made of, in the order in which it goes out.

    Args:
        style: How thoughts are sent (catalogue hint `reasoning`); "think-tags" puts them into the content.
    """
    pieces: list[Piece] = []
    if reply.reasoning and style == "think-tags":
        pieces += [Piece("content", token) for token in tokens_of(f"<think>\n{reply.reasoning}\n</think>\n\n")]
    elif reply.reasoning:
        pieces += [Piece("reasoning", token) for token in tokens_of(reply.reasoning)]
    pieces += [Piece("content", token) for token in tokens_of(reply.text)]
    return pieces + _call_pieces(reply.calls)


def _call_pieces(calls: tuple[tuple[str, str], ...]) -> list[Piece]:
    """The first piece of each call with its id and name, then all arguments in small pieces, taking turns."""
    pieces = [
        Piece("calls", name, {**_call(index), "function": {"name": name, "arguments": ""}})
        for index, (name, _) in enumerate(calls)
    ]
    rests = [tokens_of(arguments) for _, arguments in calls]
    for turn in range(max((len(rest) for rest in rests), default=0)):
        for index, rest in enumerate(rests):
            if turn < len(rest):
                pieces.append(Piece("calls", rest[turn], {"index": index, "function": {"arguments": rest[turn]}}))
    return pieces


def _call(index: int) -> Json:
    return {"index": index, "id": f"call_{uuid.uuid4().hex[:12]}", "type": "function"}


def whole_calls(calls: tuple[tuple[str, str], ...]) -> list[Json]:
    """The calls of an answer that is not streamed."""
    return [
        {**_call(index), "function": {"name": name, "arguments": arguments}}
        for index, (name, arguments) in enumerate(calls)
    ]


@dataclass(frozen=True, slots=True)
class Framer:
    """Puts pieces into chunks."""

    id: str
    created: int
    model: str
    style: str = "reasoning_content"
    """The delta field that carries thoughts."""

    def _chunk(self, choices: list[Json], usage: Json | None = None) -> bytes:
        body: Json = {
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }
        if usage is not None:
            body["usage"] = usage
        return sse(json.dumps(body, ensure_ascii=False, separators=(",", ":")))

    def _delta(self, delta: Json, finish: str | None = None) -> bytes:
        return self._chunk([{"index": 0, "delta": delta, "finish_reason": finish}])

    def start(self) -> bytes:
        """The role chunk."""
        return self._delta({"role": "assistant", "content": ""})

    def piece(self, piece: Piece) -> bytes:
        """One token."""
        if piece.kind == "content":
            return self._delta({"content": piece.text})
        if piece.kind == "calls":
            return self._delta({"tool_calls": [piece.call]})
        if self.style == "reasoning_details":
            return self._delta({"reasoning_details": [{"type": "reasoning.text", "text": piece.text}]})
        return self._delta({"reasoning" if self.style == "reasoning" else "reasoning_content": piece.text})

    def finish(self, reason: str) -> bytes:
        """The finish chunk, its delta empty."""
        return self._delta({}, reason)

    def usage(self, usage: Json) -> bytes:
        """The late usage chunk."""
        return self._chunk([], usage)
