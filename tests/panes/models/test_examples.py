"""Examples of a model in the models pane: said, fetched on a key press only, stopped, and handed on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from oxen_tui.api.address import Address
from oxen_tui.api.errors import ServerFailed
from oxen_tui.panes.models.pane import ModelsPane
from oxen_tui.services.gallery.showcase import Fetched, Showcase
from oxen_tui.widgets.key_bar import KeyBar
from tests.panes.models_stage import ModelsStage, models_stage
from tests.services.catalogue_models import entry
from tests.services.fake_models_client import FakeModelsClient
from tests.services.gallery_jobs import picture

GALLERY = [{"src": f"/{name}.png", "title": name, "prompt": f"A {name}"} for name in ("fir", "gone", "boat")]
SHOWN = entry("shown", showcase={"tagline": None, "gallery": GALLERY})
ONE = entry("single", showcase={"gallery": GALLERY[:1]})
BARE = entry("bare")


class Files:
    """The server of the examples; it answers when it is let."""

    def __init__(self) -> None:
        self.address = Address.parse("http://models.test/api/ai")
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.held: dict[str, asyncio.Event] = {}
        """Those that are let one by one, by the end of their address."""
        self.down = False

    async def get(self) -> Files:
        return self

    async def download(self, url: str, into: BinaryIO, *, limit: int = 0) -> object:
        self.asked.append(url)
        await self.open.wait()
        for end, let in self.held.items():
            if url.endswith(end):
                await let.wait()
        if self.down or url.endswith("gone.png"):
            raise ServerFailed(status=500)
        into.write(picture())
        return None


@asynccontextmanager
async def stage_with(folder: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[ModelsStage, Files]]:
    files = Files()
    async with models_stage(folder, FakeModelsClient(SHOWN, ONE, BARE), size=size) as stage:
        stage.session.__dict__["showcase"] = Showcase(folder / "examples", files.get)
        await stage.app.screen.mount(KeyBar())
        yield stage, files


def handed_on(stage: ModelsStage) -> list[Fetched]:
    return [each for wanted in stage.heard(ModelsPane.ExamplesWanted) for each in wanted.examples]


async def test_how_many_there_are_is_said_with_the_key(tmp_path: Path) -> None:
    async with stage_with(tmp_path) as (stage, files):
        await stage.search("shown")
        await stage.see("3 examples", "v shows them")
        await stage.pilot.press("enter")
        await stage.see("v 3 examples")
        await stage.search("single")
        await stage.pilot.press("enter")
        await stage.see("v 1 example", "v shows it")
        await stage.search("bare")
        await stage.pilot.press("enter")
        await stage.until(lambda: "example" not in stage.text, "no word of examples")
        await stage.pilot.press("v")
        assert files.asked == []
        assert not any("examples" in name for name, _, _ in stage.pane.commands)


async def test_they_are_fetched_on_the_key_and_handed_on(tmp_path: Path) -> None:
    async with stage_with(tmp_path) as (stage, files):
        await stage.search("shown")
        await stage.pilot.press("enter", "v")
        await stage.see("Fetching examples of shown: 0 of 3", "esc stops")
        files.open.set()
        await stage.until(lambda: [each.piece.title for each in handed_on(stage)] == ["fir", "gone", "boat"], "them")
        assert [each.path is None for each in handed_on(stage)] == [False, True, False]
        assert {wanted.model_id for wanted in stage.heard(ModelsPane.ExamplesWanted)} == {"shown"}
        await stage.until(lambda: "Fetching" not in stage.text, "the usual foot")
        await stage.pilot.press("v")
        await stage.until(lambda: len(handed_on(stage)) == 6, "them again")
        assert sorted(files.asked) == [f"http://models.test/{name}.png" for name in ("boat", "fir", "gone", "gone")]


async def test_the_first_that_is_there_is_handed_on_and_the_others_as_they_come(tmp_path: Path) -> None:
    async with stage_with(tmp_path) as (stage, files):
        files.held = {"gone.png": asyncio.Event(), "boat.png": asyncio.Event()}
        files.open.set()
        await stage.search("shown")
        await stage.pilot.press("enter", "v")
        await stage.until(lambda: bool(stage.heard(ModelsPane.ExamplesWanted)), "the first")
        await stage.see("Fetching examples of shown: 1 of 3")
        files.held["boat.png"].set()
        await stage.see("Fetching examples of shown: 2 of 3")
        assert len(stage.heard(ModelsPane.ExamplesWanted)) == 1, "they come in the model's order"
        files.held["gone.png"].set()
        await stage.until(lambda: len(stage.heard(ModelsPane.ExamplesWanted)) == 2, "the others")
        first, others = stage.heard(ModelsPane.ExamplesWanted)
        assert [each.piece.title for each in first.examples] == ["fir"]
        assert [each.piece.title for each in others.examples] == ["gone", "boat"]
        assert (first.more, others.more) == (False, True)


async def test_escape_stops_it_and_nothing_opens(tmp_path: Path) -> None:
    async with stage_with(tmp_path) as (stage, files):
        await stage.search("shown")
        await stage.pilot.press("enter", "v")
        await stage.see("Fetching examples")
        await stage.pilot.press("escape")
        await stage.until(lambda: "Fetching" not in stage.text, "the end of it")
        files.open.set()
        await stage.pilot.pause()
        assert stage.heard(ModelsPane.ExamplesWanted) == []
        assert stage.listed == ["shown"]  # the filter is as it was


async def test_where_none_can_be_had_it_is_said(tmp_path: Path) -> None:
    async with stage_with(tmp_path) as (stage, files):
        files.down = True
        files.open.set()
        await stage.search("single")
        await stage.pilot.press("enter", "v")
        await stage.until(lambda: bool(stage.heard(ModelsPane.Trouble)), "a sentence")
        (trouble,) = stage.heard(ModelsPane.Trouble)
        assert trouble.sentence.startswith("No example of single is here. It could not be fetched.")
        assert stage.heard(ModelsPane.ExamplesWanted) == []


async def test_it_works_from_the_narrow_list_too(tmp_path: Path) -> None:
    async with stage_with(tmp_path, size=(60, 20)) as (stage, files):
        files.open.set()
        await stage.search("single")
        await stage.pilot.press("enter", "v")
        await stage.until(lambda: bool(stage.heard(ModelsPane.ExamplesWanted)), "the example")
