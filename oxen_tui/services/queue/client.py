"""The parts of the client and of the results that the queue needs, for doubles in tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from oxen_tui.api.errors import ApiError

if TYPE_CHECKING:
    from oxen_tui.api.chat import KeptAlive
    from oxen_tui.api.generation import Generation, GenerationCompleted, GenerationPage, MediaResult
    from oxen_tui.api.model import Model
    from oxen_tui.store.job import Job, ResultFile

OnRetry: TypeAlias = Callable[[ApiError, int, float], None]
"""Told of a retry before the pause: the error, how often it was sent so far, the seconds until it is sent again."""

OnProgress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes so far, and the bytes in all where the server says them."""

ToWire: TypeAlias = Callable[[Mapping[str, Any], "Model"], Awaitable[Mapping[str, Any]]]
"""Makes of a request as it is kept the request that is sent: local files become something the server can read."""


class QueueClient(Protocol):
    """See `Client`."""

    async def enqueue(self, body: Mapping[str, Any], on_retry: OnRetry | None = None) -> tuple[Generation, ...]: ...

    async def generate_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]: ...

    async def edit_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]: ...

    async def queue(self, *, status: str | None = None, model: str | None = None) -> tuple[Generation, ...]: ...

    async def queue_row(self, generation_id: str) -> Generation: ...

    async def cancel(self, generation_id: str) -> None: ...

    async def generations(
        self, page: int = 1, page_size: int = 50, *, model: str | None = None
    ) -> GenerationPage: ...

    async def generation(self, generation_id: str) -> Generation: ...

    def events(self) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]: ...


ClientProvider: TypeAlias = Callable[[], Awaitable[QueueClient]]
"""Gives the client of the moment."""


class ResultKeeper(Protocol):
    """See `Results`."""

    async def begin(self) -> None: ...

    async def fetch(
        self, job: Job, url: str | None, data: bytes | None = None, on_progress: OnProgress | None = None
    ) -> ResultFile: ...
