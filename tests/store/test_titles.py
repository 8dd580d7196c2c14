from __future__ import annotations

import pytest

from oxen_tui.store.titles import LONGEST, title_of


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Why is the sky blue?", "Why is the sky blue?"),
        ("\n\n   \n  first   words \n second line", "first words"),
        ("/image a lighthouse at dusk", "a lighthouse at dusk"),
        ("/image", "/image"),
        ("", ""),
        ("\t\n ", ""),
        ("tab\tand \x1b]0;evil\x07", "tab and ␛]0;evil"),
        ("a" * 100, "a" * 59 + "…"),
        ("word " * 30, "word word word word word word word word word word word…"),
    ],
)
def test_the_first_line_that_says_something_is_the_title(question: str, title: str) -> None:
    assert title_of(question) == title
    assert len(title) <= LONGEST
