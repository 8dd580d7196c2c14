"""Hands over all bytes of a stream that have come, instead of chunk by chunk.

A server that sends one token per HTTP chunk makes the HTTP client yield one chunk per token, even when one network
read brought forty of them. A task reads ahead, and does not give up the event loop until it has to wait for the
network; so whoever takes from here gets what one read brought, in one piece.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType

from oxen_tui.api.errors import ApiError

_MOST_AHEAD = 1024 * 1024
"""Bytes read ahead of a slow taker before the network is left alone."""


class JoinedReads:
    """An async context manager; leaving it ends the reading at once, whatever it waits for."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._came: list[bytes] = []
        self._bytes = 0
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._ended = False
        self._trouble: ApiError | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> JoinedReads:
        self._task = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            # Waited for, so that the socket is closed when this returns; its own error was or is told by `take`.
            await asyncio.wait([self._task])

    async def take(self) -> bytes:
        """What has come since the last time, waiting if it is nothing; b"" at the end.

        Raises:
            ApiError: what went wrong, after all that came before it was taken.
        """
        while not self._came:
            if self._trouble is not None:
                raise self._trouble
            if self._ended:
                if self._task is not None and not self._task.cancelled():
                    await self._task  # a bug in reading is raised here, not lost
                return b""
            self._news.clear()
            await self._news.wait()
        came, self._came = self._came, []
        self._bytes = 0
        self._room.set()
        return came[0] if len(came) == 1 else b"".join(came)

    async def _read(self) -> None:
        try:
            async for chunk in self._chunks:
                if chunk:
                    self._came.append(chunk)
                    self._bytes += len(chunk)
                    self._news.set()
                    if self._bytes > _MOST_AHEAD:
                        self._room.clear()
                        await self._room.wait()
        except ApiError as error:
            self._trouble = error
        finally:
            self._ended = True
            self._news.set()
