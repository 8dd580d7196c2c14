"""Writing a question."""

from __future__ import annotations

from textual import events

from oxen_tui.widgets.chat.composer import Composer
from tests.widgets.host import Host

HEARS = (
    Composer.Submitted,
    Composer.Typed,
    Composer.FileTyped,
    Composer.CompletionKey,
    Composer.PageWanted,
    Composer.EditorWanted,
)


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


async def test_a_list_hears_of_the_word_before_it_hears_of_a_key_typed_behind_it_in_one_go() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        composer.completing = True
        for key in ("@", "o", "x", "enter"):
            composer.post_message(events.Key(key, None if key == "enter" else key))
        await pilot.pause()
        told = [each for each in app.heard if isinstance(each, Composer.FileTyped | Composer.CompletionKey)]
        assert [getattr(each, "word", None) or getattr(each, "key", None) for each in told][-2:] == ["ox", "enter"]


async def test_page_keys_are_for_the_conversation() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("pageup", "pagedown", "ctrl+g")
        assert [each.step for each in app.heard if isinstance(each, Composer.PageWanted)] == [-1, 1]
        assert isinstance(app.heard[-1], Composer.EditorWanted)


async def test_the_word_behind_an_at_sign_is_told_while_it_is_typed() -> None:
    app = Host(Composer(placeholder="Message"), hears=(Composer.FileTyped,))
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press(*"a @p/", "backslash", "space", "x", "space", "y")
        assert [each.word for each in app.heard] == ["", "p", "p/", "p/\\", "p/\\ ", "p/\\ x", None]


async def test_an_at_sign_within_a_word_is_no_file() -> None:
    app = Host(Composer(placeholder="Message"), hears=(Composer.FileTyped,))
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press(*"ox@herd")
        assert app.heard == []


async def test_a_passage_is_replaced_where_it_stands_last() -> None:
    app = host()
    async with app.run_test(size=(60, 10)):
        composer = app.query_one(Composer)
        composer.text = "ox\nox and /a\n/b so"
        assert composer.put_for("/a\n/b", "[Image #1]")
        assert composer.text == "ox\nox and [Image #1] so"
        assert composer.put_for("ox", "cow")
        assert composer.text == "ox\ncow and [Image #1] so"
        assert not composer.put_for("elk", "")


async def test_a_key_that_deletes_where_nothing_stands_is_told() -> None:
    app = Host(Composer(placeholder="Message"), hears=(Composer.TakeOffWanted,))
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).focus()
        await pilot.press("x", "backspace")
        assert app.heard == []
        await pilot.press("backspace", "delete", "y", "home", "backspace")
        assert len(app.heard) == 3


async def test_a_question_without_words_is_sent_where_something_is_attached() -> None:
    app = host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Composer).carrying = True
        app.query_one(Composer).focus()
        await pilot.press("enter")
        assert [each.text for each in app.heard if isinstance(each, Composer.Submitted)] == [""]


async def test_what_may_be_a_path_is_told_when_it_is_pasted() -> None:
    app = Host(Composer(placeholder="Message"), hears=(Composer.Pasted,))
    async with app.run_test(size=(60, 10)) as pilot:
        composer = app.query_one(Composer)
        composer.focus()
        for pasted in ("~/ox.png", "'/a b/ox.png'", "file:///ox.png", "some words", "/a\n/b"):
            composer.post_message(events.Paste(pasted))
        await pilot.pause()
        assert [each.text for each in app.heard] == ["~/ox.png", "'/a b/ox.png'", "file:///ox.png"]


async def test_a_key_behind_one_that_moved_the_focus_goes_to_where_that_is_now() -> None:
    other = Composer(placeholder="", id="other")
    app = Host(Composer(placeholder="", id="first"), other)
    async with app.run_test(size=(60, 20)) as pilot:
        first = app.query_one("#first", Composer)
        other.focus()
        first.post_message(events.Key("x", "x"))
        await pilot.pause()
        assert (first.text, other.text) == ("", "x")
