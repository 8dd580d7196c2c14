"""The probe against a terminal of ours: what it asks, how long it waits, and what it leaves behind."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import threading
from collections.abc import Iterator

import pytest

from oxen_tui.terminal.probe import Probe, cell_now, query

KITTY = b"\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.41.1)\x1b\\\x1b[?2026;2$y\x1b[6;20;9t\x1b[?62;c"


class FakeTerminal:
    """The far end of a terminal: answers when it was asked for its attributes."""

    def __init__(self, answer: bytes = b"", typed: bytes = b"") -> None:
        self.near, self.far = pty.openpty()[::-1]
        self.asked = b""
        self._answer, self._typed = answer, typed
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def set_size(self, columns: int, rows: int, width: int, height: int) -> None:
        fcntl.ioctl(self.near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, width, height))

    def _serve(self) -> None:
        if self._typed:
            os.write(self.far, self._typed)
        while not self.asked.endswith(b"\x1b[c"):
            if not select.select([self.far], [], [], 5)[0]:
                return
            self.asked += os.read(self.far, 4096)
        if self._answer:
            os.write(self.far, self._answer)

    def close(self) -> None:
        self._thread.join()
        os.close(self.near)
        os.close(self.far)


@pytest.fixture
def terminals() -> Iterator[list[FakeTerminal]]:
    made: list[FakeTerminal] = []
    yield made
    for terminal in made:
        terminal.close()


def test_a_terminal_that_answers_is_known_after_one_round_trip(terminals: list[FakeTerminal]) -> None:
    terminals.append(terminal := FakeTerminal(KITTY))
    terminal.set_size(100, 30, 900, 600)
    before = termios.tcgetattr(terminal.near)

    with Probe(terminal.near, terminal.near, {"TERM": "xterm-kitty"}) as probe:
        facts = probe.facts()

    assert facts.answered
    assert facts.has_placeholders
    assert facts.cell == (9, 20)
    assert facts.round_trip is not None
    assert facts.size == (100, 30)
    assert termios.tcgetattr(terminal.near) == before
    assert cell_now(terminal.near) == (9, 20)


def test_what_was_typed_ahead_is_handed_on(terminals: list[FakeTerminal]) -> None:
    terminals.append(terminal := FakeTerminal(KITTY, typed=b"hello"))

    with Probe(terminal.near, terminal.near, {"TERM": "xterm"}) as probe:
        facts = probe.facts()

    assert facts.answers.typed == b"hello"


def test_a_terminal_that_does_not_answer_is_not_waited_for_beyond_the_limit(terminals: list[FakeTerminal]) -> None:
    terminals.append(terminal := FakeTerminal())

    with Probe(terminal.near, terminal.near, {"TERM": "xterm"}, longest=0.05) as probe:
        facts = probe.facts()

    assert facts.asked
    assert not facts.answered
    assert facts.round_trip is None


def test_what_is_no_terminal_is_not_asked() -> None:
    read, write = os.pipe()
    with Probe(read, write, {"TERM": "xterm"}) as probe:
        facts = probe.facts()
    os.close(write)

    assert os.read(read, 100) == b""
    assert not facts.is_terminal
    os.close(read)


def test_inside_a_multiplexer_graphics_are_not_asked_for() -> None:
    assert "\x1b_G" in query({"TERM": "xterm-256color"})
    for inside in ({"TERM": "tmux-256color"}, {"TERM": "screen"}, {"TERM": "xterm", "TMUX": "/tmp/x"}):
        assert "\x1b_G" not in query(inside)
        assert query(inside).endswith("\x1b[c")


@pytest.mark.parametrize("term", ["", "dumb", "linux", "vt100"])
def test_terminals_that_would_print_the_question_are_not_asked(term: str) -> None:
    assert query({"TERM": term}) == ""
