"""What terminals answer, as recorded from them, and keys among it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.terminal.answers import Answers, read_answers

KITTY = (
    b"\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.41.1)\x1b\\\x1bP1$r48:2:1:2:3m\x1b\\"
    b"\x1b[?2026;2$y\x1b[6;20;9t\x1b[4;800;900t\x1b[?62;c"
)
XTERM = (
    b"\x1bP>|XTerm(379)\x1b\\\x1bP1$r0;48:2::1:2:3m\x1b\\\x1b[?2026;0$y\x1b[6;17;8t\x1b[4;408;640t\x1b[?63;1;2;4;6;9c"
)


def test_kitty_says_all_it_can() -> None:
    answers = read_answers(KITTY)

    assert answers == Answers(
        complete=True,
        name="kitty(0.41.1)",
        graphics=True,
        synchronized=True,
        truecolour=True,
        cell=(9, 20),
        text_area=(900, 800),
    )


def test_an_xterm_with_sixel_says_so_among_its_attributes() -> None:
    answers = read_answers(XTERM)

    assert answers.sixel
    assert answers.truecolour
    assert not answers.graphics
    assert not answers.synchronized


def test_a_terminal_of_type_14_has_no_sixel_for_that() -> None:
    assert not read_answers(b"\x1b[?64;14;24c").sixel


def test_a_refusal_of_graphics_is_none() -> None:
    assert not read_answers(b"\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?62c").graphics


def test_a_colour_that_was_rounded_to_a_table_is_no_true_colour() -> None:
    assert not read_answers(b"\x1bP1$r48;5;16m\x1b\\\x1b[?62c").truecolour
    assert not read_answers(b"\x1bP0$r\x1b\\\x1b[?62c").truecolour


def test_what_was_typed_meanwhile_is_kept_in_its_order() -> None:
    assert read_answers(b"he" + KITTY[:40] + b"" + KITTY[40:] + b"llo\r").typed == b"hello\r"


def test_without_the_last_answer_it_is_not_complete() -> None:
    assert not read_answers(KITTY[:-1]).complete


@given(st.binary(max_size=60))
def test_any_bytes_are_read(data: bytes) -> None:
    assert len(read_answers(data).typed) <= len(data)
    read_answers(data + KITTY)
