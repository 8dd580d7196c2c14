"""The work for a fragment does not grow with what came before it. Counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from oxen_tui.widgets.markdown.assembler import Assembler
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.grammar import LONGEST_PARAGRAPH

WORDS = "some words of `code` and **bold** text "
LAST_BLOCKS: dict[str, tuple[str, str]] = {
    "list": ("", f"- {WORDS}\n"),
    "nested list": ("", f"- {WORDS}\n  - {WORDS}\n"),
    "table": ("| a | b |\n|---|---|\n", f"| {WORDS} | b |\n"),
    "code": ("```python\n", f"{WORDS}\n"),
    "indented code": ("", f"    {WORDS}\n"),
    "paragraph": ("", f"{WORDS}\n"),
    "one line": ("", WORDS),
    "one line of code": ("```\n", WORDS),
    "quote": ("", f"> {WORDS}\n"),
    "headings": ("", f"# {WORDS}\n"),
    "formula": ("$$\n", "x + y\n"),
    "definitions": ("", "[a]: http://x\n\n[a]\n\n"),
    "empty lines": ("text", "\n\n\n\n"),
    "blank indented lines": ("    code\n", "\n\n\n\n"),
}


class Counting(Assembler):
    """Counts the characters it is handed, also in the copies that a tail is made with."""

    def __init__(self, count: Callable[[int], None]) -> None:
        super().__init__()
        self.count = count

    def read(self, raw: str) -> None:
        self.count(len(raw))
        super().read(raw)

    def read_on(self, piece: str) -> None:
        self.count(len(piece))
        super().read_on(piece)


def calls_during(work: Callable[[], object]) -> int:
    """Calls of Python and C functions: a measure of work that is the same on every machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def stream(document: Document, text: str) -> None:
    for start in range(0, len(text), 5):
        document.feed(text[start : start + 5])
        if start % 200 == 0:
            document.tail()


@pytest.mark.parametrize("name", LAST_BLOCKS)
def test_a_fragment_costs_the_same_after_a_long_last_block(name: str) -> None:
    opening, unit = LAST_BLOCKS[name]
    document = Document()
    document.feed(opening)
    piece = unit * (8_000 // len(unit))
    stream(document, piece)
    early = calls_during(lambda: stream(document, piece))
    for _ in range(12):
        document.feed(piece)
    assert calls_during(lambda: stream(document, piece)) <= early * 1.3 + 50


@pytest.mark.parametrize("name", LAST_BLOCKS)
def test_each_character_is_read_once_and_the_tail_looks_at_a_bounded_stretch(name: str) -> None:
    opening, unit = LAST_BLOCKS[name]
    read: list[int] = []
    document = Document(Counting(read.append))
    text = opening + unit * (20_000 // len(unit))
    for start in range(0, len(text), 5):
        document.feed(text[start : start + 5])
    document.finish()
    assert sum(read) <= len(text)

    document = Document(Counting(read.append))
    document.feed(text)
    read.clear()
    blocks = document.tail()
    assert sum(read) <= LONGEST_PARAGRAPH
    assert sum(len(block.text) for block in blocks) <= 2 * LONGEST_PARAGRAPH + 10


@pytest.mark.parametrize(
    "character", [*"x >-#`*[|$~\\1<&_!(\t\n", "- ", "> ", "| a ", "$$ ", "[a](", "![", "*a ", "é"]
)
def test_a_megabyte_without_sense_is_read_in_proportion(character: str) -> None:
    def work(characters: int) -> int:
        return calls_during(lambda: Document().feed(character * (characters // len(character))))

    assert work(80_000) <= 4.5 * work(20_000) + 200
