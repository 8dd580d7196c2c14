"""Questions that wait, as they stand above the composer."""

from __future__ import annotations

from textual.widgets import Button

from oxen_tui.widgets.chat.waiting_list import WaitingList, WaitingRow
from tests.widgets.host import Host, lines

HEARS = (WaitingList.EditWanted, WaitingList.RemoveWanted, WaitingList.MoveWanted, WaitingList.Left)
ROWS = [WaitingRow(str(number), f"question {number}") for number in range(1, 6)]


async def test_a_few_are_shown_and_how_many_more_there_are() -> None:
    waiting = WaitingList()
    app = Host(Button("other"), waiting)
    async with app.run_test(size=(80, 40)) as pilot:
        assert not waiting.display
        waiting.tell(ROWS, "waits for the answer")
        await pilot.pause()
        shown = lines(waiting)
        assert [line.strip().split("  ")[0] for line in shown] == [
            "1 · question 1",
            "2 · question 2",
            "3 · question 3",
            "+2 more",
        ]
        assert shown[0].endswith("waits for the answer")
        waiting.focus()
        await pilot.pause()
        assert len(lines(waiting)) == 5
        assert waiting.highlighted == "5"
        waiting.tell([], "")
        await pilot.pause()
        assert not waiting.display


async def test_in_a_low_terminal_there_is_one_line() -> None:
    waiting = WaitingList()
    async with Host(Button("other"), waiting).run_test(size=(60, 20)) as pilot:
        waiting.tell(ROWS[:3], "enter sends it")
        await pilot.pause()
        (line,) = lines(waiting)
        assert line.split() == ["1", "·", "question", "1", "+2", "more", "enter", "sends", "it"]


async def test_keys_say_what_is_to_be_done_with_one() -> None:
    waiting = WaitingList()
    app = Host(waiting, hears=HEARS)
    async with app.run_test(size=(80, 40)) as pilot:
        waiting.tell(ROWS[:3], "")
        waiting.focus()
        await pilot.pause()
        await pilot.press("up", "enter", "d", "K", "J", "escape")
        said = [
            (type(each).__name__, getattr(each, "question_id", ""), getattr(each, "step", 0)) for each in app.heard
        ]
        assert said == [
            ("EditWanted", "2", 0),
            ("RemoveWanted", "2", 0),
            ("MoveWanted", "2", -1),
            ("MoveWanted", "2", 1),
            ("Left", "", 0),
        ]


async def test_the_one_that_is_written_on_is_always_seen_with_what_keys_do() -> None:
    waiting = WaitingList()
    async with Host(Button("other"), waiting).run_test(size=(60, 20)) as pilot:
        waiting.tell([*ROWS[:4], WaitingRow("5", "question 5", edited=True)], "enter puts it · esc leaves it")
        await pilot.pause()
        (line,) = lines(waiting)
        assert line.split() == ["5", "·", "question", "5", "+4", "more", "enter", "puts", "it"]
