"""Blocks are those of a reference implementation of CommonMark, where we do not differ on purpose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.tables import cells
from tests.widgets.transcript.answers import ANSWERS

Outline = list[tuple[str, str, object]]
_NESTS = {"list_item": "item", "blockquote": "quote"}


def reference(text: str) -> Outline:
    """Kind, containers and text of each block as markdown-it has them; a list for the cells of a row."""
    outline: Outline = []
    path: list[str] = []
    begun: list[bool] = []
    kind, row = "", list[str]()

    def add(kind: str, text: object) -> None:
        outline.append((kind, " ".join(path), text))
        begun[:] = [True] * len(begun)

    for token in MarkdownIt("commonmark").enable("table").parse(text):
        name, _, end = token.type.rpartition("_")
        if name in _NESTS and end == "open":
            path.append(_NESTS[name])
            begun.append(False)
        elif name in _NESTS:
            if not begun[-1] and path[-1] == "item":
                add("paragraph", "")
            path.pop()
            begun.pop()
        elif token.type == "heading_open":
            kind = f"heading {token.tag[1]}"
        elif token.type == "paragraph_open":
            kind = "paragraph"
        elif token.type == "tr_open":
            kind, row = "row", []
        elif token.type == "tr_close":
            add("row", row)
        elif token.type == "inline" and kind == "row":
            row.append(token.content)
        elif token.type == "inline":
            add(kind, stripped(token.content))
        elif token.type in ("fence", "code_block"):
            for line in token.content.removesuffix("\n").split("\n"):
                add("code", line)
        elif token.type == "hr":
            add("rule", "")
    return outline


def stripped(text: str) -> str:
    """Spaces at the ends of lines are the inline parser's matter; the box of a task is taken off by us."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return lines[4:] if lines[:4] in ("[ ] ", "[x] ") else lines


def ours(text: str) -> Outline:
    document = Document()
    outline: Outline = []
    for block in document.feed(text) + document.finish():
        kind = f"heading {block.level}" if block.level else str(block.kind)
        shown: object = block.text if kind == "code" else stripped(block.text)
        if kind == "row":
            shown = cells(block.text, len(getattr(block.group, "align", ())))
        outline.append((kind, " ".join(each.kind for each in block.containers), shown))
    return outline


@pytest.mark.parametrize("name", ANSWERS)
def test_typical_answers_have_the_same_blocks(name: str) -> None:
    assert ours(ANSWERS[name]) == reference(ANSWERS[name])


@pytest.mark.parametrize(
    "text",
    [
        "text\n---\n",
        "text\n\n---\n",
        "> text\n---\n",
        "- a\n---\n",
        "- a\n***\n- b\n",
        "* * *\n",
        "a\n    b\n",
        "- a\n\n      code\n",
        "-     code\n",
        "-\n  a\n",
        "1. a\n\n   b\n\nc\n",
        "- a\n- b\n\n\n- c\n",
        "- a\n> b\n",
        "> a\n\n> b\n",
        "> ```\n> a\n\nb\n",
        "```\na\n",
        "``` x ``` y\n",
        "#\n\n# \n\n#a\n\n# a #b\n\n# a \\#\n",
        "a | b\n-|-\n1 | 2\ntext\n\ntext\n",
        "| a |\n|---|\n> q\n",
        "\\# a\n\n\\- b\n",
        "- a\n\t- b\n\n\t\tc\n",
        "1) a\n2) b\n3. c\n",
        "a\n===\nb\n",
        " - a\n  - b\n   - c\n",
        "- # h\n- > q\n- ```\n  c\n  ```\n",
        "10. a\n    - b\n",
        "- a\n\n  > b\n  > c\n\n  d\n",
    ],
)
def test_odd_cases_have_the_same_blocks(text: str) -> None:
    assert ours(text) == reference(text)


LINES = [
    *("text", "more words", "", "", "- a", "* s", "    - d", "   sub", "> q", "# h", "## h2 ##", "---", "===", "***"),
    *("| a | b |", "|---|---|", "| 1 | 2 |", "-", "      six", "* * *", "`code`", "```py", "```", "- - z"),
]
TEXTS = st.lists(st.sampled_from([*LINES, "  - c"]), max_size=9) | st.lists(
    st.sampled_from([*LINES, "1. one", "2. two", "   1. in"]), max_size=9
)


@settings(deadline=None, database=None, max_examples=250)
@given(TEXTS.map("\n".join))
def test_any_lines_have_the_same_blocks(text: str) -> None:
    """But for what stands two spaces under a number: that is in the item for us."""
    assert ours(text + "\n") == reference(text + "\n")
