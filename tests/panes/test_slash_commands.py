"""Lines that begin with a slash."""

from __future__ import annotations

import pytest

from oxen_tui.panes.slash_commands import COMMANDS, completions, parse


def test_a_slash_offers_every_command_and_more_letters_fewer() -> None:
    assert list(completions("/")) == list(COMMANDS)
    assert [command.name for command in completions("/re")] == ["rename", "retry"]


@pytest.mark.parametrize("line", ["", "hello", "/model heron", "/usr/bin", "see /model"])
def test_text_and_arguments_are_not_completed(line: str) -> None:
    assert not completions(line)


def test_a_command_is_known_by_its_name_and_keeps_its_argument() -> None:
    parsed = parse("/Model heron-3-pro ")
    assert parsed is not None
    assert (parsed[0].name, parsed[1]) == ("model", "heron-3-pro")


@pytest.mark.parametrize("line", ["/usr/bin/env", "/ model", "/nothing", "what is /model", "/model\nheron"])
def test_a_path_or_a_text_with_slashes_is_a_question(line: str) -> None:
    assert parse(line) is None
