"""Doubles for a conversation: a client that plays a script, and time that tests move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from oxen_tui.api.chat import ChatDelta, ChatRequest
from oxen_tui.api.errors import ApiError


@dataclass(frozen=True)
class Retry:
    """A pause of the client before it sends once more, for ever unless the script says more."""

    error: ApiError
    seconds: float


@dataclass(frozen=True)
class Gate:
    """The stream waits here until the event is set. Without one it waits for ever."""

    event: asyncio.Event | None = None


Step = ChatDelta | ApiError | Retry | Gate | Callable[[], None]


class FakeClient:
    """Plays a script for each request, the last one again when there are more requests."""

    def __init__(self, *scripts: list[Step]) -> None:
        self.scripts = list(scripts)
        self.requests: list[ChatRequest] = []
        self.open = 0
        """Streams whose connection is not closed."""

    async def __call__(self) -> FakeClient:
        return self

    async def stream_chat(
        self, request: ChatRequest, *, on_retry: Callable[[ApiError, int, float], None] | None = None
    ) -> AsyncGenerator[ChatDelta, None]:
        self.requests.append(request)
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        self.open += 1
        attempt = 0
        try:
            for step in script:
                match step:
                    case ApiError():
                        raise step
                    case Retry(error, seconds):
                        attempt += 1
                        assert on_retry is not None
                        on_retry(error, attempt, seconds)
                    case Gate(event):
                        await (event or asyncio.Event()).wait()
                    case _ if callable(step):
                        step()
                    case _:
                        yield step
        finally:
            self.open -= 1


class FakeTime:
    """A monotonic clock and sleeps that end only when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.sleeping: list[tuple[float, asyncio.Event]] = []

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.sleeping.append((seconds, woken))
        await woken.wait()

    def pass_(self, seconds: float) -> None:
        """Moves the clock only."""
        self.seconds += seconds

    async def wake(self) -> None:
        """Ends the sleep that began first, waiting for one to begin."""
        while not self.sleeping:
            await asyncio.sleep(0)
        seconds, woken = self.sleeping.pop(0)
        self.seconds += seconds
        woken.set()
