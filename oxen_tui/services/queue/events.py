"""The server's own word that something has ended: a hint to look, never the truth (contract section 7)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from oxen_tui.api.errors import Answered, ApiError, InvalidKey, NotAnApi, NotFound
from oxen_tui.api.generation import GenerationCompleted
from oxen_tui.services.queue.client import ClientProvider

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_AFTER_ERROR = 30.0
"""Seconds, at least, after the server refused."""


class EventWatch:
    """Keeps the stream open while it is wanted, and comes back when it breaks."""

    def __init__(
        self, client: ClientProvider, sleep: Callable[[float], Awaitable[None]], ended: Callable[[str], None]
    ) -> None:
        """
        Args:
            client: Gives the client of the moment.
            sleep: Waits for some seconds.
            ended: Told the generation id of what has ended.
        """
        self.is_open = False
        """Whether events come in at this moment."""
        self._client = client
        self._sleep = sleep
        self._ended = ended
        self._offered = True
        self._task: asyncio.Task[None] | None = None

    def want(self, wanted: bool) -> None:
        """Opens the stream, or closes it. Nothing happens where it is as it is wanted."""
        running = self._task is not None and not self._task.done()
        if wanted and not running and self._offered:
            self._task = asyncio.create_task(self._follow())
        elif not wanted and running and self._task is not None:
            self._task.cancel()

    async def close(self) -> None:
        """Closes the stream."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        pause = _FIRST_PAUSE
        while self._offered:
            least = 0.0
            try:
                if await self._listen():
                    pause = _FIRST_PAUSE
            except (NotFound, NotAnApi, InvalidKey):
                self._offered = False  # no such stream here, or not for us: polling does alone
                return
            except ApiError as error:
                least = _AFTER_ERROR if isinstance(error, Answered) else 0.0
            await self._sleep(max(pause, least))
            pause = min(_LONGEST_PAUSE, pause * 2)

    async def _listen(self) -> bool:
        """Until the stream ends. Whether anything came."""
        client = await self._client()
        try:
            async with aclosing(client.events()) as events:
                async for event in events:
                    self.is_open = True
                    if isinstance(event, GenerationCompleted):
                        self._ended(event.id)
        finally:
            came, self.is_open = self.is_open, False
        return came
