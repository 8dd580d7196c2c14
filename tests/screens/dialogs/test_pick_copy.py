from __future__ import annotations

import pytest
from textual.app import App

from oxen_tui.screens.dialogs.pick_copy import PickCopy
from oxen_tui.widgets import palette
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import lines


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        (["enter"], "source"),
        (["c"], "curl"),
        (["p"], "Python"),
        (["b"], "JSON"),
        (["t"], "reasoning"),
        (["2"], "1"),
        (["down", "down", "enter"], "0"),
        (["3", "escape"], None),
    ],
)
async def test_a_letter_or_enter_takes_what_is_offered(keys: list[str], taken: str | None) -> None:
    app: App[None] = App()
    palette.install(app)
    answers: list[str | None] = []
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(PickCopy(code_blocks=2, has_reasoning=True), answers.append)
        await pilot.pause()
        rows = [line.replace("▌", " ").split()[0] for line in lines(app.screen.query_one(RowList)) if line.strip()]
        assert rows == ["s", "t", "1", "2", "c", "p", "b"]
        await pilot.press(*keys)
    assert answers == [taken]


async def test_only_what_is_there_is_offered() -> None:
    app: App[None] = App()
    palette.install(app)
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(PickCopy(code_blocks=0, has_reasoning=False))
        await pilot.pause()
        assert [row.key for row in app.screen.query_one(RowList).rows] == ["source", "curl", "Python", "JSON"]
        await pilot.press("t", "1")
        assert isinstance(app.screen, PickCopy)
