"""What leads to the viewer, and what comes of it on the main screen."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.app import OxenTuiApp
from oxen_tui.media.png_text import insert_texts
from oxen_tui.media.request_note import RequestNote, texts_for_png
from oxen_tui.panes.create.pane import CreatePane
from oxen_tui.panes.gallery.pane import GalleryPane
from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.screens.dialogs.help import Help
from oxen_tui.screens.dialogs.pick_file import PickFile
from oxen_tui.screens.dialogs.pick_maker import PickMaker
from oxen_tui.screens.main import MainScreen
from oxen_tui.screens.viewer import Viewer
from oxen_tui.services.gallery.opened_files import look_at_all
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.line_input import LineInput
from tests.panes.gallery_host import MODEL, some
from tests.panes.viewer_host import halves
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import Stage, until


def noted(folder: Path, note: RequestNote) -> Path:
    """A picture of the disk with this in it."""
    folder.mkdir(exist_ok=True)
    with (folder / "noted.png").open("w+b") as out:
        insert_texts(io.BytesIO(halves()), out, texts_for_png(note))
    return folder / "noted.png"


@asynccontextmanager
async def main_screen(home: Path, *, gallery: bool = False) -> AsyncIterator[tuple[Pilot[Any], MainScreen]]:
    """The app, with the gallery on screen where it is wanted."""

    async def fill(*_: object) -> None:
        """No conversation."""

    stage = Stage(home, fill, PlayedClient(), StillClock(), make=some)
    async with stage.app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(stage.app.screen, MainScreen), "the main screen")
        main = stage.app.screen
        assert isinstance(main, MainScreen)
        if gallery:
            await pilot.press("alt+5")
            await until(pilot, lambda: bool(main.query(GalleryPane)), "the gallery")
            pane = main.query_one(GalleryPane)
            await until(pilot, lambda: pane.gallery.known and pane.job is not None, "the results")
        await main.session.catalogue.load()
        yield pilot, main
    assert stage.app.mistakes == []


async def viewer(pilot: Pilot[Any]) -> ViewerPane:
    """The viewer, as soon as it is there."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Viewer), "the viewer")
    return pilot.app.screen.query_one(ViewerPane)


async def test_the_gallery_opens_it_and_goes_on_where_it_was_left(tmp_path: Path) -> None:
    async with main_screen(tmp_path, gallery=True) as (pilot, main):
        await pilot.press("enter")
        pane = await viewer(pilot)
        assert (pane.item.job.prompt, len(pane.items)) == ("A teapot", 6)
        await pilot.press("n", "n", "escape")
        await until(pilot, lambda: pilot.app.screen is main, "the gallery")
        job = main.query_one(GalleryPane).job
        assert job is not None
        assert job.prompt == "Fog in firs"


async def test_a_request_seen_there_stands_in_the_form(tmp_path: Path) -> None:
    async with main_screen(tmp_path, gallery=True) as (pilot, main):
        await pilot.press("enter")
        await viewer(pilot)
        await pilot.press("e")
        await until(pilot, lambda: main.pane == "create", "the form")
        form = main.query_one(CreatePane)
        # A form that is made now begins with the draft of another model.
        await until(pilot, lambda: form.request is not None and "prompt" in form.request.body, "the request")
        assert form.request is not None
        assert form.request.body["prompt"] == "A teapot"


async def test_a_command_in_the_chat_opens_a_file(tmp_path: Path) -> None:
    picture = noted(tmp_path / "disk", RequestNote(model=MODEL, prompt="A lighthouse"))
    async with main_screen(tmp_path / "home") as (pilot, main):
        main.query_one(Composer).put(f"/open {picture}")
        await pilot.press("enter")
        pane = await viewer(pilot)
        assert pane.item.job.prompt == "A lighthouse"
        await pilot.press("alt+2")
        await until(pilot, lambda: main.pane == "models" and pilot.app.screen is main, "the models")


async def test_a_file_that_is_none_leaves_everything_as_it_is(tmp_path: Path) -> None:
    async with main_screen(tmp_path) as (pilot, main):
        main.query_one(Composer).put(f"/open {tmp_path / 'nowhere.png'}")
        await pilot.press("enter")
        await until(
            pilot, lambda: any("no such file" in each.message for each in pilot.app._notifications), "the reason"
        )
        assert pilot.app.screen is main


async def test_without_a_name_the_file_is_chosen(tmp_path: Path) -> None:
    async with main_screen(tmp_path) as (pilot, main):
        main.pick_file_to_view()
        await until(pilot, lambda: isinstance(pilot.app.screen, PickFile), "the dialog")
        assert "Open a file" in [command.name for command in main.commands()]


async def test_a_prompt_without_a_model_asks_for_one(tmp_path: Path) -> None:
    picture = noted(tmp_path / "disk", RequestNote(prompt="A lighthouse"))
    async with main_screen(tmp_path / "home") as (pilot, main):
        await main.view_files(look_at_all([picture]))
        await viewer(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickMaker), "models to choose from")
        await pilot.press(*MODEL, "enter")
        await until(pilot, lambda: main.pane == "create", "the form")
        form = main.query_one(CreatePane)
        # A form that is made now begins with the draft of another model.
        await until(pilot, lambda: form.request is not None and "prompt" in form.request.body, "the request")
        assert form.request is not None
        assert (form.request.body["model"], form.request.body["prompt"]) == (MODEL, "A lighthouse")


async def test_a_file_that_is_in_the_gallery_is_shown_as_that_result(tmp_path: Path) -> None:
    async with main_screen(tmp_path, gallery=True) as (pilot, main):
        path = main.session.gallery.path(6)
        assert path is not None
        await main.view_files(look_at_all([path]))
        assert (await viewer(pilot)).item.job.prompt == "A teapot"


async def test_a_place_to_save_to_is_asked_for(tmp_path: Path) -> None:
    async with main_screen(tmp_path / "home", gallery=True) as (pilot, _):
        await pilot.press("enter")
        await viewer(pilot)
        await pilot.press("s")
        await until(pilot, lambda: bool(pilot.app.screen.query(LineInput)), "the question")
        pilot.app.screen.query_one(LineInput).value = str(tmp_path / "tea.png")
        await pilot.press("enter")
        await until(pilot, lambda: (tmp_path / "tea.png").exists(), "the copy")


async def test_help_and_palette_are_the_viewers(tmp_path: Path) -> None:
    async with main_screen(tmp_path, gallery=True) as (pilot, _):
        await pilot.press("enter")
        await viewer(pilot)
        assert isinstance(pilot.app.screen, Viewer)
        names = [command.name for command in pilot.app.screen.commands()]
        assert "Set pictures side by side" in names
        assert "Play this" not in names
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, Help), "the help")
        drawn = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        assert "Keys: viewer" in drawn


async def test_what_was_looked_at_goes_with_its_session(tmp_path: Path) -> None:
    async with main_screen(tmp_path, gallery=True) as (pilot, main):
        await pilot.press("enter")
        await viewer(pilot)
        app = pilot.app
        assert isinstance(app, OxenTuiApp)
        await app._enter(app.place)
        await until(pilot, lambda: isinstance(app.screen, MainScreen), "the main screen of the other session")
        assert app.screen is not main
        assert main not in app.screen_stack
