"""The list of commands above the composer."""

from __future__ import annotations

from oxen_tui.panes.command_completion import CommandCompletion
from oxen_tui.widgets.composer import Composer
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host


async def test_a_name_in_full_is_carried_out_and_a_part_of_one_is_completed() -> None:
    app = Host(RowList(steered=True), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(RowList))
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
    app = Host(RowList(steered=True), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(RowList))
        composer.text = "/ne"
        completion.narrow("/ne")
        assert completion.is_open
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("new", "", "")


async def test_an_argument_typed_before_the_list_has_closed_is_not_lost() -> None:
    app = Host(RowList(steered=True), Composer(placeholder=""))
    async with app.run_test(size=(60, 20)):
        composer = app.query_one(Composer)
        completion = CommandCompletion(composer, app.query_one(RowList))
        completion.narrow("/rename")
        composer.text = "/rename Boats"
        given = completion.press("enter")
        assert given is not None
        assert (given[0].name, given[1], composer.text) == ("rename", "Boats", "")
