"""What comes of the gallery's messages on the main screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from oxen_tui.panes.create.pane import CreatePane
from oxen_tui.panes.gallery.pane import GalleryPane
from oxen_tui.screens.dialogs.confirm import Confirm
from oxen_tui.screens.dialogs.pick_input_model import PickInputModel
from oxen_tui.screens.main import MainScreen
from oxen_tui.services.queue.generation_queue import GenerationQueue
from oxen_tui.store.job import Job
from oxen_tui.widgets.line_input import LineInput
from tests.panes.gallery_host import MODEL, some
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import Stage, until


@asynccontextmanager
async def opened(home: Path) -> AsyncIterator[tuple[Pilot[Any], MainScreen]]:
    """The app with the gallery on screen."""

    async def fill(*_: object) -> None:
        """No conversation."""

    stage = Stage(home, fill, PlayedClient(), StillClock(), make=some)
    async with stage.app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(stage.app.screen, MainScreen), "the main screen")
        main = stage.app.screen
        assert isinstance(main, MainScreen)
        await pilot.press("alt+5")
        await until(pilot, lambda: bool(main.query(GalleryPane)), "the gallery")
        pane = main.query_one(GalleryPane)
        await until(pilot, lambda: pane.gallery.known and pane.job is not None, "the results")
        await main.session.catalogue.load()
        yield pilot, main
    assert stage.app.mistakes == []


async def test_a_request_stands_in_the_form_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as (pilot, main):
        await pilot.press("e")
        await until(pilot, lambda: main.pane == "create", "the form")
        form = main.query_one(CreatePane)
        # A form that is made now begins with the draft of another model.
        await until(pilot, lambda: form.request is not None and "prompt" in form.request.body, "the request")
        assert form.request is not None
        assert form.request.body["prompt"] == "A teapot"


async def test_a_result_goes_into_the_form_of_the_model_that_is_chosen(tmp_path: Path) -> None:
    async with opened(tmp_path) as (pilot, main):
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickInputModel), "models to choose from")
        await pilot.press(*MODEL, "enter")
        await until(pilot, lambda: main.pane == "create", "the form")
        form = main.query_one(CreatePane)
        await until(
            pilot, lambda: form.request is not None and "result-0006" in str(form.request.body), "the picture"
        )
        assert form.parents == (6,)


async def test_only_a_yes_runs_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []

    async def send(_: GenerationQueue, body: dict[str, Any], **how: Any) -> tuple[Job, ...]:
        sent.append(body)
        return ()

    monkeypatch.setattr(GenerationQueue, "send", send)
    async with opened(tmp_path) as (pilot, _):
        for answer, number in (("escape", 0), ("enter", 1)):
            await pilot.press("r")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
            drawn = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
            assert "~$0.04" in drawn
            await pilot.press(answer)
            await until(pilot, lambda: isinstance(pilot.app.screen, MainScreen), "the gallery")
            await pilot.app.workers.wait_for_complete([each for each in pilot.app.workers if each.group == "send"])
            assert len(sent) == number


async def test_a_place_to_save_to_is_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (pilot, main):
        await pilot.press("s")
        await until(pilot, lambda: pilot.app.screen is not main, "the question")
        pilot.app.screen.query_one(LineInput).value = str(tmp_path / "saved" / "tea")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "saved" / "tea.png").exists(), "the copy")


async def test_the_palette_offers_what_the_gallery_does(tmp_path: Path) -> None:
    async with opened(tmp_path) as (_, main):
        names = [command.name for command in main.commands()]
        assert "Run this again with another seed" in names
        assert "Bring back what was deleted last" not in names
        main.pane = "chat"
        assert "Run this again with another seed" not in [command.name for command in main.commands()]
