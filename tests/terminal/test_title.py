from __future__ import annotations

import pytest

from oxen_tui.terminal.title import has_title, pop_title, push_title, set_title


def test_the_title_is_one_sequence_of_clean_text() -> None:
    assert set_title("Moo\x1b\\\x07\x9c\nboo") == "\x1b]2;Moo␛\\ boo\x1b\\"


def test_a_long_title_is_cut() -> None:
    assert len(set_title("x" * 5000)) < 140


def test_the_old_title_is_put_by_and_put_back() -> None:
    assert push_title() == "\x1b[22;0t"
    assert pop_title().endswith("\x1b[23;0t")


@pytest.mark.parametrize(
    ("term", "has"), [("xterm-kitty", True), ("tmux-256color", True), ("linux", False), ("", False)]
)
def test_a_terminal_without_a_title_is_left_alone(term: str, has: bool) -> None:
    assert has_title({"TERM": term}) is has
