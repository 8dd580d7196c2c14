"""Writing a question."""

from __future__ import annotations

from textual import events

from oxen_tui.widgets.composer import Composer
from tests.widgets.host import Host

HEARS = (Composer.Submitted, Composer.Typed, Composer.CompletionKey, Composer.PageWanted, Composer.EditorWanted)


def host() -> Host:
    return Host(Composer(placeholder="Message"), hears=HEARS)


async def test_enter_sends_and_ctrl_j_breaks_the_line() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("a", "ctrl+j", "b", "shift+enter", "c", "alt+enter", "d", "enter")
        assert [each.text for each in app.heard if isinstance(each, Composer.Submitted)] == ["a\nb\nc\nd"]
        assert app.query_one(Composer).text == ""


async def test_nothing_is_sent_of_an_empty_composer() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("enter", "space", "enter")
        assert not [each for each in app.heard if isinstance(each, Composer.Submitted)]


async def test_up_on_the_first_line_recalls_and_down_comes_back_to_the_draft() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        composer.remember(["first", "second"])
        await pilot.press("x", "up")
        assert composer.text == "second"
        await pilot.press("up")
        assert composer.text == "first"
        await pilot.press("down", "down")
        assert composer.text == "x"


async def test_up_moves_within_a_wrapped_first_line_before_it_recalls() -> None:
    app = host()
    async with app.run_test(size=(30, 12)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        composer.remember(["before"])
        composer.put("word " * 20)
        await pilot.pause()
        await pilot.press("up")
        assert composer.text == "word " * 20


async def test_a_paste_keeps_its_lines_is_cleaned_and_does_not_send() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        composer.post_message(events.Paste("one\r\ntwo\x1b[2J\x9b31m"))
        await pilot.pause()
        assert composer.text == "one\ntwo␛[2J31m"
        assert not [each for each in app.heard if isinstance(each, Composer.Submitted)]


async def test_a_slash_line_is_told_for_completion_and_nothing_else() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("slash", "m", "backspace", "backspace", "h")
        assert [each.word for each in app.heard if isinstance(each, Composer.Typed)] == ["/", "/m", "/", "", ""]


async def test_while_completions_are_open_their_keys_go_there() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        composer.completing = True
        await pilot.press("slash", "up", "down", "tab", "enter")
        assert [each.key for each in app.heard if isinstance(each, Composer.CompletionKey)] == [
            "up",
            "down",
            "tab",
            "enter",
        ]
        assert composer.text == "/"


async def test_page_keys_are_for_the_conversation() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("pageup", "pagedown", "ctrl+g")
        assert [each.step for each in app.heard if isinstance(each, Composer.PageWanted)] == [-1, 1]
        assert isinstance(app.heard[-1], Composer.EditorWanted)
