"""The list of commands above the composer."""

from __future__ import annotations

from oxen_tui.panes.completion.command_completion import CommandCompletion
from oxen_tui.panes.completion.slash_commands import COMMANDS
from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from tests.widgets.host import Host


async def test_a_name_in_full_is_carried_out_and_a_part_of_one_is_completed() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        composer.text = "/ren"
        completion.narrow("/ren")
        assert completion.press("enter") is None
        assert composer.text == "/rename "
        composer.text = "/rename"
        completion.narrow("/rename")
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("rename", "", "")


async def test_a_command_without_an_argument_is_carried_out_from_a_part_of_its_name() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        composer.text = "/ne"
        completion.narrow("/ne")
        assert completion.is_open
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("new", "", "")


async def test_an_argument_typed_before_the_list_has_closed_is_not_lost() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        completion.narrow("/rename")
        composer.text = "/rename Boats"
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("rename", "Boats", "")


async def test_a_command_that_was_only_guessed_at_is_written_before_it_is_carried_out() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        composer.text = "/leave"
        completion.narrow("/leave")
        assert completion.press("enter") is None
        assert composer.text == "/quit"
        completion.narrow("/quit")
        given = completion.press("enter")
        assert given is not None
        assert given[0].name == "quit"


async def test_the_list_says_how_much_of_it_is_seen_and_is_paged() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)) as pilot:
        rows = app.query_one(CompletionRows)
        completion = CommandCompletion(app.query_one(Composer), rows)
        completion.narrow("/")
        await pilot.pause()
        assert rows.border_subtitle == f"1 of {len(COMMANDS)}"
        assert rows.outer_size.height == 10
        completion.press("pagedown")
        assert rows.border_subtitle == f"8 of {len(COMMANDS)}"
        completion.press("pageup")
        completion.press("down")
        assert rows.border_subtitle == f"2 of {len(COMMANDS)}"
        completion.narrow("/re")
        assert rows.border_subtitle == ""


async def test_what_may_follow_a_command_is_listed_and_given_with_it() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        composer.text = "/model her"
        assert completion.narrow("/rename her") is None
        assert completion.narrow("/model her") == ("model", "her")
        assert not completion.is_open
        completion.offer("/model he", ["late"])
        assert not completion.is_open
        completion.offer("/model her", ["heron-3-pro", "other-heron"])
        completion.press("down")
        assert completion.press("tab") is None
        assert composer.text == "/model other-heron"
        completion.narrow("/model other-heron")
        completion.offer("/model other-heron", ["other-heron"])
        assert not completion.is_open
        composer.text = "/model her"
        completion.narrow("/model her")
        completion.offer("/model her", ["heron-3-pro", "other-heron"])
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("model", "heron-3-pro", "")


async def test_a_value_typed_in_full_or_faster_than_the_list_is_meant_as_typed() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        for text, listed_for in (("/theme dark", "/theme dark"), ("/theme lightest", "/theme li")):
            completion.narrow(listed_for)
            completion.offer(listed_for, ["dark-blue", "dark", "light"])
            composer.text = text
            given = completion.press("enter")
            assert given is not None
            assert given[1] == text.removeprefix("/theme ")


async def test_a_folder_is_gone_into() -> None:
    app = Host(CompletionRows(), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(CompletionRows))
        composer.text = "/attach ~/"
        completion.narrow("/attach ~/")
        completion.offer("/attach ~/", ["~/pictures/", "~/ox.png"])
        assert completion.press("enter") is None
        assert composer.text == "/attach ~/pictures/"
