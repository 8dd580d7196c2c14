"""From the events of a stream to what they say of the answer. Pure: no network, no clock.

Reads what OpenAI-compatible servers are known to send (contract section 3): usage on a late chunk, on the last or on
every one; tool calls in interleaved pieces with or without an index; reasoning in one of four places; errors in the
middle; chunks without an id, with null content, with fields we do not know, or that are no JSON at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from oxen_tui.api.chat import (
    AnswerFinished,
    AnswerStarted,
    ChatCompletion,
    ChatDelta,
    KeptAlive,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    UsageReported,
    content_text,
    reasoning_text,
)
from oxen_tui.api.error_body import error_in
from oxen_tui.api.errors import ApiError, CutOff
from oxen_tui.api.event_stream import Comment, StreamItem
from oxen_tui.api.json_values import items, line, mapping, name, parse_json
from oxen_tui.api.think_tags import ThinkTags
from oxen_tui.api.tool_call import arguments_text
from oxen_tui.api.usage import Usage
from oxen_tui.safe_text import clean

_MOST_TOOL_CALLS = 1000


class ChatStreamParser:
    """Reads one answer. `feed` it the events of one network read at a time, then `finish` it."""

    def __init__(self) -> None:
        self.trouble: ApiError | None = None
        """The error the stream ended in. What came before it in the same read is still returned."""
        self.done = False
        """The closing mark came, or an error: nothing more is to be read."""
        self.finished = False
        """A finish reason came: a usage report may follow, but the answer is complete."""
        self._started = False
        self._tags = ThinkTags()
        self._calls: list[str] = []
        """The ids of the tool calls by index."""
        self._deltas: list[ChatDelta] = []
        self._kind: type[TextDelta] | type[ReasoningDelta] = TextDelta
        self._pieces: list[str] = []
        """Fragments of one kind, not yet joined."""
        self._usage: Mapping[str, Any] | None = None
        """The newest report of this read: some servers send one with every chunk."""
        self._reported: Usage | None = None

    def feed(self, events: Iterable[StreamItem]) -> list[ChatDelta]:
        """What these events say; consecutive fragments of text are joined into one delta."""
        for event in events:
            if self.done:
                break
            if isinstance(event, Comment):
                self._live()
            else:
                self._read(event.data, event.event)
        self._join()
        if self._usage is not None:
            usage, self._usage = Usage.from_json(self._usage), None
            if usage != self._reported:
                self._reported = usage
                self._deltas.append(UsageReported(usage))
        deltas, self._deltas = self._deltas, []
        return deltas

    def finish(self) -> list[ChatDelta]:
        """What was held back. Sets `trouble` to CutOff if the stream ended before the answer did."""
        for thinking, piece in self._tags.finish():
            self._say(ReasoningDelta if thinking else TextDelta, piece)
        self._join()
        if self.trouble is None and not (self.done or self.finished):
            self.trouble = CutOff()
        deltas, self._deltas = self._deltas, []
        return deltas

    def _read(self, data: str, event: str) -> None:
        if data.startswith("[DONE]"):
            self.done = True
            return
        try:
            chunk = parse_json(data)
        except ValueError:
            if event != "error":
                return
            chunk = data
        if event == "error" or type(chunk) is not dict or "error" in chunk or "choices" not in chunk:
            self.trouble = error_in(chunk, event)
            if self.trouble is not None:
                self.done = True
                return
            chunk = mapping(chunk)
        if chunk.get("usage"):
            self._usage = mapping(chunk["usage"])
        choices = chunk.get("choices")
        if type(choices) is list and choices:
            self._begin(chunk)
            self._choose(mapping(choices[0]))

    def _choose(self, choice: Mapping[str, Any]) -> None:
        delta = choice.get("delta") or choice.get("message")
        if type(delta) is dict and delta:
            content = delta.get("content")
            if len(delta) > 1 or type(content) is not str:  # else the common case: content and nothing beside it
                if reasoning := reasoning_text(delta):
                    self._say(ReasoningDelta, reasoning)
                content = content_text(delta)
            if content:
                self._answer(content)
            if delta.get("tool_calls"):
                for call in items(delta["tool_calls"]):
                    self._call(mapping(call))
        if choice.get("error"):
            self.trouble = error_in(choice)
            self.done = True
        reason = choice.get("finish_reason")
        if reason and isinstance(reason, str) and not self.finished:
            self.finished = True
            self._join()
            self._deltas.append(AnswerFinished(line(reason, 60)))

    def _begin(self, chunk: Mapping[str, Any]) -> None:
        if not self._started:
            self._started = True
            self._deltas.append(AnswerStarted(name(chunk.get("id")), name(chunk.get("model"))))

    def _answer(self, content: str) -> None:
        if self._tags.passed:
            self._say(TextDelta, content)
            return
        for thinking, piece in self._tags.split(content):
            self._say(ReasoningDelta if thinking else TextDelta, piece)

    def _say(self, kind: type[TextDelta] | type[ReasoningDelta], piece: str) -> None:
        if kind is not self._kind:
            self._join()
            self._kind = kind
        self._pieces.append(piece)

    def _join(self) -> None:
        if self._pieces:
            text = clean("".join(self._pieces))
            if text:
                self._deltas.append(self._kind(text, len(self._pieces)))
            self._pieces = []

    def _live(self) -> None:
        self._join()
        if not (self._deltas and isinstance(self._deltas[-1], KeptAlive)):
            self._deltas.append(KeptAlive())

    def _call(self, piece: Mapping[str, Any]) -> None:
        self._join()
        function = mapping(piece.get("function"))
        call_id, arguments = name(piece.get("id")), arguments_text(function.get("arguments"))
        index = self._index_of(piece.get("index"), call_id)
        said = name(function.get("name"))
        last = self._deltas[-1] if self._deltas else None
        if isinstance(last, ToolCallDelta) and last.index == index and not (call_id or said):
            self._deltas[-1] = ToolCallDelta(index, last.id, last.name, last.arguments + arguments)
        else:
            self._deltas.append(ToolCallDelta(index, call_id, said, arguments))

    def _index_of(self, said: Any, call_id: str) -> int:
        """The index of a piece. Where none is said it is 0, or the next for an id that was not seen before."""
        if type(said) is int and 0 <= said < _MOST_TOOL_CALLS:
            self._calls += [""] * (said + 1 - len(self._calls))
            self._calls[said] = self._calls[said] or call_id
            return said
        if not call_id:
            return max(0, len(self._calls) - 1)
        if call_id not in self._calls:
            if self._calls and not self._calls[-1]:
                self._calls[-1] = call_id
            else:
                self._calls.append(call_id)
        return self._calls.index(call_id)


def deltas_of(completion: ChatCompletion) -> list[ChatDelta]:
    """A whole answer as the deltas of a stream, for a server that does not stream."""
    deltas: list[ChatDelta] = [AnswerStarted(completion.id, completion.model)]
    if completion.reasoning:
        deltas.append(ReasoningDelta(completion.reasoning, 1))
    if completion.text:
        deltas.append(TextDelta(completion.text, 1))
    for index, call in enumerate(completion.tool_calls):
        deltas.append(ToolCallDelta(index, call.id, call.name, call.arguments))
    if completion.finish_reason is not None:
        deltas.append(AnswerFinished(completion.finish_reason))
    if completion.usage is not None:
        deltas.append(UsageReported(completion.usage))
    return deltas
