"""The same text gives the same blocks, however it comes in and whoever looks on."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.inline import plain_text
from tests.widgets.transcript.answers import ANSWERS, blocks_of, told

QUIET = settings(deadline=None, database=None, max_examples=250)

LINES = st.sampled_from(
    [
        "text",
        "more *words* `here`",
        "",
        "",
        "- a",
        "  - b",
        "    - c",
        "   sub",
        "1. one",
        "2. two",
        "> q",
        "> > qq",
        "> - qi",
        "```py",
        "```",
        "   ```",
        "~~~",
        "# h",
        "---",
        "===",
        "***",
        "| a | b |",
        "|---|:-:|",
        "| 1 | `2|3` |",
        "a | b",
        "-",
        "- [x] t",
        "      six",
        "$$",
        "$$ x $$",
        "\\[",
        "\\]",
        "[r]: http://x",
        "[t][r]",
        "[^1]: n",
        "<div>",
        "\ttab",
        "hard  ",
        "hard\\",
        "word " * 450,
        "x" * 2500,
        "- - - -",
        "- - z",
        "10. ten",
        "> ```",
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join) | st.text("-*`#>|[]() \n\r\t1.a:~$\\=+_<&", max_size=60)


def cut(text: str, at: list[int]) -> list[str]:
    places = sorted({0, len(text), *(place % (len(text) + 1) for place in at)})
    return [text[start:end] for start, end in pairwise(places)]


@QUIET
@given(TEXTS, st.lists(st.integers(0, 100_000), max_size=12))
def test_any_fragments_give_the_same_blocks(text: str, at: list[int]) -> None:
    assert told(blocks_of(*cut(text, at))) == told(blocks_of(text))


@pytest.mark.parametrize("name", ANSWERS)
def test_single_characters_give_the_same_blocks(name: str) -> None:
    assert told(blocks_of(*ANSWERS[name])) == told(blocks_of(ANSWERS[name]))


@QUIET
@given(TEXTS, st.lists(st.integers(0, 100_000), max_size=12))
def test_looking_at_the_tail_changes_nothing(text: str, at: list[int]) -> None:
    document = Document()
    blocks = []
    for fragment in cut(text, at):
        blocks += document.feed(fragment)
        so_far = told(blocks)
        assert told(document.tail()) == told(document.tail())
        assert told(blocks) == so_far
    assert told(blocks + document.finish()) == told(blocks_of(text))
    assert document.tail() == []
    assert document.source == text


@QUIET
@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    shown = " ".join(block.text for block in blocks_of(text))
    without_info_strings = re.sub(r"(```|~~~)[^\n\r]*", "", text)
    for word in re.findall(r"\b[a-z]{4,40}\b", without_info_strings):
        assert word in shown


@pytest.mark.parametrize("name", ANSWERS)
def test_sealed_and_tail_together_show_every_word_that_came_but_the_last(name: str) -> None:
    text, document, sealed = ANSWERS[name], Document(), []
    for place, character in enumerate(text):
        sealed += document.feed(character)
        came = re.findall(r"(?<![\w`~(/.])[A-Za-z]{3,}(?=[ \n])", re.sub(r"(```|~~~)\w+", "", text[: place + 1]))[:-1]
        shown = " ".join(plain_text(block.text) for block in [*sealed, *document.tail()])
        assert [word for word in came if word not in shown] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_a_frame_takes_back_three_characters_of_the_last_one_at_most(name: str) -> None:
    document, sealed, before = Document(), "", ""
    for character in ANSWERS[name]:
        sealed += "".join(plain_text(block.text) for block in document.feed(character))
        shown = sealed + "".join(plain_text(block.text) for block in document.tail())
        assert shown.startswith(before[:-3]), (before[-20:], shown[-20:])
        before = shown
