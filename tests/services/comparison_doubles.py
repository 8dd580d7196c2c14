"""Doubles for comparisons: a client for which every model has a script of its own, and a comparison over a store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from oxen_tui.api.chat import AnswerFinished, AnswerStarted, ChatDelta, ChatRequest, TextDelta, UsageReported
from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model, Pricing
from oxen_tui.api.usage import Usage
from oxen_tui.services.comparison.column import Column
from oxen_tui.services.comparison.comparison import Asked, Comparison
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import ConversationEvent
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, FakeTime, Step

_PRICES = {"slow": 0.004, "quick": 0.001, "third": 0.002}


def says(text: str, tokens: int = 10) -> list[Step]:
    usage = UsageReported(Usage(prompt_tokens=5, completion_tokens=tokens, total_tokens=5 + tokens))
    return [AnswerStarted("c", "m"), TextDelta(text, tokens), usage, AnswerFinished("stop")]


class Players:
    """A client for which every model has a script of its own."""

    def __init__(self, **scripts: list[Step]) -> None:
        self.parts = {model: FakeClient(script) for model, script in scripts.items()}
        self.asked: list[str] = []
        self.most_at_once = 0

    async def __call__(self) -> Players:
        return self

    async def stream_chat(
        self, request: ChatRequest, *, on_retry: Callable[[ApiError, int, float], None] | None = None
    ) -> AsyncGenerator[ChatDelta, None]:
        self.asked.append(request.model)
        stream = self.parts[request.model].stream_chat(request, on_retry=on_retry)
        try:
            async for delta in stream:
                self.most_at_once = max(self.most_at_once, self.open)
                yield delta
        finally:
            await stream.aclose()

    @property
    def open(self) -> int:
        return sum(part.open for part in self.parts.values())


def _model(model_id: str) -> Model | None:
    price = _PRICES.get(model_id)
    return Model(model_id, pricing=Pricing("token", price, price)) if price else None


class Stand:
    """A comparison over a real store."""

    def __init__(self, store: Store, players: Players, asked: Asked) -> None:
        self.store, self.players, self.time = store, players, FakeTime()
        self.service = ConversationService(
            store, players, model=_model, monotonic=self.time.monotonic, sleep=self.time.sleep
        )
        self.comparison = Comparison(self.service, store.messages, asked, self.time.monotonic)
        self.heard: list[tuple[int, ConversationEvent | None]] = []
        self.comparison.subscribe(lambda column, event: self.heard.append((column.number, event)))

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.comparison.columns

    @property
    def states(self) -> list[str]:
        return [str(column.state) for column in self.columns]

    async def kept(self) -> list[tuple[str, str, Ending]]:
        """The siblings under the question, as the disk has them."""
        assert self.comparison.question is not None
        tree = await self.store.whole.tree(self.comparison.asked.conversation_id)
        below = [each for each in tree if each.parent_id == self.comparison.question.id]
        return [(each.model, each.text, each.ending) for each in below]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.001)
