"""Opens the app on a scene: a store filled for it, a played server, and nothing that moves by itself."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from textual.pilot import Pilot

from oxen_tui.api.client import Client
from oxen_tui.app import OxenTuiApp
from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.clock import Clock
from oxen_tui.services.server.connection import Place, demo_place
from oxen_tui.services.session import Session
from oxen_tui.settings import Settings
from oxen_tui.store.store import Store
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock

Fill = Callable[[Store, StillClock], Awaitable[None]]
"""Puts into the store what a scene needs."""

Make = Callable[[Store, Path], Awaitable[None]]
"""Puts results into the store, and their files into a folder."""


async def make_nothing(_store: Store, _folder: Path) -> None:
    """For scenes without results."""


class PlayedSession(Session):
    """A session whose server is played."""

    def __init__(
        self,
        place: Place,
        store: Store,
        clock: StillClock,
        played: PlayedClient,
        paths: Paths | None = None,
        spent: float | None = None,
    ) -> None:
        super().__init__(place, store, None, clock=Clock(clock.now, clock.monotonic), paths=paths)
        self._played, self._spent = played, spent

    @property
    def spent(self) -> float:
        # The ledger is read when there is time for it, and the header would show one sum or the other.
        return super().spent if self._spent is None else self._spent

    @property
    def spent_is_partial(self) -> bool:
        return super().spent_is_partial if self._spent is None else False

    async def client(self) -> Client:
        return cast(Client, self._played)


class Stage:
    """One app on one scene. To be used once, in a home folder of its own."""

    def __init__(
        self,
        home: Path,
        fill: Fill,
        played: PlayedClient,
        clock: StillClock,
        theme: str = "dark",
        make: Make = make_nothing,
        spent: float | None = None,
    ) -> None:
        self._fill, self._make, self._played, self._clock, self._spent = fill, make, played, clock, spent
        self._paths = find_paths({"OXEN_TUI_HOME": str(home)})
        # The glyphs of the machine that runs this must not decide what is drawn.
        self.app = OxenTuiApp(demo_place(), self._paths, Settings(theme=theme, glyphs="unicode"), self._open)
        self.app.animation_level = "none"

    async def _open(self, place: Place) -> Session:
        self._paths.make_folders()
        store = await Store.open(self._paths.store_file(place.store_name), self._clock.now)
        await self._fill(store, self._clock)
        await self._make(store, self._paths.results(place.store_name))
        self._clock.at(0, 14, 2)
        return PlayedSession(place, store, self._clock, self._played, self._paths, self._spent)


PATIENCE = 20.0
"""Seconds until something that must come is given up. Long, for a busy machine: when all is well nobody waits."""


async def until(pilot: Pilot[Any], condition: Callable[[], bool], what: str) -> None:
    """Wait for something to have happened; for long only if something is wrong."""
    limit = time.monotonic() + PATIENCE
    while True:
        await pilot.pause()
        if condition():
            return
        assert time.monotonic() < limit, f"waited in vain: {what}"
        await pilot.pause(0.01)
