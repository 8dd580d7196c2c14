"""The gallery alone in an app, over a real store with real files and a server that is played."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from oxen_tui.panes.gallery.pane import GalleryPane
from oxen_tui.panes.mistake import Mistake
from oxen_tui.paths import find_paths
from oxen_tui.services.server.connection import demo_place
from oxen_tui.store.store import Store
from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.one_line import OneLine
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import Make, PlayedSession, until
from tests.services.gallery_jobs import add_result
from tests.widgets.host import Host, lines

MODEL = "moss-image-xl"

Told = TypeVar("Told", bound=Message)


async def some(store: Store, folder: Path) -> None:
    """Six: a picture, its edit, a clip of that, and three others; the last made is a picture."""
    first = await add_result(store, folder, 1, model=MODEL, prompt="A harbour")
    body = {"model": MODEL, "prompt": "The harbour, warmer", "seed": 7}
    edit = await add_result(store, folder, 2, model=MODEL, prompt="Warmer", parents=(first.id,), body=body)
    await add_result(
        store, folder, 3, b"no clip", mime="video/mp4", model="brook", prompt="Gulls", parents=(edit.id,)
    )
    await add_result(store, folder, 4, model=MODEL, prompt="Fog in firs", favourite=True)
    await add_result(store, folder, 5, b"<html>", prompt="Not a picture")
    await add_result(store, folder, 6, model=MODEL, prompt="A teapot", body={**body, "prompt": "A teapot"})


class Gallery:
    """The pane in a running app."""

    def __init__(self, pilot: Pilot[Any], app: Host, pane: GalleryPane) -> None:
        self.pilot, self.app, self.pane = pilot, app, pane

    @property
    def grid(self) -> GalleryGrid:
        return self.pane.query_one(GalleryGrid)

    @property
    def prompts(self) -> list[str]:
        """What the grid holds."""
        return [job.prompt for job in self.pane.gallery.find(self.pane._filter.query_text).jobs]

    @property
    def here(self) -> str:
        """The prompt of the result in the box."""
        return self.pane.job.prompt if self.pane.job is not None else ""

    @property
    def foot(self) -> str:
        return self.pane.query_one("#gallery-foot", OneLine).plain.strip()

    @property
    def said(self) -> list[str]:
        """What would be toasts."""
        return [each.sentence for each in self.app.heard if isinstance(each, GalleryPane.Said | GalleryPane.Trouble)]

    def told(self, kind: type[Told]) -> list[Told]:
        """The messages of a kind."""
        return [each for each in self.app.heard if isinstance(each, kind)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wait(self, condition: Callable[[], bool], what: str) -> None:
        await until(self.pilot, condition, what)


@asynccontextmanager
async def opened(home: Path, make: Make = some, size: tuple[int, int] = (120, 38)) -> AsyncIterator[Gallery]:
    """The pane with what `make` made, in a terminal of this size."""
    paths, clock, place = find_paths({"OXEN_TUI_HOME": str(home)}), StillClock(), demo_place()
    paths.make_folders()
    store = await Store.open(paths.store_file(place.store_name), clock.now)
    await make(store, paths.results(place.store_name))
    async with PlayedSession(place, store, clock, PlayedClient(), paths) as session:
        pane = GalleryPane(session)
        app = Host(pane, hears=(Message,))
        async with app.run_test(size=size) as pilot:
            pane.focus()
            gallery = Gallery(pilot, app, pane)
            await gallery.wait(
                lambda: pane.gallery.known and gallery.grid.count == len(gallery.prompts), "the results"
            )
            yield gallery
        assert gallery.told(Mistake) == []


def text_of(widget: Widget) -> str:
    """What it draws, as one line."""
    return " ".join(" ".join(lines(widget)).split())
