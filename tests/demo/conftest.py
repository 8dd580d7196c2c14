"""A demo service whose time stands still until a test lets it go on, and a client that needs no socket."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
from PIL import Image

from oxen_tui.demo.service import Demo, create_service
from tests.demo.stand_ins import MODELS

START = 1_789_000_000.0


class FakeClock:
    """Time that moves only by `advance`; those who sleep wake when it has passed them."""

    def __init__(self) -> None:
        self.now = START
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, sleeper))
        await sleeper

    async def advance(self, seconds: float) -> None:
        await self._others()
        self.now += seconds
        awake = [sleeper for due, sleeper in self._sleepers if due <= self.now]
        self._sleepers = [(due, sleeper) for due, sleeper in self._sleepers if due > self.now]
        for sleeper in awake:
            if not sleeper.done():
                sleeper.set_result(None)
        await self._others()

    async def _others(self) -> None:
        """Let every other task run as far as it can: those that are about to sleep go to sleep first."""
        for _ in range(20):
            await asyncio.sleep(0)


class Wire:
    """A signed-in client of one service."""

    def __init__(self, client: httpx.AsyncClient, demo: Demo, clock: FakeClock) -> None:
        self.client, self.demo, self.clock = client, demo, clock

    async def get(self, path: str, **query: str | int) -> httpx.Response:
        return await self.client.get(path, params=query)

    async def post(self, path: str, body: object = None) -> httpx.Response:
        return await self.client.post(path, json=body)

    async def chat(self, question: str, **more: object) -> httpx.Response:
        body = {"model": "plain", "messages": [{"role": "user", "content": question}], **more}
        return await self.post("/api/ai/chat/completions", body)

    async def enqueue(self, **body: object) -> str:
        answer = await self.post("/api/ai/queue", {"model": "painter", "prompt": "a boat", **body})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["generations"][0]["generation_id"])

    async def row(self, name: str) -> dict[str, object]:
        row: dict[str, object] = (await self.get(f"/api/ai/queue/{name}")).json()
        return row


def chunks(answer: httpx.Response) -> list[dict[str, object]]:
    """The JSON objects of an event stream, `[DONE]` left out."""
    lines = [line[6:] for line in answer.text.split("\n") if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


def deltas(answer: httpx.Response, key: str = "content") -> str:
    """What a stream said under one key of its deltas."""
    said = []
    for chunk in chunks(answer):
        for choice in chunk.get("choices", []):  # type: ignore[attr-defined]
            said.append(choice["delta"].get(key) or "")
    return "".join(said)


def picture(colour: str = "red", size: tuple[int, int] = (160, 120), form: str = "PNG") -> bytes:
    """A picture of one colour, its right half darker."""
    image = Image.new("RGB", size, colour)
    image.paste("black", (size[0] * 3 // 4, 0, *size))
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


Make = Callable[..., Awaitable[Wire]]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    """Makes services; arguments go to `create_service`. Pace 0 unless said: nothing is waited for."""
    async with AsyncExitStack() as stack:

        async def service(**arguments: object) -> Wire:
            clock = FakeClock()
            given = {"models": MODELS, "pace": 0.0, "media_dir": tmp_path / "media", **arguments}
            app = create_service(clock=clock, sleep=clock.sleep, **given)  # type: ignore[arg-type]
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app),
                base_url="http://testserver",
                headers={"Authorization": "Bearer demo-key"},
            )
            await stack.enter_async_context(client)
            return Wire(client, app.state.demo, clock)

        yield service


@pytest.fixture
async def wire(make: Make) -> Wire:
    """A service with the stand-in models."""
    return await make()


@pytest.fixture
async def paced(make: Make) -> Wire:
    """A service at pace 1: everything takes its time, and the test makes it pass."""
    return await make(pace=1.0)
