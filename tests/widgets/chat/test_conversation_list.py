from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.widgets.chat.conversation_list import ConversationList, ConversationRow
from oxen_tui.widgets.chat.conversation_rows import ConversationRows
from tests.widgets.host import Host, lines

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12).astimezone()


def _row(number: int, days: int = 0, *, pinned: bool = False) -> ConversationRow:
    return ConversationRow(number, f"number {number}", NOON - timedelta(days=days), pinned)


@asynccontextmanager
async def _listing(*rows: ConversationRow, found: int | None = None) -> AsyncIterator[tuple[Pilot[None], Host]]:
    listed = ConversationList()
    hears: tuple[type[Message], ...] = (
        ConversationList.PinWanted,
        ConversationList.ArchiveWanted,
        ConversationList.Filtered,
        ConversationRows.MoreWanted,
    )
    app = Host(listed, hears=hears)
    async with app.run_test(size=(28, 20)) as pilot:
        listed.show(rows, None, TODAY, found=found or len(rows), total=found or len(rows))
        listed.focus()
        await pilot.pause()
        yield pilot, app


def _drawn(app: Host) -> list[str]:
    return [line.replace("▌", " ").strip() for line in lines(app.query_one(ConversationRows))]


async def test_pinned_ones_stand_above_the_groups_of_days() -> None:
    rows = [_row(9, 300, pinned=True), _row(8), _row(7, 1), _row(6, 3), _row(5, 10), _row(4, 40), _row(3, 400)]
    async with _listing(*rows) as (_, app):
        assert _drawn(app)[:15] == [
            *("Pinned", "number 9", "", "Today", "number 8", "", "Yesterday", "number 7", ""),
            *("This week", "number 6", "", "November", "number 5", ""),
        ]
        drawn = app.query_one(ConversationRows)
        assert drawn.row_count == 20
        assert [drawn.find(str(row.id)) for row in rows] == [1, 4, 7, 10, 13, 16, 19]
        assert [drawn.key_at(line) for line in (0, 1, 2, 3, 4, 19)] == ["", "9", "", "", "8", "3"]


async def test_escape_clears_the_filter_then_leaves_it_then_is_left_to_others() -> None:
    async with _listing(_row(2), _row(1)) as (pilot, app):
        listed = app.query_one(ConversationList)
        assert not listed.check_action("clear", ())
        await pilot.press("slash", *"boat")
        assert (listed.wanted[0], listed.check_action("filter", ())) == ("boat", False)
        await pilot.press("escape")
        assert (listed.wanted[0], listed.is_typed_in) == ("", True)
        await pilot.press("escape")
        assert isinstance(app.focused, ConversationRows)
        assert not listed.check_action("clear", ())
        await pilot.press("slash", *"boat", "enter", "escape")
        assert listed.wanted[0] == ""
        assert isinstance(app.focused, ConversationRows)


async def test_keys_pin_and_archive_the_one_under_the_bar() -> None:
    async with _listing(_row(2), _row(1)) as (pilot, app):
        await pilot.press("down", "p", "a")
        assert app.heard == [ConversationList.PinWanted(1), ConversationList.ArchiveWanted(1)]


async def test_the_key_and_the_word_for_archived_ones_are_one_thing() -> None:
    async with _listing(_row(1)) as (pilot, app):
        listed = app.query_one(ConversationList)
        await pilot.press("A")
        assert listed.wanted == ("", True)
        await pilot.press("slash", "end", *" boats")
        assert listed.wanted == ("boats", True)
        listed.show([], None, TODAY, found=0, total=3)
        await pilot.press("enter", "A")
        assert listed.wanted == ("boats", False)


async def test_an_empty_list_says_that_all_are_archived_and_which_key_shows_them() -> None:
    async with _listing() as (pilot, app):
        assert any("No conversations yet" in line for line in _drawn(app))
        app.query_one(ConversationList).show([], None, TODAY, found=0, total=0, only_archived=True)
        await pilot.pause()
        assert any("All are archived" in line for line in _drawn(app))
        assert any("A shows them" in line for line in _drawn(app))


async def test_more_is_asked_for_once_when_the_end_comes_near() -> None:
    rows = [_row(number) for number in range(500, 300, -1)]
    async with _listing(*rows, found=500) as (pilot, app):
        assert app.heard == []
        await pilot.press("pagedown", "end", "up", "end")
        assert [type(said) for said in app.heard] == [ConversationRows.MoreWanted]

        more = [*rows, *(_row(number) for number in range(300, 0, -1))]
        app.query_one(ConversationList).show(more, None, TODAY, found=500, total=500)
        assert app.query_one(ConversationRows).highlighted == "301"
        await pilot.press("end")
        assert app.query_one(ConversationRows).highlighted == "1"
        assert len(app.heard) == 1


async def test_other_words_go_to_the_first_that_holds_them() -> None:
    rows = [_row(number) for number in range(60, 0, -1)]
    async with _listing(*rows) as (pilot, app):
        listed, drawn = app.query_one(ConversationList), app.query_one(ConversationRows)
        await pilot.press("end", "slash", "n")
        listed.show(rows[:50], None, TODAY, found=50, total=60)
        await pilot.pause()
        assert (drawn.highlighted, drawn.scroll_offset.y) == ("60", 0)

        await pilot.press("enter", "down")
        listed.show(rows[:50], None, TODAY, found=50, total=60)
        assert drawn.highlighted == "59"  # the same words again: the cursor is the reader's
