"""A double for the calls on models: lists, details, stars and deployments that a test sets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from oxen_tui.api.errors import ApiError, ModelNotFound
from oxen_tui.api.model import Model
from tests.services.catalogue_models import Entry, body_of

Answer = bytes | ApiError


class FakeModelsClient:
    """Answers from what the test put in, and remembers what it was asked."""

    def __init__(self, *models: Entry) -> None:
        self.list: Answer = body_of(models)
        self.list_without_key: Answer | None = None
        """Another answer to who asks without the key."""
        self.found: dict[str, Answer] = {}
        """What searches find, by words."""
        self.models: dict[str, Entry | ApiError] = {model["id"]: model for model in models}
        """Details."""
        self.stars: list[str] | ApiError = []
        self.star_refusal: ApiError | None = None
        self.deployment_answer: Model | ApiError = Model("x")
        self.gates: dict[str, asyncio.Event] = {}
        """Calls that wait until a test lets them go on, by what `asked` says of them."""
        self.asked: list[str] = []

    async def __call__(self) -> FakeModelsClient:
        return self

    def lists(self, models: Iterable[Entry]) -> None:
        """Another list from now on."""
        self.list = body_of(models)

    def gate(self, call: str) -> asyncio.Event:
        """Keeps a call waiting until the event is set."""
        return self.gates.setdefault(call, asyncio.Event())

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes:
        await self._hear("list" if search is None else f"search {search}", anonymous)
        if search is not None:
            return _given(self.found.get(search, body_of([])))
        other = self.list_without_key if anonymous else None
        return _given(self.list if other is None else other)

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes:
        await self._hear(f"{'live ' if live else ''}{model_id}", anonymous)
        entry = self.models.get(model_id, ModelNotFound(status=404))
        return _given(entry if isinstance(entry, ApiError) else json.dumps(entry).encode())

    async def favorite_models(self) -> tuple[Model, ...]:
        await self._hear("favorites")
        if isinstance(self.stars, ApiError):
            raise self.stars
        return tuple(Model(model_id) for model_id in self.stars)

    async def star(self, model_id: str) -> Model | None:
        await self._hear(f"star {model_id}")
        if self.star_refusal is not None:
            raise self.star_refusal
        if isinstance(self.stars, list):
            self.stars.append(model_id)
        return None

    async def unstar(self, model_id: str) -> Model | None:
        await self._hear(f"unstar {model_id}")
        if self.star_refusal is not None:
            raise self.star_refusal
        if isinstance(self.stars, list):
            self.stars.remove(model_id)
        return None

    async def activate(self, model_id: str) -> Model:
        await self._hear(f"activate {model_id}")
        if isinstance(self.deployment_answer, ApiError):
            raise self.deployment_answer
        return self.deployment_answer

    async def deactivate(self, model_id: str) -> Model:
        await self._hear(f"deactivate {model_id}")
        if isinstance(self.deployment_answer, ApiError):
            raise self.deployment_answer
        return self.deployment_answer

    async def _hear(self, call: str, anonymous: bool = False) -> None:
        self.asked.append(f"{call} without key" if anonymous else call)
        if call in self.gates:
            await self.gates[call].wait()


class MovedClock:
    """A time of day that tests move."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


async def until(condition: Callable[[], bool]) -> None:
    """Lets other tasks and threads run until something has happened."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


def _given(answer: Answer) -> bytes:
    if isinstance(answer, ApiError):
        raise answer
    return answer
