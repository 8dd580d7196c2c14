"""Who plays the server: a client that follows a script, and the demo's catalogue of models."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from oxen_tui.api.account import User
from oxen_tui.api.chat import ChatDelta, ChatRequest, KeptAlive
from oxen_tui.api.errors import ApiError, ModelNotFound, NotFound
from oxen_tui.api.generation import Generation, GenerationCompleted, GenerationPage
from oxen_tui.api.model import Model
from tests.scenes.moment import StillClock
from tests.services.catalogue_models import body_of, demo_entries
from tests.services.fake_client import FakeClient, Step


class PlayedClient(FakeClient):
    """Answers by script, knows the models of the demo and one user."""

    def __init__(self, *scripts: list[Step], trouble: ApiError | None = None) -> None:
        """`trouble` is what asking for the list of models meets, where there is none."""
        super().__init__(*scripts)
        self._trouble = trouble
        self.rows: tuple[Generation, ...] = ()
        """The queue as the server has it."""
        self.clock = StillClock()
        """That of the scene."""
        self.scripts_of: dict[str, list[Step]] = {}
        """What certain models answer, in place of the script."""

    async def stream_chat(
        self, request: ChatRequest, *, on_retry: Callable[[ApiError, int, float], None] | None = None
    ) -> AsyncGenerator[ChatDelta, None]:
        script = self.scripts_of.get(request.model)
        stream = super().stream_chat if script is None else FakeClient(script).stream_chat
        async with aclosing(stream(request, on_retry=on_retry)) as deltas:
            async for delta in deltas:
                yield delta

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes:
        if self._trouble is not None:
            raise self._trouble
        return body_of(demo_entries())

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes:
        entry = next((entry for entry in demo_entries() if entry["id"] == model_id), None)
        if entry is None:
            raise ModelNotFound(status=404)
        return json.dumps(entry).encode()

    async def favorite_models(self) -> tuple[Model, ...]:
        return ()

    async def queue(self, *, status: str | None = None, model: str | None = None) -> tuple[Generation, ...]:
        return tuple(row for row in self.rows if status in (None, row.status) and model in (None, row.model))

    async def queue_row(self, generation_id: str) -> Generation:
        row = next((row for row in self.rows if row.id == generation_id), None)
        if row is None:
            raise NotFound(status=404)
        return row

    async def generations(self, page: int = 1, page_size: int = 50, *, model: str | None = None) -> GenerationPage:
        raise NotFound(status=404)

    async def events(self) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]:
        yield KeptAlive()
        await asyncio.Event().wait()

    async def me(self) -> User:
        return User("ada")

    async def aclose(self) -> None:
        """There is nothing to let go of."""
