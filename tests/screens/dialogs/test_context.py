"""What fills a context, and the ways out, as they are shown and chosen."""

from __future__ import annotations

from typing import Any

from textual.app import App

from oxen_tui.screens.dialogs.context import LEAVE_OUT, ContextDialog
from oxen_tui.screens.dialogs.pick_exchange import ALL, PickExchange, PickSentFrom
from oxen_tui.services.context.summaries import SummaryPlan
from oxen_tui.services.context.use import ContextUse, context_use
from oxen_tui.widgets import palette
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import RowList
from tests.services.messages_made import message
from tests.widgets.host import lines

PATH = [
    message(1, "user", "How high are tides? " * 20),
    message(2, "assistant", "Two metres. " * 100),
    message(3, "user", "Why?"),
    message(4, "assistant", "The moon."),
    message(5, "user", "And when?"),
]


def use(left_out: int | None = None) -> ContextUse:
    return context_use(PATH, left_out=left_out, limit=450)


async def answer(dialog: Any, *keys: str, size: tuple[int, int] = (100, 40)) -> tuple[list[str], str, Any]:
    """The rows that the dialog shows, its line on what is used, and what it answers to keys."""
    answers: list[Any] = []
    app: App[None] = App()
    palette.install(app)
    async with app.run_test(size=size) as pilot:
        await app.push_screen(dialog, answers.append)
        await pilot.pause()
        rows = [line.strip("▌ ") for line in lines(dialog.query_one(RowList))]
        used = next(iter(dialog.query("#used").results(OneLine)), None)
        said = used.plain if used is not None else ""
        await pilot.press(*keys)
        await pilot.pause()
    return [row for row in rows if row], said, answers[0] if answers else None


async def test_the_ways_out_stand_first_and_sizes_are_estimates() -> None:
    plan = SummaryPlan("moss", 420, 0.0123, 0)
    rows, said, chosen = await answer(ContextDialog(use(), plan), "down", "enter")
    assert "~427 of 450 tokens" in said
    assert rows[0] == "Ways out"
    assert rows[1].startswith("Summary")
    assert rows[1].endswith("~$0.012")
    assert [row.split()[0] for row in rows[2:6]] == ["Leave", "Branch", "What", "questions"]
    assert rows[7].startswith("m: Two metres.")
    assert chosen == LEAVE_OUT


async def test_a_big_message_can_be_gone_to_on_a_small_screen_too() -> None:
    plan = SummaryPlan("moss", 420, None, 0)
    _, _, chosen = await answer(ContextDialog(use(), plan), "down", "down", "down", "enter", size=(60, 20))
    assert chosen == "2"


async def test_sending_begins_where_it_is_said() -> None:
    rows, _, chosen = await answer(PickSentFrom(use(2)), "down", "enter")
    assert rows[0].startswith("All of it")
    assert [row.split("  ")[-1].strip() for row in rows] == ["sends ~427", "sends ~19", "sends ~7"]
    assert chosen == "5"  # the bar stood on where it begins now
    _, _, chosen = await answer(PickSentFrom(use(2)), "up", "enter")
    assert chosen == ALL


async def test_a_branch_begins_behind_the_exchange_that_is_chosen() -> None:
    rows, _, chosen = await answer(PickExchange("Branch", use()), "h", "i", "g", "h", "enter")
    assert len(rows) == 3
    assert chosen == "1"
