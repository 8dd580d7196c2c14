"""Lines that begin with a slash."""

from __future__ import annotations

import pytest

from oxen_tui.panes.completion.slash_commands import COMMANDS, completions, parse


def test_a_slash_offers_every_command_those_used_lately_first() -> None:
    assert list(completions("/")) == list(COMMANDS)
    offered = [command.name for command in completions("/", ["usage", "model"])]
    assert offered[:2] == ["usage", "model"]
    assert sorted(offered) == sorted(command.name for command in COMMANDS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("re", ["rename", "retry"]),
        ("json", ["json", "save-json"]),
        ("colour", ["theme"]),
        ("mdl", ["model"]),
        ("Model", ["model"]),
    ],
)
def test_more_letters_offer_fewer_and_the_nearest_first(typed: str, first: list[str]) -> None:
    assert [command.name for command in completions(f"/{typed}")][: len(first)] == first


def test_a_path_offers_nothing() -> None:
    assert not completions("/usr")
    assert not completions("/qqq")


@pytest.mark.parametrize("line", ["", "hello", "/model heron", "/usr/bin", "see /model"])
def test_text_and_arguments_are_not_completed(line: str) -> None:
    assert not completions(line)


def test_a_command_is_known_by_its_name_and_keeps_its_argument() -> None:
    parsed = parse("/Model heron-3-pro ")
    assert parsed is not None
    assert (parsed[0].name, parsed[1]) == ("model", "heron-3-pro")


@pytest.mark.parametrize("line", ["/compare Why?\nAnd how?", "/compare\nWhy?\nAnd how? "])
def test_a_question_behind_a_command_may_have_several_lines(line: str) -> None:
    parsed = parse(line)
    assert parsed is not None
    assert (parsed[0].name, parsed[1]) == ("compare", "Why?\nAnd how?")


@pytest.mark.parametrize("line", ["/usr/bin/env", "/ model", "/nothing", "what is /model", "/model\nheron"])
def test_a_path_or_a_text_with_slashes_is_a_question(line: str) -> None:
    assert parse(line) is None
