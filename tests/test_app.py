"""The app around a session: keys that work everywhere, dialogs, and what becomes of our own mistakes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from oxen_tui.api.chat import AnswerFinished, ChatDelta, TextDelta
from oxen_tui.api.client import Client
from oxen_tui.api.model import Model
from oxen_tui.app import OxenTuiApp
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.paths import find_paths
from oxen_tui.screens.dialogs.command_palette import CommandPalette
from oxen_tui.screens.dialogs.help import Help
from oxen_tui.screens.dialogs.pick_model import PickModel
from oxen_tui.screens.dialogs.pick_theme import PickTheme
from oxen_tui.screens.main import MainScreen
from oxen_tui.services.server.connection import Place, demo_place
from oxen_tui.services.session import Session
from oxen_tui.settings import Settings, load_settings
from oxen_tui.store.errors import StoreUnavailable
from oxen_tui.store.store import Store
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.query_filter import QueryFilter
from oxen_tui.widgets.transcript.view import Transcript
from tests.services.catalogue_models import body_of, chat


class EchoingClient:
    """Answers every question with its own words."""

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes:
        return body_of(chat(name) for name in ("heron", "avocet"))

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes:
        return json.dumps(chat(model_id)).encode()

    async def favorite_models(self) -> tuple[Model, ...]:
        return ()

    async def me(self) -> Any:
        from oxen_tui.api.account import User

        return User("ada", None)

    async def stream_chat(self, request: Any, *, on_retry: Any = None) -> AsyncIterator[ChatDelta]:
        yield TextDelta(f"You said: {request.messages[-1].content}", 3)
        yield AnswerFinished("stop")

    async def aclose(self) -> None:
        pass


class EchoingSession(Session):
    async def client(self) -> Client:
        return cast(Client, EchoingClient())


@asynccontextmanager
async def opened(home: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[tuple[OxenTuiApp, Pilot[Any]]]:
    paths = find_paths({"OXEN_TUI_HOME": str(home)})
    paths.make_folders()

    async def open_place(place: Place) -> Session:
        return EchoingSession(place, await Store.open(paths.store_file(place.store_name)), None)

    app = OxenTuiApp(demo_place(), paths, Settings(theme="dark", glyphs="unicode"), open_place)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, MainScreen) and bool(app.screen.query_one(ChatPane).model))
        yield app, pilot


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    for _ in range(500):
        await pilot.pause()
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("waited in vain")


def page(app: OxenTuiApp) -> str:
    view = app.screen_stack[-1].query_one(Transcript)
    return "\n".join(strip.text for strip in view.render_lines(view.size.region))


async def test_a_question_is_answered_and_both_are_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press(*"ahoi", "enter")
        await until(pilot, lambda: "You said: ahoi" in page(app))
    async with opened(tmp_path) as (app, pilot):
        await until(pilot, lambda: "You said: ahoi" in page(app))


async def test_a_draft_is_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press(*"half a th")
        await pilot.pause(0.8)
    async with opened(tmp_path) as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(Composer).text == "half a th")


async def test_a_pane_that_was_left_cannot_take_the_keys(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("alt+2")
        await until(pilot, lambda: bool(app.screen.query("#models")) and app.focused is not None)
        of_models = app.focused
        await pilot.press("alt+1")
        await until(pilot, lambda: isinstance(app.focused, Composer))
        assert of_models is not None
        of_models.focus()
        await pilot.pause()
        assert isinstance(app.focused, Composer)


async def test_a_key_behind_the_one_that_leads_to_the_messages_acts_on_a_message(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press(*"ahoi", "enter")
        await until(pilot, lambda: "You said: ahoi" in page(app))
        for key in ("ctrl+up", "e"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: app.screen.query_one(Composer).text == "ahoi")


async def test_what_is_typed_behind_the_key_of_a_pane_in_one_go_is_meant_for_it(tmp_path: Path) -> None:
    def burst(app: OxenTuiApp, *keys: str) -> None:
        for key in keys:
            app.post_message(events.Key("slash" if key == "/" else key, key if len(key) == 1 else None))

    async with opened(tmp_path) as (app, pilot):
        burst(app, "alt+2", "/", "h", "e")
        await until(pilot, lambda: bool(app.screen.query("#models QueryFilter")))
        found = app.screen.query_one("#models QueryFilter", QueryFilter)
        await until(pilot, lambda: found.query_text == "he")
        burst(app, "escape", "escape", "alt+1", "/", "h", "i")
        await until(pilot, lambda: app.screen.query_one(Composer).text == "/hi")
        assert found.query_text == ""


async def test_ctrl_c_clears_then_asks_then_quits(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("x", "ctrl+c")
        assert app.screen.query_one(Composer).text == ""
        await pilot.press("ctrl+c")
        assert app.is_running
        await pilot.press("ctrl+c")
    assert app.return_value == 0


def dialog_is_open(app: OxenTuiApp, dialog: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, dialog)


async def test_dialogs_open_and_close_and_the_composer_has_the_keys_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        for key, dialog in (
            ("ctrl+l", PickModel),
            ("ctrl+p", CommandPalette),
            ("ctrl+k", CommandPalette),
            ("f1", Help),
        ):
            await pilot.press(key)
            await until(pilot, partial(dialog_is_open, app, dialog))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await pilot.press("y")
        assert app.screen.query_one(Composer).text == "y"


async def test_a_model_is_chosen_by_a_part_of_its_name_or_typed(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press("ctrl+l", *"avo", "enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert app.screen.query_one(ChatPane).model == "avocet"
        await pilot.press("ctrl+l", *"own-model", "enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert app.screen.query_one(ChatPane).model == "own-model"


async def test_a_theme_is_worn_while_it_is_looked_at_and_kept_when_chosen(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press(*"/theme", "enter")
        await until(pilot, lambda: isinstance(app.screen, PickTheme))
        await pilot.press("down")
        await until(pilot, lambda: app.theme == "oxen-light")
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "oxen-dark")
        await pilot.press(*"/theme", "enter", "down", "enter")
        await until(pilot, lambda: app.theme == "oxen-light")
    assert load_settings(app.paths.settings_file).theme == "oxen-light"


async def test_panes_are_reached_by_number_when_nothing_is_typed_and_by_alt_always(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        screen = cast(MainScreen, app.screen)
        await pilot.press("4")
        assert (screen.pane, screen.query_one(Composer).text) == ("chat", "4")
        await pilot.press("alt+4")
        assert screen.pane == "queue"
        await pilot.press("2")
        assert screen.pane == "models"
        await pilot.press("1")
        assert screen.pane == "chat"
        assert screen.query_one(Composer).has_focus


async def test_the_first_screen_is_laid_out_once_for_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    monkeypatch.setattr(Transcript, "on_resize", lambda _, event: widths.append(event.size.width), raising=False)

    async with opened(tmp_path, (160, 45)) as (app, _):
        assert app.screen.has_class("-wide")
        assert len(set(widths)) == 1  # not first at the width of a narrow screen


async def test_the_first_screen_is_styled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again: list[MainScreen] = []
    monkeypatch.setattr(MainScreen, "update_node_styles", lambda screen, animate=True: again.append(screen))

    async with opened(tmp_path) as (app, _):
        assert app.screen.query_one(Composer).styles.background.a
        assert not again


async def test_a_mistake_in_a_worker_is_said_and_logged_and_the_session_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):

        async def mistake(_text: str, _attachments: object = None) -> None:
            raise ZeroDivisionError

        chat = app.screen.query_one(ChatPane)
        chat._ask = mistake  # type: ignore[assignment, method-assign]
        await pilot.press("x", "enter")
        await until(pilot, lambda: [type(error) for error in app.mistakes] == [ZeroDivisionError])
        await pilot.press("y")
        assert app.screen.query_one(Composer).text == "y"


async def test_a_handler_that_fails_gets_the_screen_made_anew_with_the_text(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot):
        await pilot.press(*"ahoi", "enter")
        await until(pilot, lambda: "You said: ahoi" in page(app))
        app.loud = False
        before = app.screen

        def mistake() -> None:
            raise ZeroDivisionError

        app.screen.query_one(ChatPane).action_end = mistake  # type: ignore[method-assign]
        app.screen.query_one(ChatPane).call_next(mistake)
        await until(pilot, lambda: app.screen is not before and "You said: ahoi" in page(app))
        assert [type(error) for error in app.mistakes] == [ZeroDivisionError]
        await pilot.press(*"again", "enter")
        await until(pilot, lambda: "You said: again" in page(app))


async def test_a_store_that_cannot_be_opened_ends_the_app_with_words(tmp_path: Path) -> None:
    paths = find_paths({"OXEN_TUI_HOME": str(tmp_path)})

    async def open_place(_place: Place) -> Session:
        raise StoreUnavailable("The store is damaged", "Put a backup in its place.")

    app = OxenTuiApp(demo_place(), paths, Settings(), open_place)
    async with app.run_test():
        pass
    assert app.return_value == 2
    assert app.setup_error is not None
    assert app.setup_error.title == "The store is damaged"


async def test_the_dock_is_made_when_the_terminal_has_room_for_it(tmp_path: Path) -> None:
    async with opened(tmp_path, (120, 30)) as (app, pilot):
        assert not app.screen.query("#dock")

        await pilot.resize_terminal(150, 30)
        await until(pilot, lambda: bool(app.screen.query("#dock")) and app.screen.query_one("#dock").display)
        await pilot.resize_terminal(120, 30)
        await until(pilot, lambda: not app.screen.query_one("#dock").display)
        await pilot.resize_terminal(150, 30)
        await until(pilot, lambda: app.screen.query_one("#dock").display)

        assert len(app.screen.query("#dock")) == 1
