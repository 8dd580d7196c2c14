"""Exchanges as a record has them, made without a network."""

from __future__ import annotations

import json
from typing import Any

from oxen_tui.api.exchange import Exchange
from oxen_tui.api.secret import Secret
from oxen_tui.api.wire_record import WireRecord

KEY = Secret("SFMyNTY.sesame-open.signature")
BEGAN = 1_795_348_800.0


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def chunk(text: str, **more: Any) -> bytes:
    """One event of an answer."""
    said = {"id": "a1", "choices": [{"index": 0, "delta": {"content": text}, **more}]}
    return f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


class Wire:
    """A record, and what is put into it."""

    def __init__(self) -> None:
        self.seconds = Seconds()
        self.record = WireRecord(lambda: BEGAN, self.seconds)

    def chat(self, *reads: bytes, text: str = "Hi", ended: bool = True) -> Exchange:
        """A chat whose answer came in these reads, a tenth of a second apart."""
        body = {"model": "ox", "messages": [{"role": "user", "content": text}], "stream": True}
        exchange = self.record.begin(
            "POST",
            "https://hub.test/api/ai/chat/completions",
            [("accept", "text/event-stream")],
            KEY,
            body=json.dumps(body, ensure_ascii=False).encode(),
            value=body,
            with_key=True,
        )
        began = self.seconds.at
        exchange.answered(200, "OK", "HTTP/1.1", [("content-type", "text/event-stream"), ("x-request-id", "req-7")])
        for number, read in enumerate(reads, 1):
            self.seconds.at = began + number / 10
            self.record.grown(exchange.receive(read))
        if ended:
            exchange.end()
            self.record.grown(0)
        return exchange

    def call(self, answer: bytes, status: int = 200, method: str = "GET", path: str = "models") -> Exchange:
        """A call with a whole answer."""
        exchange = self.record.begin(method, f"https://hub.test/api/ai/{path}", [], KEY, with_key=True)
        exchange.answered(status, "Because", "HTTP/1.1", [("content-type", "application/json")])
        self.record.grown(exchange.receive(answer))
        exchange.end()
        return exchange
