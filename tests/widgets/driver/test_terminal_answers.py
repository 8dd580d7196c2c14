"""Before Textual reads keys: answers are taken out, what was typed ahead is put in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import events
from textual.drivers import linux_driver
from textual.message import Message

from oxen_tui.widgets.driver import terminal_answers


@pytest.fixture(autouse=True)
def _own_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", linux_driver.XTermParser)  # type: ignore[attr-defined]


def keys(messages: Iterator[Message]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def reader(typed: bytes = b"") -> linux_driver.XTermParser:  # type: ignore[name-defined]
    terminal_answers.install(typed)
    return linux_driver.XTermParser(False)  # type: ignore[attr-defined]


def test_answers_press_no_key() -> None:
    assert keys(reader().feed("a\x1b[?62;4c\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.41.1)\x1b\\b")) == ["a", "b"]


def test_what_was_typed_ahead_comes_first_and_once() -> None:
    parser = reader(b"hi\n")

    assert keys(parser.feed("x")) == ["h", "i", "enter", "x"]
    assert keys(parser.tick()) == []


def test_what_was_typed_ahead_comes_without_another_key() -> None:
    assert keys(reader(b"hi").tick()) == ["h", "i"]


def test_a_key_that_looked_like_an_answer_comes_a_tick_later() -> None:
    parser = reader()
    terminal_answers.answers.expecting = True
    try:
        assert keys(parser.feed("\x1b[")) == []
        assert keys(parser.tick()) == []
        assert keys(parser.feed("A")) == ["up"]
    finally:
        terminal_answers.answers.expecting = False


def test_it_is_put_in_once() -> None:
    terminal_answers.install()
    first = linux_driver.XTermParser  # type: ignore[attr-defined]
    terminal_answers.install()

    assert linux_driver.XTermParser is first  # type: ignore[attr-defined]
