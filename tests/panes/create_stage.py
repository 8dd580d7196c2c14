"""The create pane on its stage: the app with a played server that has the demo's models and a queue."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.api.chat import KeptAlive
from oxen_tui.api.generation import Generation, GenerationCompleted, GenerationPage, MediaResult
from oxen_tui.panes.create.pane import CreatePane
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.screens.main import MainScreen
from oxen_tui.services.queue.client import OnRetry
from oxen_tui.widgets.form.row import FormRow
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.scenes import Scene
from tests.scenes.stage import Stage, make_nothing, until
from tests.services.fake_queue import FakeClock, FakeServer


class MakingClient(PlayedClient):
    """Knows the models of the demo, and has a queue in which nothing ever ends."""

    def __init__(self) -> None:
        super().__init__([])
        self.server = FakeServer(FakeClock())

    @property
    def sent(self) -> list[Mapping[str, Any]]:
        """The bodies of all requests that were sent."""
        return self.server.bodies

    async def enqueue(self, body: Mapping[str, Any], on_retry: OnRetry | None = None) -> tuple[Generation, ...]:
        return await self.server.enqueue(body, on_retry)

    async def generate_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        return await self.server.generate_images(model, body, on_retry)

    async def edit_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        return await self.server.edit_images(model, body, on_retry)

    async def queue(self, *, status: str | None = None, model: str | None = None) -> tuple[Generation, ...]:
        return await self.server.queue(status=status, model=model)

    async def queue_row(self, generation_id: str) -> Generation:
        return await self.server.queue_row(generation_id)

    async def cancel(self, generation_id: str) -> None:
        await self.server.cancel(generation_id)

    async def generations(self, page: int = 1, page_size: int = 50, *, model: str | None = None) -> GenerationPage:
        return await self.server.generations(page, page_size, model=model)

    async def generation(self, generation_id: str) -> Generation:
        return await self.server.generation(generation_id)

    async def events(self) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]:
        async for event in self.server.events():
            yield event


class Filled:
    """The pane on screen."""

    def __init__(self, stage: Stage, pilot: Pilot[Any], client: MakingClient) -> None:
        self.stage, self.pilot, self.client = stage, pilot, client

    @property
    def main(self) -> MainScreen:
        return next(screen for screen in self.stage.app.screen_stack if isinstance(screen, MainScreen))

    @property
    def pane(self) -> CreatePane:
        return self.main.query_one(CreatePane)

    @property
    def text(self) -> str:
        """What is on screen."""
        return "\n".join(strip.text.rstrip() for strip in self.stage.app.screen._compositor.render_strips())

    def row(self, *path: str | int, part: Part = Part.VALUE) -> FormRow:
        """A row of the form."""
        key = Place(part, path).key
        return next(row for row in self.pane.form.rows if row.key == key)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def write(self, text: str) -> None:
        """The same for a long text: pasted into the field that is typed in."""
        self.pane.form.put(text)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        await until(self.pilot, condition, what)

    async def shows(self, *texts: str) -> None:
        """Wait until all of these are on screen."""
        await self.until(lambda: all(text in self.text for text in texts), f"{texts} in\n{self.text}")

    async def take(self, model_id: str) -> None:
        """Go to the form of a model."""
        self.pane.take_model(model_id)
        await self.until(lambda: self.pane.request is not None and self.pane.request.model.id == model_id, model_id)
        await self.pilot.pause()

    def stand_on(self, *path: str | int, part: Part = Part.VALUE) -> None:
        self.pane.form.finish()
        self.pane.form.stand_on(Place(part, path).key)


@asynccontextmanager
async def filled(
    home: Path, model_id: str = "tern-2-pro", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Filled]:
    """The app with the create pane on screen, at the empty prompt of a model."""
    client, clock = MakingClient(), StillClock()

    async def nothing(*_: object) -> None:
        """An empty store."""

    stage = Stage(home, nothing, client, clock, make=make_nothing)
    async with stage.app.run_test(size=size, notifications=True) as pilot:
        await Scene("create", "", fill=nothing, size=size).play(pilot)
        await pilot.press("alt+3")
        here = Filled(stage, pilot, client)
        await here.until(lambda: bool(here.main.query(CreatePane)), "the pane")
        await here.until(lambda: here.pane.request is not None, "a form")
        await here.take(model_id)
        yield here
    assert stage.app.mistakes == []
