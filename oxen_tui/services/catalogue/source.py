"""Where the catalogue comes from: the server's calls for models, with the key and without it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from oxen_tui.api.errors import InvalidKey


class CatalogueClient(Protocol):
    """The part of the client that is needed here."""

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes: ...

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes: ...


class CatalogueSource:
    """Asks with the key, and once more without it where the server does not take it: models are for everybody."""

    def __init__(self, client: Callable[[], Awaitable[CatalogueClient]]) -> None:
        self._client = client
        self._anonymous = False
        """Whether the server refused our key, and answers without."""

    async def models(self, search: str | None = None) -> bytes:
        """The list, or what a search finds, as it came."""
        return await self._ask(lambda client, anonymous: client.models_body(search, anonymous=anonymous))

    async def model(self, model_id: str, live: bool) -> bytes:
        """One model, as it came."""
        return await self._ask(lambda client, anonymous: client.model_body(model_id, live, anonymous=anonymous))

    async def _ask(self, call: Callable[[CatalogueClient, bool], Coroutine[Any, Any, bytes]]) -> bytes:
        client = await self._client()
        try:
            return await call(client, self._anonymous)
        except InvalidKey:
            if self._anonymous:
                raise
        answer = await call(client, True)
        self._anonymous = True
        return answer
