"""Breaking text into lines, by cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.wrapping import wrap


def lines(text: str, width: int) -> list[str]:
    return ["".join([piece.text for piece in line.pieces]) for line in wrap([Piece(text, "text")], width)]


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        ("short", 10, ["short"]),
        ("two words", 5, ["two ", "words"]),
        ("a\nb", 10, ["a", "b"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("x abcdefgh", 4, ["x ", "abcd", "efgh"]),
        ("日本語テキスト", 5, ["日本", "語テ", "キス", "ト"]),
        ("ab 日本語", 5, ["ab ", "日本", "語"]),
        ("e\u0301e\u0301 e\u0301", 2, ["e\u0301e\u0301 ", "e\u0301"]),
        ("", 10, [""]),
        ("a\n\nb", 10, ["a", "", "b"]),
    ],
)
def test_text_breaks_at_blanks_and_within_long_words(text: str, width: int, wanted: list[str]) -> None:
    assert lines(text, width) == wanted


def test_an_emoji_of_several_characters_stays_whole() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert lines(family * 3, 4) == [family * 2, family]


def test_inks_and_targets_go_over_the_break() -> None:
    first, second = wrap([Piece("plain ", "text"), Piece("a link here", "link", "https://x.test")], 12)
    assert first.pieces == [Piece("plain ", "text"), Piece("a link ", "link", "https://x.test")]
    assert second.pieces == [Piece("here", "link", "https://x.test")]


def test_only_our_own_breaks_are_said_to_be_ours() -> None:
    assert [line.goes_on for line in wrap([Piece("one two\nthree", "text")], 4)] == [True, False, True, False]


@given(st.text(alphabet="ab 日é\u0301\n", max_size=60), st.integers(2, 12), st.integers(0, 60))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int, cut: int) -> None:
    wrapped = wrap([Piece(text[:cut], "text"), Piece(text[cut:], "kw")], width)
    joined = "".join(
        ["".join([piece.text for piece in line.pieces]) + ("" if line.goes_on else "\n") for line in wrapped]
    )
    assert joined == text + "\n"
    for line in wrapped:
        assert cell_len("".join([piece.text for piece in line.pieces]).rstrip(" ")) <= width
