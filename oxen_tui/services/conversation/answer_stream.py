"""One request on its way: the client's deltas, and between them what else there is to say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Protocol, TypeAlias

from oxen_tui.api.chat import ChatDelta, ChatRequest
from oxen_tui.api.errors import ApiError
from oxen_tui.services.conversation.events import Retrying, StoreTrouble

OnRetry: TypeAlias = Callable[[ApiError, int, float], None]
"""Called before a pause with the error, which repetition follows (from 1) and the seconds until then."""


class ChatClient(Protocol):
    """The part of the client that a conversation needs."""

    def stream_chat(
        self, request: ChatRequest, *, on_retry: OnRetry | None = None
    ) -> AsyncGenerator[ChatDelta, None]:
        """Sends a chat. Closing the generator closes the connection."""


ClientProvider: TypeAlias = Callable[[], Awaitable[ChatClient]]


class AnswerStream:
    """Reads a client's stream in a task of its own.

    A pause before a repetition happens inside the client, while no delta comes; only with somebody else doing the
    waiting can it be told to the screen, and `stop` end it. The task reads on only when the last delta was taken, so
    a slow screen slows the socket and nothing piles up.
    """

    def __init__(self, client: ClientProvider, request: ChatRequest) -> None:
        self._client = client
        self._request = request
        self._queue: asyncio.Queue[ChatDelta | Retrying | StoreTrouble | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self.stopped = False
        """Whether `stop` ended it."""

    def stop(self) -> None:
        """Closes the connection; what `events` yields then ends."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()
        self._queue.put_nowait(None)

    def tell(self, trouble: StoreTrouble) -> None:
        """Puts a word of the store among the deltas."""
        self._queue.put_nowait(trouble)

    async def events(self) -> AsyncGenerator[ChatDelta | Retrying | StoreTrouble, None]:
        """Deltas as they come. Closing this closes the connection before it returns.

        Raises:
            ApiError: As the client raised it.
        """
        if self.stopped:
            return
        self._task = asyncio.create_task(self._read())
        try:
            while (item := await self._queue.get()) is not None:
                yield item
                self._queue.task_done()
            if not self.stopped:
                await self._task
        finally:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.exception()  # said already or of no interest: without this asyncio complains of it

    async def _read(self) -> None:
        try:
            client = await self._client()
            async with aclosing(client.stream_chat(self._request, on_retry=self._retrying)) as deltas:
                async for delta in deltas:
                    self._queue.put_nowait(delta)
                    await self._queue.join()
        finally:
            self._queue.put_nowait(None)

    def _retrying(self, error: ApiError, attempt: int, seconds: float) -> None:
        self._queue.put_nowait(Retrying(error, attempt, seconds))
