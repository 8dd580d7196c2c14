"""The word at the cursor."""

from __future__ import annotations

import pytest

from oxen_tui.services.word_completion import word_at


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        ("|", ""),
        ("fo|g", "fog"),
        ("fog st|", "st"),
        ("fog |state", "state"),
        ("fog | state", ""),
        ('model:"two wo|', 'model:"two wo'),
        ('"one two" th|ree', "three"),
    ],
)
def test_a_word_goes_from_space_to_space_and_quotes_hold_spaces(marked: str, word: str) -> None:
    text, cursor = marked.replace("|", ""), marked.index("|")
    start, end = word_at(text, cursor)
    assert text[start:end] == word
