"""The footer, with keys as they are bound now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from oxen_tui.widgets import palette
from oxen_tui.widgets.key_bar import KeyBar


class Bare(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "help", "help", id="app.help")]

    def compose(self) -> ComposeResult:
        palette.install(self)
        yield KeyBar()

    def action_help(self) -> None:
        """Nothing: only its key is looked at."""


async def test_the_first_key_of_the_help_is_shown() -> None:
    app = Bare()
    async with app.run_test(size=(80, 5)):
        assert app.query_one(KeyBar).plain.split() == ["?", "help"]


async def test_keys_of_the_users_own_are_shown_too() -> None:
    app = Bare()
    app.set_keymap({"app.help": "f2,f3"})
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert app.query_one(KeyBar).plain.split() == ["f2", "help"]
