"""The event stream of the user (contract section 7): what has ended, told to those who are listening."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from .event_stream import KEEP_ALIVE, EventStream, sse
from .incoming import signed_in
from .json_values import Json

KEPT_ALIVE_EVERY = 15.0
"""Seconds without an event after which a comment is sent. Not hurried by the pace: nothing waits for it."""
BACKLOG = 256
"""Events a slow listener may be behind before the oldest are dropped for it."""


@dataclass(slots=True)
class Events:
    """Those who listen, and the route on which they do."""

    token: str
    sleep: Callable[[float], Awaitable[object]]
    _listeners: set[asyncio.Queue[bytes]] = field(default_factory=set)

    @property
    def listening(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    def tell(self, name: str, body: Json) -> None:
        """Send an event to everybody who listens now; nothing is kept for later."""
        framed = sse(json.dumps(body, ensure_ascii=False, separators=(",", ":")), name)
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(framed)

    async def stream(self, request: Request) -> Response:
        """GET /api/events."""
        signed_in(request, self.token)
        return EventStream(self._lines())

    async def _lines(self) -> AsyncGenerator[bytes, None]:
        queue: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        getter: asyncio.Task[bytes] | None = None
        try:
            # A first comment carries the headers to the client, which otherwise would wait for the first event.
            yield KEEP_ALIVE
            while True:
                getter = asyncio.create_task(queue.get())
                timer = asyncio.ensure_future(self.sleep(KEPT_ALIVE_EVERY))
                while not getter.done():
                    await asyncio.wait({getter, timer}, return_when=asyncio.FIRST_COMPLETED)
                    if not getter.done():
                        yield KEEP_ALIVE
                        timer = asyncio.ensure_future(self.sleep(KEPT_ALIVE_EVERY))
                timer.cancel()
                yield getter.result()
        finally:
            self._listeners.discard(queue)
            if getter is not None:
                getter.cancel()
