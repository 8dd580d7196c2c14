"""The line in which a list is narrowed, and the words that can be typed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.widgets import Input

from oxen_tui.widgets.query_filter import QueryFilter
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host, lines

WORDS = {"output:": "what it makes", "output:video": "10 models", "output:image": "4 models"}
LONG = "model:a-name-that-is-longer-than-a-third-of-a-line"


@dataclass(frozen=True)
class Way:
    word: str
    help: str
    goes_on: bool
    start: int
    end: int


def complete(text: str, cursor: int) -> Sequence[Way]:
    start, end = text.rfind(" ", 0, cursor) + 1, text.find(" ", cursor)
    end = len(text) if end < 0 else end
    typed = text[start:end]
    return [
        Way(word, said, word.endswith(":"), start, end)
        for word, said in WORDS.items()
        if word.startswith(typed) and word != typed and typed
    ]


def app_with_filter(taken: list[str] | None = None, left: list[bool] | None = None) -> Host:
    def leave() -> None:
        if left is not None:
            left.append(True)

    taken = [] if taken is None else taken
    return Host(QueryFilter(complete, taken.append, leave, placeholder="words, or output:video"))


async def test_every_key_is_told_and_tab_takes_the_first_completion() -> None:
    taken: list[str] = []
    app = app_with_filter(taken)
    async with app.run_test(size=(80, 20)) as pilot:
        field = app.query_one(QueryFilter)
        field.focus()
        await pilot.press("o", "u")
        assert taken == ["o", "ou"]
        assert [line.split()[0] for line in lines(app.query_one(RowList))] == [
            "output:",
            "output:video",
            "output:image",
        ]
        await pilot.press("tab")
        assert field.query_text == "output:"
        await pilot.press("down", "down", "enter")
        assert field.query_text == "output:image "
        assert not field.is_completing


async def test_tab_completes_what_was_typed_just_before_it() -> None:
    app = app_with_filter()
    async with app.run_test(size=(80, 20)) as pilot:
        field = app.query_one(QueryFilter)
        field.focus()
        for key in (*"output", "colon", "i"):
            app.post_message(events.Key(key, ":" if key == "colon" else key))
        app.post_message(events.Key("tab", None))
        while field.query_text != "output:image ":
            await pilot.pause()


async def test_enter_means_the_words_that_were_typed_unless_a_row_was_chosen() -> None:
    left: list[bool] = []
    app = app_with_filter(left=left)
    async with app.run_test(size=(80, 20)) as pilot:
        field = app.query_one(QueryFilter)
        field.focus()
        await pilot.press("o", "u", "t", "enter")
        assert (field.query_text, left) == ("out", [True])


async def test_a_word_in_the_middle_is_completed_where_it_stands() -> None:
    app = app_with_filter()
    async with app.run_test(size=(80, 20)) as pilot:
        field = app.query_one(QueryFilter)
        field.focus()
        app.query_one(Input).value = "fast out tern"
        app.query_one(Input).cursor_position = 7
        await pilot.press("t", "backspace", "down", "down", "tab")
        assert field.query_text == "fast output:video tern"


async def test_esc_closes_the_completions_then_clears_then_leaves() -> None:
    left: list[bool] = []
    app = app_with_filter(left=left)
    async with app.run_test(size=(80, 20)) as pilot:
        field = app.query_one(QueryFilter)
        field.focus()
        await pilot.press("o", "escape")
        assert (field.query_text, field.is_completing) == ("o", False)
        await pilot.press("escape")
        assert field.query_text == ""
        assert not left
        await pilot.press("escape")
        assert left == [True]


async def test_the_number_of_rows_stands_at_the_right_end() -> None:
    app = app_with_filter()
    async with app.run_test(size=(60, 20)) as pilot:
        app.query_one(QueryFilter).say_count("17 of 61")
        await pilot.pause()
        assert lines(app.query_one("#filter-count"))[0].endswith("17 of 61")


async def test_a_field_in_which_nothing_is_typed_says_what_can_be() -> None:
    app = app_with_filter()
    async with app.run_test(size=(60, 20)):
        assert app.query_one(Input).placeholder == "words, or output:video"
        app.query_one(QueryFilter).focus()
        assert app.query_one(QueryFilter).has_keys
        app.screen.set_focus(None)
        assert not app.query_one(QueryFilter).has_keys


async def test_a_page_down_leaves_for_the_list() -> None:
    left: list[bool] = []
    app = app_with_filter(left=left)
    async with app.run_test(size=(80, 20)) as pilot:
        app.query_one(QueryFilter).focus()
        await pilot.press("o", "u", "pagedown")
        assert left == [True]
        assert not app.query_one(QueryFilter).is_completing


async def test_a_word_stands_whole_in_the_completions_whatever_its_length() -> None:
    def long_word(text: str, cursor: int) -> Sequence[Way]:
        return [Way(LONG, "", False, 0, cursor)]

    app = Host(QueryFilter(long_word, lambda text: None, lambda: None, placeholder="words"))
    async with app.run_test(size=(80, 20)) as pilot:
        app.query_one(QueryFilter).focus()
        await pilot.press("m")
        assert lines(app.query_one(RowList)) == [f"  {LONG}"]
