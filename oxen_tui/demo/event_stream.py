"""A response of server-sent events that ends the work behind it the moment the reader goes away.

Starlette's StreamingResponse cancels on a disconnect too, but a generator that is waiting at its `yield` is then
closed by the garbage collector, some time later. Here it is closed at once, so "stopped" can be counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

KEEP_ALIVE = b": keep-alive\n\n"


class HungUp(Exception):
    """Raised by a body to drop the connection in the middle, as a crashed server does."""


def sse(data: str, event: str | None = None) -> bytes:
    """One event, framed."""
    name = f"event: {event}\n" if event else ""
    return f"{name}data: {data}\n\n".encode()


class EventStream(Response):
    """Sends what an async generator yields, as `text/event-stream`."""

    def __init__(self, body: AsyncGenerator[bytes, None]) -> None:
        super().__init__(media_type="text/event-stream", headers={"Cache-Control": "no-cache"})
        del self.headers["content-length"]
        self._body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write until the body ends or the reader has gone."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        writer = asyncio.create_task(self._write(send))
        watcher = asyncio.create_task(until_gone(receive))
        try:
            await asyncio.wait({writer, watcher}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            watcher.cancel()
            writer.cancel()
            ended = await asyncio.gather(writer, watcher, return_exceptions=True)
            await self._body.aclose()
        if isinstance(ended[0], Exception) and not isinstance(ended[0], (HungUp, OSError)):
            raise ended[0]

    async def _write(self, send: Send) -> None:
        async for piece in self._body:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        # After HungUp this line is not reached: the server then closes the connection without the last chunk.
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def until_gone(receive: Receive) -> None:
    """Return when the client has closed its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
