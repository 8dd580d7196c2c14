"""The fields of a template are filled in one after the other."""

from __future__ import annotations

from typing import Any

from textual.app import App

from oxen_tui.screens.dialogs.fill_template import FillTemplate
from oxen_tui.services.conversation.template_text import fields_of, parse
from oxen_tui.widgets import palette

FIELDS = fields_of(parse("{{tone|kind|blunt}} {{name: Ada}} {{text}}"))


async def filled(values: dict[str, str], *keys: str) -> Any:
    answers: list[Any] = []
    app: App[None] = App()
    palette.install(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FillTemplate("letter", FIELDS, values), answers.append)
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
    return answers[0] if answers else None


async def test_enter_goes_from_field_to_field_and_then_puts_it_in() -> None:
    keys = ("right", "enter", "!", "enter", "a", "ctrl+j", "b", "enter")
    assert await filled({}, *keys) == (True, {"tone": "blunt", "name": "Ada!", "text": "a\nb"})


async def test_what_they_held_last_is_there_and_a_choice_that_is_gone_is_not() -> None:
    values = {"tone": "rude", "name": "Bo", "text": "old"}
    assert await filled(values, "ctrl+r") == (True, {"tone": "kind", "name": "Bo", "text": "old"})


async def test_what_was_written_is_not_lost_by_closing() -> None:
    assert await filled({}, "tab", "tab", "x", "escape") == (False, {"tone": "kind", "name": "Ada", "text": "x"})
