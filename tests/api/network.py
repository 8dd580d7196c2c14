"""A function for a network, a list for the pauses, and answers made of pieces."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx

from oxen_tui.api.client import Client
from oxen_tui.api.errors import ApiError
from oxen_tui.api.secret import Secret

BASE = "https://hub.oxen.ai/api/ai"
KEY = Secret("SFMyNTY.sesame-open.signature")
NOW = 1_795_348_800.0
"""22 November 2026, 12:00 UTC."""

Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Pieces(httpx.AsyncByteStream):
    """A body in pieces; an exception among them breaks it off."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    async def aclose(self) -> None:
        self.closed = True


class Network:
    """Answers requests with the replies in turn, the last one again and again, and remembers all that was asked."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []
        self.retries: list[tuple[str, int, float]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, httpx.Response) else reply(request)

    def client(self, base: str = BASE, key: Secret | None = KEY) -> Client:
        async def sleep(seconds: float) -> None:
            self.pauses.append(seconds)

        def on_retry(error: ApiError, attempt: int, seconds: float) -> None:
            self.retries.append((type(error).__name__, attempt, seconds))

        transport = httpx.MockTransport(self.answer)
        return Client(
            base, key, transport=transport, sleep=sleep, now=lambda: NOW, chance=lambda: 0.5, on_retry=on_retry
        )

    @property
    def asked(self) -> list[str]:
        """Method and path with query of each request."""
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]

    def sent(self, at: int = -1) -> Any:
        """The JSON body of a request."""
        return json.loads(self.requests[at].content)


def ok(value: Any, status: int = 200, **headers: str) -> httpx.Response:
    """An answer of JSON."""
    return httpx.Response(status, json=value, headers=headers)


def streamed(*pieces: bytes | Exception, kind: str = "text/event-stream") -> httpx.Response:
    """An answer that comes in pieces."""
    return httpx.Response(200, headers={"content-type": kind}, stream=Pieces(*pieces))
