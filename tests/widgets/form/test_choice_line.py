"""One of a few words."""

from __future__ import annotations

from oxen_tui.widgets.form.choice_line import ChoiceLine
from tests.widgets.host import Host


async def test_arrows_go_round_the_choices() -> None:
    line = ChoiceLine(["kind", "blunt", "dry"], "blunt")
    async with Host(line).run_test(size=(40, 5)) as pilot:
        assert line.value == "blunt"
        await pilot.press("right")
        assert line.value == "dry"
        await pilot.press("right")
        assert line.value == "kind"
        await pilot.press("left", "left")
        assert line.value == "blunt"
        assert "kind   blunt   dry" in line.plain


async def test_more_than_fits_shows_the_chosen_one_and_its_place() -> None:
    line = ChoiceLine([f"choice number {number}" for number in range(9)], "gone")
    async with Host(line).run_test(size=(30, 5)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        assert line.plain == "‹ choice number 1 ›  2 of 9"


async def test_a_click_chooses() -> None:
    line = ChoiceLine(["kind", "blunt", "dry"])
    async with Host(line).run_test(size=(40, 5)) as pilot:
        await pilot.click(line, offset=(10, 0))
        assert line.value == "blunt"
