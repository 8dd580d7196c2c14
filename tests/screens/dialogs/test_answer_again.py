"""The dialog that asks with what a message is answered again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from oxen_tui.paths import find_paths
from oxen_tui.screens.dialogs.answer_again import AnswerAgain
from oxen_tui.services.server.connection import demo_place
from oxen_tui.store.store import Store
from oxen_tui.widgets import palette
from oxen_tui.widgets.row_list import RowList
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import PlayedSession
from tests.widgets.host import lines

Answer = tuple[str, Mapping[str, Any]]


@asynccontextmanager
async def asking(
    home: Path, model: str, parameters: Mapping[str, Any]
) -> AsyncIterator[tuple[Pilot[None], list[Answer | None]]]:
    """The dialog in an app, and what it answers."""
    paths, clock, place = find_paths({"OXEN_TUI_HOME": str(home)}), StillClock(), demo_place()
    paths.make_folders()
    store = await Store.open(paths.store_file(place.store_name), clock.now)
    async with PlayedSession(place, store, clock, PlayedClient(), paths) as session:
        await session.catalogue.load()
        app: App[None] = App()
        palette.install(app)
        answers: list[Answer | None] = []
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(AnswerAgain(session, model, parameters), answers.append)
            await pilot.pause()
            yield pilot, answers


def shown(pilot: Pilot[None]) -> list[str]:
    return [" ".join(line.split()) for line in lines(pilot.app.screen.query_one(RowList)) if line.strip()]


def keeps(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#keeps", Static).render())


async def test_it_begins_with_what_the_conversation_has(tmp_path: Path) -> None:
    async with asking(tmp_path, "tern-mini", {"temperature": 0.2}) as (pilot, answers):
        assert shown(pilot)[0].startswith("▌ Model tern-mini")
        assert shown(pilot)[1:] == ["Parameters temperature 0.2", "Ask tern-mini"]
        assert keeps(pilot) == "It becomes a sibling of the answer there is"
        await pilot.press("down", "down", "enter")
        assert answers == [("tern-mini", {"temperature": 0.2})]


async def test_another_model_is_picked_and_then_asked(tmp_path: Path) -> None:
    async with asking(tmp_path, "tern-mini", {"temperature": 0.2}) as (pilot, answers):
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"heron-3-pro", "enter")
        await pilot.pause()
        assert shown(pilot)[0].startswith("Model heron-3-pro $")
        assert shown(pilot)[2] == "▌ Ask heron-3-pro"
        assert keeps(pilot) == "The conversation keeps tern-mini · temperature 0.2"
        await pilot.press("enter")
        assert answers == [("heron-3-pro", {"temperature": 0.2})]


async def test_leaving_it_asks_nobody(tmp_path: Path) -> None:
    async with asking(tmp_path, "", {}) as (pilot, answers):
        assert shown(pilot)[0] == "▌ Model none known yet"
        await pilot.press("ctrl+r")
        assert not answers
        await pilot.press("escape")
        assert answers == [None]
