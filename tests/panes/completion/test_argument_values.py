"""What may follow a slash command."""

from __future__ import annotations

from oxen_tui.panes.completion.argument_values import has_values, matching
from oxen_tui.panes.completion.slash_commands import COMMANDS


def test_what_begins_so_comes_before_what_holds_it_and_there_is_an_end() -> None:
    assert matching(["grey heron", "Heron-3", "avocet", "heron-1"], "HER") == ["Heron-3", "heron-1", "grey heron"]
    assert len(matching((f"m{number}" for number in range(1000)), "m")) == 50


def test_only_commands_that_take_an_argument_have_values() -> None:
    assert has_values("theme")
    assert not has_values("rename")
    assert all(each.argument for each in COMMANDS if has_values(each.name))
