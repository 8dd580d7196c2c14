from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.safe_text import clean, clean_line

NASTY = st.sampled_from(
    [
        *(chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]),
        *("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9\ufffb"),
        *("\U000e0001\U000e0041\U000e007f\U0010eeee\ud800\udfff"),
        *("\x1b]0;title\x07", "\x1b[2J", "\x1bP", "\x1b_G", "a", "🐂", "e\u0301"),
    ]
)
TEXT = st.lists(NASTY | st.text(max_size=5), max_size=30).map("".join)


def acts(character: str) -> bool:
    """Whether a character may do something to a terminal or to the direction of reading, or is seen by nobody."""
    code = ord(character)
    if character in "\n\t":
        return False
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(character) in (
        *("LRE", "RLE", "LRO", "RLO", "PDF"),
        *("LRI", "RLI", "FSI", "PDI"),
    ):
        return True
    return 0xE0000 <= code < 0xE0080 or code in (0x10EEEE, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF)


@given(TEXT)
def test_nothing_that_acts_is_left(text: str) -> None:
    assert not any(acts(character) for character in clean(text))
    line = clean_line(text, 50)
    assert not any(acts(character) or character in "\n\t" for character in line)
    assert len(line) <= 50


@given(TEXT, TEXT)
def test_the_cleaning_of_fragments_is_the_cleaning_of_the_whole(first: str, second: str) -> None:
    assert clean(first) + clean(second) == clean(first + second)


@given(TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(TEXT)
def test_cleaned_text_can_be_written(text: str) -> None:
    clean(text).encode("utf-8")


@pytest.mark.parametrize("text", ["plain", "a\n\tb", "🐂👩‍🌾", "é e\u0301", "می‌خواهم", "שלום", "e = mc²", "\\x1b"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_escape_is_shown_and_line_separators_become_line_ends() -> None:
    assert clean("\x1b[2J\u2028b\r\n") == "␛[2J\nb\n"
    assert clean_line("a\tb\nc\u2029d") == "a b c d"


def test_a_long_line_ends_with_a_sign_that_more_was_there() -> None:
    assert clean_line("x" * 600) == "x" * 499 + "…"
    assert clean_line("x" * 10, 10) == "x" * 10
