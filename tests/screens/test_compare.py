"""Comparisons from the conversation and back, through the real screens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.api.chat import TextDelta
from oxen_tui.app import OxenTuiApp
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.compare import Compare
from oxen_tui.screens.dialogs.help import Help
from oxen_tui.screens.dialogs.pick_compared import PickCompared
from oxen_tui.screens.main import MainScreen
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.store import Store
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.folded_paste import kept_as_paste
from oxen_tui.widgets.row_list import RowList
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import Stage, until
from tests.services.comparison_doubles import says
from tests.services.fake_client import Gate, Step

TWO = ("heron-3-pro", "kestrel-flash")


class Day:
    """The app, and what is done in it."""

    def __init__(self, pilot: Pilot[Any], app: OxenTuiApp) -> None:
        self.pilot, self.app = pilot, app

    @property
    def chat(self) -> ChatPane:
        main = self.app._main
        assert main is not None
        return main.query_one(ChatPane)

    @property
    def composer(self) -> Composer:
        return self.chat.query_one(Composer)

    @property
    def turns(self) -> list[str]:
        return [lines.turn.text for lines in self.chat._transcript.column.turns]

    async def on(self, kind: type, what: str = "the screen") -> Any:
        await until(self.pilot, lambda: isinstance(self.app.screen, kind), what)
        return self.app.screen

    async def dialog(self) -> PickCompared:
        dialog = await self.on(PickCompared)
        assert isinstance(dialog, PickCompared)
        await until(self.pilot, lambda: len(dialog.query_one(RowList).rows) > 10, "the models")
        return dialog

    async def ask(self, text: str = "Why?", models: tuple[str, ...] = TWO) -> Compare:
        """Compare these models."""
        self.composer.put(f"/compare {text}")
        await self.pilot.press("enter")
        dialog = await self.dialog()
        for model in models:
            if model not in dialog.marked:
                await self.pilot.press("ctrl+u", *model.split("-")[0], "space")
        assert set(dialog.marked) == set(models)
        await self.pilot.press("enter")
        screen = await self.on(Compare)
        assert isinstance(screen, Compare)
        return screen


@asynccontextmanager
async def day(home: Path, **scripts: list[Step]) -> AsyncIterator[Day]:
    async def fill(store: Store, clock: StillClock) -> None:
        """Nothing was asked yet."""

    played = PlayedClient(says("An answer."))
    played.scripts_of = {model: scripts.get(model.split("-")[0], says(f"Of {model}.")) for model in TWO}
    app = Stage(home, fill, played, StillClock()).app
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, MainScreen), "the main screen")
        yield (today := Day(pilot, app))
        await until(pilot, lambda: bool(today.chat.model), "the models")
    assert app.mistakes == []


async def test_the_picked_answer_and_its_model_are_gone_on_with(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await today.ask()
        await until(today.pilot, lambda: not today.app.screen.comparison.is_running, "both")  # type: ignore[attr-defined]
        await today.pilot.press("2", "enter")
        await today.on(MainScreen)
        await until(today.pilot, lambda: today.turns == ["Why?", "Of kestrel-flash."], "the picked one")
        assert today.chat.model == "kestrel-flash"
        await today.pilot.press(*"/compare", "enter")
        dialog = await today.dialog()
        assert dialog.marked == TWO  # those of the last time


async def test_closed_without_a_pick_the_model_stays(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        screen = await today.ask()
        await until(today.pilot, lambda: not screen.comparison.is_running, "both")
        await today.pilot.press("escape")
        await today.on(MainScreen)
        await until(today.pilot, lambda: today.turns == ["Why?", "Of kestrel-flash."], "the last one")
        assert today.chat.model == "heron-3-pro"


async def test_another_pane_is_gone_to_and_the_answers_go_on(tmp_path: Path) -> None:
    go_on = asyncio.Event()
    slow: list[Step] = [TextDelta("Slow", 1), Gate(go_on), *says("ly.")]
    async with day(tmp_path, heron=slow) as today:
        screen = await today.ask()
        await until(today.pilot, lambda: screen.comparison.columns[0].text == "Slow", "its beginning")
        await today.pilot.press("alt+2")
        main = await today.on(MainScreen)
        assert main.pane == "models"
        assert main.at_stake == ["heron-3-pro is still answering: what came is kept, the rest is not fetched."]
        go_on.set()
        await until(today.pilot, lambda: not today.chat.models_answering, "the end")
        assert screen.comparison.columns[0].text == "Slowly."
        await today.pilot.press("alt+1", *"/compare", "enter")
        again = await today.on(Compare)
        assert again.comparison is screen.comparison
        await today.pilot.press("enter")
        await today.on(MainScreen)
        await until(today.pilot, lambda: today.turns == ["Why?", "Slowly."], "the picked one")


async def test_an_answer_picked_while_it_comes_grows_on_in_the_conversation(tmp_path: Path) -> None:
    go_on = asyncio.Event()
    slow: list[Step] = [TextDelta("Slow", 1), Gate(go_on), *says("ly.")]
    async with day(tmp_path, heron=slow, kestrel=[TextDelta("Never", 1), Gate()]) as today:
        screen = await today.ask()
        await until(today.pilot, lambda: all(column.text for column in screen.comparison.columns), "both")
        await today.pilot.press("enter")
        await today.on(MainScreen)
        await until(today.pilot, lambda: today.turns == ["Why?", "Slow"], "what came of it")
        assert screen.comparison.columns[1].state == "stopped"
        go_on.set()
        await until(today.pilot, lambda: today.turns == ["Why?", "Slowly."], "the rest")
        await until(today.pilot, lambda: not today.chat.models_answering, "its end")


async def test_what_is_written_is_taken_by_the_key_and_stays_if_nothing_is_asked(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        today.composer.put("Why?")
        await today.pilot.press("f3")
        await today.dialog()
        await today.pilot.press("escape")
        await today.on(MainScreen)
        assert today.composer.text == "Why?"
        today.composer.put("/compare And how?")
        await today.pilot.press("enter")
        await today.dialog()
        await today.pilot.press("escape")
        await today.on(MainScreen)
        assert today.composer.text == "/compare And how?"


async def test_a_long_paste_is_asked_whole(tmp_path: Path) -> None:
    pasted = "\n".join(f"line {number}" for number in range(40))
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        today.composer.put(f"What of {kept_as_paste(pasted)}?")
        await today.pilot.press("f3")
        await today.dialog()
        await today.pilot.press(*"kestrel", "space", "enter")
        screen = await today.on(Compare)
        assert screen.comparison.asked.text == f"What of {pasted}?"
        await until(today.pilot, lambda: not screen.comparison.is_running, "both")
        assert screen.comparison.question.text == f"What of {pasted}?"
        assert today.composer.text == ""


async def test_models_wait_for_the_next_question_until_escape(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        await today.pilot.press("f3")
        await today.dialog()
        await today.pilot.press(*"kestrel", "space", "enter")
        await today.on(MainScreen)
        assert today.composer.placeholder == "Question for 2 models, esc for one"
        await today.pilot.press("escape")
        assert today.composer.placeholder == "Message, / for commands"
        await today.pilot.press(*"Why", "enter")
        await until(today.pilot, lambda: today.turns[1:] == ["Of heron-3-pro."], "the one answer")


async def test_a_model_that_cannot_see_what_is_attached_cannot_be_marked(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        today.chat.set_attachments((Attachment("video", "clip.mp4", "https://example.test/clip.mp4"),))
        await today.pilot.press("f3")
        dialog = await today.dialog()
        row = next(row for row in dialog.query_one(RowList).rows if row.key == "kestrel-flash")
        assert "takes no" in row.right[0][0]
        await today.pilot.press(*"kestrel", "space")
        assert "kestrel-flash" not in dialog.marked
        await today.pilot.press("escape")


async def test_more_than_four_and_fewer_than_two_are_refused_in_words(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        await today.pilot.press("f3")
        dialog = await today.dialog()
        await today.pilot.press("space", "enter")
        assert not list(dialog.marked)
        assert today.app.screen is dialog
        for _ in range(5):
            await today.pilot.press("space", "down")
        assert len(dialog.marked) == 4
        await today.pilot.press("escape")


async def test_a_model_that_no_list_has_can_be_typed(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        await today.pilot.press("f3")
        dialog = await today.dialog()
        await today.pilot.press(*"my/own:model", "space")
        assert dialog.marked[-1] == "my/own:model"
        await today.pilot.press("escape")


async def test_a_question_that_cannot_be_kept_stands_in_the_composer_again(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        await until(today.pilot, lambda: bool(today.chat.model), "the models")
        messages = today.chat.session.store.messages

        async def refuse(*_: object, **__: object) -> Any:
            raise StoreError("The disk is full", "Make room on it.")

        kept, messages.add_question = messages.add_question, refuse  # type: ignore[method-assign]
        screen = await today.ask()
        await until(today.pilot, lambda: not screen.comparison.is_running, "the end")
        assert "The disk is full" in screen.comparison.columns[0].trouble
        messages.add_question = kept  # type: ignore[method-assign]
        await today.pilot.press("escape")
        await today.on(MainScreen)
        await until(today.pilot, lambda: today.composer.text == "/compare Why?", "the question")


async def test_the_keys_are_told_and_named_in_the_palette(tmp_path: Path) -> None:
    async with day(tmp_path) as today:
        screen = await today.ask()
        await until(today.pilot, lambda: not screen.comparison.is_running, "both")
        names = [command.name for command in screen.commands()]
        assert "Go on with this answer" in names
        assert "Stop all answers" not in names
        await today.pilot.press("question_mark")
        await today.on(Help, "the help")
        await today.pilot.press("escape", "r")
        await until(today.pilot, lambda: screen.comparison.columns[0].message is not None, "another")
        await until(today.pilot, lambda: not screen.comparison.is_running, "its end")
