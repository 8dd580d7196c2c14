"""The models that a server offers, asked once and kept for the session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model, ModelKind


class ModelsClient(Protocol):
    """The part of the client that is needed here."""

    async def models(self) -> tuple[Model, ...]: ...


class Catalogue:
    """Knows the models by id. A server without a list is no failure: names can be typed, prices are then unknown."""

    def __init__(self, client: Callable[[], Awaitable[ModelsClient]]) -> None:
        self._client = client
        self._models: dict[str, Model] = {}
        self._loading: asyncio.Task[None] | None = None
        self.trouble: ApiError | None = None
        """Why the list is missing, where it is; None while it has not been asked for."""

    async def load(self, *, again: bool = False) -> None:
        """Ask for the list, once however many ask for it. Never raises `ApiError`: see `trouble`."""
        if self._loading is None or (again and self._loading.done()):
            self._loading = asyncio.create_task(self._load())
        # Shielded: whoever waits may be cancelled, the others still want the list.
        await asyncio.shield(self._loading)

    async def close(self) -> None:
        if self._loading is not None and not self._loading.done():
            self._loading.cancel()
            await asyncio.gather(self._loading, return_exceptions=True)

    def get(self, model_id: str) -> Model | None:
        return self._models.get(model_id)

    @property
    def chat_models(self) -> Sequence[Model]:
        """Models that answer in text, in the server's order."""
        return [model for model in self._models.values() if model.kind is ModelKind.CHAT]

    @property
    def first_chat_model(self) -> str:
        """What to talk to where the user has not chosen: the first chat model, else the first of all."""
        for model in (*self.chat_models, *self._models.values()):
            return model.id
        return ""

    async def _load(self) -> None:
        try:
            models = await (await self._client()).models()
        except ApiError as error:
            self.trouble = error
            return
        self.trouble = None
        self._models = {model.id: model for model in models}
