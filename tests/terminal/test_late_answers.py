"""Answers of the terminal press no key, and keys are no answers."""

from __future__ import annotations

import os
import pty
import termios
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.terminal.late_answers import LateAnswers, drain

ANSWERS = (
    "\x1b[?62;4;22c",
    "\x1bP>|kitty(0.41.1)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b[6;20;9t",
    "\x1b[4;800;900t",
    "\x1bP1$r48:2:1:2:3m\x1b\\",
    "\x1b[0n",
)
KEYS = ("a", "\x1b", "\x1b[A", "\x1b[6~", "\x1b[6;5~", "\x1bP", "\x1b_", "\x1b[", "\x1b[97;5u", "\x1b[<35;10;4M", "ä")


def test_keys_pass_at_once() -> None:
    late = LateAnswers()

    assert [late.pass_on(key) for key in KEYS] == list(KEYS)


def test_every_answer_is_taken_out() -> None:
    late = LateAnswers()

    assert late.pass_on("a" + "b".join(ANSWERS) + "c") == "a" + "b" * 6 + "c"


def test_the_answer_to_a_mode_is_left_to_who_asked_for_it() -> None:
    assert LateAnswers().pass_on("\x1b[?2026;2$y") == "\x1b[?2026;2$y"


def test_an_answer_in_two_parts_is_put_together() -> None:
    late = LateAnswers()

    assert (late.pass_on("x\x1b[?62;"), late.pass_on("4cy")) == ("x", "y")


def test_while_one_is_expected_it_may_be_cut_behind_its_first_character() -> None:
    late = LateAnswers()
    late.expecting = True

    assert [late.pass_on(part) for part in ("a\x1b", "[", "0", "n", "b")] == ["a", "", "", "", "b"]


def test_what_was_held_and_is_no_answer_is_let_go() -> None:
    late = LateAnswers()
    late.expecting = True

    assert late.pass_on("\x1b") == ""
    assert late.let_go() == "\x1b"
    assert late.let_go() == ""


def test_a_ready_answer_is_told() -> None:
    late, heard = LateAnswers(), []
    late.on_ready = lambda: heard.append(1)
    late.pass_on("\x1b[0nq\x1b[0n")

    assert heard == [1, 1]


def test_answers_are_drained_before_a_shell_reads_them() -> None:
    far, near = pty.openpty()
    before = termios.tcgetattr(near)
    os.write(far, b"x\x1b[0n\x1b[0n")
    drain(near, 2, 5.0)

    assert termios.tcgetattr(near) == before
    os.write(far, b"ls\n")
    assert os.read(near, 100) == b"ls\n"
    drain(near, 1, 0.01)  # it never comes
    os.close(far)
    drain(near, 1, 5.0)
    os.close(near)


@given(st.lists(st.sampled_from((*ANSWERS, "a", "Z", "~")), max_size=8), st.lists(st.integers(0, 80), max_size=6))
def test_it_does_not_matter_where_reads_are_cut(parts: list[str], cuts: list[int]) -> None:
    sent = "".join(parts)
    late = LateAnswers()
    late.expecting = True
    at = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    got = "".join(late.pass_on(sent[begin:end]) for begin, end in pairwise(at))

    assert got == "".join(part for part in parts if part not in ANSWERS)
