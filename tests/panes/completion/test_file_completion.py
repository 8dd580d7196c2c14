"""The list of files above the composer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from oxen_tui.panes.completion.file_completion import FileCompletion, escaped, unescaped
from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from tests.widgets.host import Host


@asynccontextmanager
async def typed(word: str) -> AsyncIterator[tuple[FileCompletion, Composer, CompletionRows]]:
    """A composer in which `@` and a word stand, and nothing was found yet."""
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer, rows = app.query_one(Composer), app.query_one(CompletionRows)
        files = FileCompletion(composer, rows)
        composer.put(f"look @{word}")
        assert files.begin(word)
        yield files, composer, rows


async def test_a_file_is_chosen() -> None:
    async with typed("p/") as (files, composer, rows):
        assert files.show("p/", ["p/more/", "p/ox.png"]) is None
        assert rows.highlighted == "p/more/"
        assert files.press("down") is None
        assert files.press("enter") == "p/ox.png"
        assert not composer.completing
        assert not files.is_active


async def test_a_folder_is_gone_into() -> None:
    async with typed("p") as (files, composer, _):
        files.show("p", ["p q/"])
        assert files.press("tab") is None
        assert composer.text == "look @p\\ q/"
        assert files.begin("p\\ q/")


async def test_a_key_that_comes_before_its_list_waits_for_it() -> None:
    async with typed("ox") as (files, _, _):
        files.show("ox", ["ox.png", "ox.txt"])
        assert files.begin("ox.t")
        assert files.press("enter") is None
        assert files.show("ox", ["ox.png"]) is None  # of the word before
        assert files.show("ox.t", ["ox.txt"]) == "ox.txt"


async def test_enter_before_a_list_that_turns_out_empty_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    async with typed("p") as (files, composer, _):
        sent: list[str] = []
        monkeypatch.setattr(composer, "action_send", lambda: sent.append(composer.text))
        files.show("p", ["p/"])
        files.begin("p/nowhere")
        assert files.press("enter") is None
        assert not sent
        assert files.show("p/nowhere", []) is None
        assert sent == ["look @p"]
        files.begin("p/nobody")
        files.press("tab")
        files.show("p/nobody", [])
        assert len(sent) == 1


async def test_enter_behind_a_whole_path_sends_it_where_its_list_was_one_of_an_earlier_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with typed("p") as (files, composer, rows):
        sent: list[str] = []
        monkeypatch.setattr(composer, "action_send", lambda: sent.append(composer.text))
        files.show("p", ["p/"])
        files.begin("p/o\\ x.png")
        files.press("enter")
        assert files.show("p/o\\ x.png", ["p/o x.png", "p/o x.png.bak"]) is None
        assert (len(sent), composer.completing, rows.display) == (1, False, False)


async def test_where_nothing_is_found_the_list_is_closed_and_enter_sends() -> None:
    async with typed("p") as (files, composer, rows):
        files.show("p", ["p/"])
        files.begin("pz")
        files.show("pz", [])
        assert not composer.completing
        assert not rows.display


async def test_a_list_that_was_closed_stays_closed_for_its_word() -> None:
    async with typed("p") as (files, composer, _):
        files.show("p", ["p/"])
        composer.completing = False
        assert not files.begin("pq")
        assert not files.begin(None)
        assert files.begin("q")


def test_blanks_are_escaped_and_back() -> None:
    assert escaped("a b/c") == "a\\ b/c"
    assert unescaped("a\\ b/c") == "a b/c"
