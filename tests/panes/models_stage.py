"""The models pane over a server and a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.api.client import Client
from oxen_tui.api.secret import Secret
from oxen_tui.panes.mistake import Mistake
from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.panes.wanted import ChatWanted, RequestWanted, SureWanted
from oxen_tui.services.catalogue.browser import ModelBrowser
from oxen_tui.services.clock import Clock
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session import Session
from oxen_tui.store.store import Store
from oxen_tui.widgets.models.list import ModelList
from oxen_tui.widgets.query_filter import QueryFilter
from tests.services.fake_models_client import FakeModelsClient, MovedClock
from tests.widgets.host import Host

KEY = "ox-secret-key-of-the-test"
_HEARD = (
    ChatWanted,
    RequestWanted,
    ModelsPane.ExamplesWanted,
    SureWanted,
    ModelsPane.Trouble,
    ModelsPane.Said,
    Mistake,
)


class PlayedSession(Session):
    """A session whose server is a double, and whose pauses pass at once."""

    def __init__(
        self, store: Store, client: FakeModelsClient, folder: Path, clock: MovedClock, *, key: str = KEY
    ) -> None:
        self.seconds = 0.0
        self.on_pause: Callable[[], None] = lambda: None
        """Called in each pause: what happens at the server meanwhile."""
        place = Place("test", "http://models.test/api/ai", "test", "test", key=Secret(key) if key else None)
        super().__init__(
            place, store, None, clock=Clock(clock, lambda: self.seconds), catalogue_file=folder / "models"
        )
        self._played = client

    @cached_property
    def models(self) -> ModelBrowser:
        return ModelBrowser(
            self.catalogue,
            self.store.models,
            self.client,
            self.clock,
            has_key=self.place.key is not None,
            sleep=self._pause,
        )

    async def client(self) -> Client:
        return cast(Client, self._played)

    async def _pause(self, seconds: float) -> None:
        self.seconds += seconds
        self.on_pause()
        await asyncio.sleep(0)


class ModelsStage:
    """The pane on a screen of its own, and the eyes and fingers of a test."""

    def __init__(self, app: Host, pilot: Pilot[None], session: PlayedSession, client: FakeModelsClient) -> None:
        self.app, self.pilot, self.session, self.client = app, pilot, session, client
        self.pane = app.query_one(ModelsPane)

    @property
    def rows(self) -> list[str]:
        """What stands on the screen."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    @property
    def listed(self) -> list[str]:
        """The ids in the list, top to bottom."""
        models = self.app.query_one(ModelList)
        return [key for key in map(models.key_at, range(models.row_count)) if key]

    def heard(self, kind: type[Message]) -> list[Any]:
        """What the pane told the screen of this kind, oldest first."""
        return [message for message in self.app.heard if isinstance(message, kind)]

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let things happen until this is so."""
        for _ in range(600):
            await self.pilot.pause()
            if condition():
                return
            await asyncio.sleep(0.005)  # for threads: work on long lists is done there
        raise AssertionError(f"waited in vain for {what}:\n{self.text}")

    async def see(self, *words: str) -> None:
        """Until all these words stand on the screen."""
        await self.until(lambda: all(word in self.text for word in words), " and ".join(words))

    async def search(self, words: str) -> None:
        """Have these words in the filter, as if they had been pasted."""
        await self.pilot.press("slash")
        self.app.query_one(QueryFilter).put(words)

    async def type(self, words: str) -> None:
        """Into the filter, key by key."""
        await self.pilot.press("slash")
        for letter in words:
            await self.pilot.press(_KEYS.get(letter, letter))


_KEYS = {" ": "space", ":": "colon", "<": "less_than_sign", ".": "full_stop", '"': "quotation_mark"}


@asynccontextmanager
async def models_stage(
    folder: Path,
    client: FakeModelsClient,
    *,
    size: tuple[int, int] = (120, 40),
    key: str = KEY,
    hours_later: float = 0.0,
) -> AsyncIterator[ModelsStage]:
    """The pane in use, its list on screen unless there is none.

    Args:
        folder: Where store and list are kept; the next stage in the same folder is the next start.
        hours_later: How long after the first moment of all tests it is.
    """
    clock = MovedClock()
    clock.move(hours=hours_later)
    session = PlayedSession(await Store.open(folder / "store.sqlite3", clock), client, folder, clock, key=key)
    app = Host(ModelsPane(session), hears=_HEARD)
    app.animation_level = "none"
    try:
        async with app.run_test(size=size) as pilot:
            stage = ModelsStage(app, pilot, session, client)
            stage.pane.focus()
            catalogue = session.catalogue
            await stage.until(
                lambda: (bool(stage.pane.model_id) or catalogue.trouble is not None) and not catalogue.refreshing,
                "the list",
            )
            await pilot.pause()
            yield stage
            assert stage.heard(Mistake) == []
    finally:
        await session.close()
