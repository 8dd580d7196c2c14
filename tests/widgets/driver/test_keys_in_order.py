"""Keys act in the order in which they were pressed, however fast they come."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.widgets import Input

from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.conversation_list import ConversationList, ConversationRow
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host


def burst(app: Host, *keys: str) -> None:
    """Keys that come in one read: none waits until the one before was acted upon."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_burst_in_the_composer_does_what_it_says() -> None:
    app = Host(Composer(placeholder=""), hears=(Composer.Submitted,))
    async with app.run_test() as pilot:
        burst(app, "a", "b", "backspace", "c", "home", "x", "enter", "y")
        await pilot.pause()
        assert [event.text for event in app.heard] == ["xac"]
        assert app.query_one(Composer).text == "y", "what is typed behind Enter is not sent"


async def test_a_burst_in_a_line_does_what_it_says() -> None:
    app = Host(LineInput(), hears=(Input.Submitted,))
    async with app.run_test() as pilot:
        burst(app, "z", "ctrl+u", "a", "b", "backspace", "c", "home", "x", "enter")
        await pilot.pause()
        assert [event.value for event in app.heard] == ["xac"]


async def test_a_paste_into_a_line_is_its_first_words_cleaned() -> None:
    app = Host(LineInput())
    async with app.run_test() as pilot:
        app.post_message(events.Paste("\n\x1b[2Jone\x9b\u202e\U0010eeee\ntwo"))
        await pilot.pause()
        assert app.query_one(LineInput).value == "␛[2Jone"


async def test_words_behind_the_slash_of_a_list_are_typed_and_no_commands() -> None:
    app = Host(ConversationList(), hears=(ConversationList.DeleteWanted,))
    async with app.run_test() as pilot:
        listed = app.query_one(ConversationList)
        moment = datetime(2026, 11, 23, 1).astimezone()
        listed.show([ConversationRow(1, "Tides", moment, False)], 1, moment.date(), found=1, total=1)
        listed.focus()
        burst(app, "slash", "b", "i", "r", "d")
        await pilot.pause()
        assert app.query_one("#conversation-filter", Input).value == "bird"
        assert app.heard == []


async def test_keys_are_given_at_once_to_what_is_on_screen() -> None:
    app = Host(Composer(placeholder=""), RowList())
    async with app.run_test():
        kinds: tuple[type[Composer] | type[RowList], ...] = (Composer, RowList)
        for kind in kinds:
            app.query_one(kind).focus()
            assert isinstance(app.focused, kind)
