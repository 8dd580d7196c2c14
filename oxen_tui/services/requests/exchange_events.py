"""The events of a stream that was kept, each with the time it came and what it says; cut out of it when looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from oxen_tui.api.chat import content_text, reasoning_text
from oxen_tui.api.errors import TooLarge
from oxen_tui.api.event_stream import Comment, EventDecoder, StreamItem
from oxen_tui.api.exchange import Exchange
from oxen_tui.api.json_values import items, mapping, parse_json
from oxen_tui.safe_text import clean

COMMENT: Final = ":"
"""The name of what is a comment and no event."""
GAP: Final = ""
"""The name of what stands where some of the stream was not kept."""


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it came, but for the key."""

    after: float
    """Seconds since the request was sent."""
    name: str
    """Of the event, `message` for most; `COMMENT`, `GAP`."""
    data: str
    """Not cleaned."""


class EventReader:
    """Reads the events of one exchange, which may still be growing."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._decoder = EventDecoder()
        self._events: list[RawEvent] = []
        """Of the beginning, as far as it was read."""
        self._read = 0
        """Reads of the beginning that were taken in."""
        self._finished = False

    def events(self) -> Sequence[RawEvent]:
        """All that there are now. Work is done for those that came since the last time."""
        exchange = self._exchange
        if exchange.let_go:
            return ()
        head = exchange.head
        while self._read < len(head):
            read = head[self._read]
            self._read += 1
            self._events += _of(self._decoder, read.data, read.after)
        if exchange.tail:
            return [*self._events, *self._end()]
        if exchange.is_over and not self._finished:
            self._finished = True
            self._events += _named(self._decoder.finish(), exchange.ended_after or 0.0)
        return self._events

    def _end(self) -> list[RawEvent]:
        """Of the end, where there is one: it begins in the middle of something, unless all of it was kept."""
        tail, left_out = self._exchange.tail, self._exchange.left_out
        decoder = EventDecoder() if left_out else deepcopy(self._decoder)
        events: list[RawEvent] = []
        begun = not left_out
        for read in tail:
            data = read.data
            if not begun:
                events = events or [RawEvent(read.after, GAP, f"{left_out:,} bytes between were not kept")]
                _, blank, data = data.replace(b"\r\n", b"\n").partition(b"\n\n")
                begun = bool(blank)
            events += _of(decoder, data, read.after)
        if self._exchange.is_over:
            events += _named(decoder.finish(), self._exchange.ended_after or 0.0)
        return events


def _of(decoder: EventDecoder, data: bytes, after: float) -> list[RawEvent]:
    try:
        return _named(decoder.feed(data), after)
    except TooLarge:
        return []  # the client said so already


def _named(found: Sequence[StreamItem], after: float) -> list[RawEvent]:
    return [
        RawEvent(after, COMMENT, item.text) if isinstance(item, Comment) else RawEvent(after, item.event, item.data)
        for item in found
    ]


def gist(event: RawEvent) -> str:
    """What an event of a chat says, in a few cleaned words: `"Hello"`, `thinks "so"`, `stop`. "" where not known."""
    if event.name == COMMENT:
        return "keep-alive"
    if event.data.startswith("[DONE]"):
        return "end"
    try:
        chunk = mapping(parse_json(event.data))
    except ValueError:
        return ""
    choice = mapping(next(iter(items(chunk.get("choices"))), None))
    words = _said(mapping(choice.get("delta") or choice.get("message")))
    if reason := choice.get("finish_reason"):
        words.append(f"finish {reason}")
    if usage := mapping(chunk.get("usage")):
        words.append(f"usage {usage.get('prompt_tokens', '?')} + {usage.get('completion_tokens', '?')}")
    if chunk.get("error") or choice.get("error") or event.name == "error":
        words.append("error")
    return clean(" ".join(words))[:200]


def _said(delta: Any) -> list[str]:
    words = []
    if reasoning := reasoning_text(delta):
        words.append(f"thinks {_quoted(reasoning)}")
    if content := content_text(delta):
        words.append(_quoted(content))
    for call in map(mapping, items(delta.get("tool_calls"))):
        function = mapping(call.get("function"))
        words.append(f"call {function.get('name') or ''}{_quoted(str(function.get('arguments') or ''))}")
    return words or (["begins"] if delta.get("role") else [])


def _quoted(text: str) -> str:
    return json.dumps(text[:160], ensure_ascii=False)
