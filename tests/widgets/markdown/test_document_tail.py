"""The open end is drawn as near as can be to what it will become."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.markdown.blocks import Block, Fence, Kind, Table
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.inline import parse_inline
from oxen_tui.widgets.markdown.provisional import closed, closed_row


def tail(text: str) -> list[Block]:
    document = Document()
    document.feed(text)
    return document.tail()


def seen(source: str) -> list[tuple[str, str]]:
    return [(span.text, " ".join(sorted(span.styles))) for span in parse_inline(closed(source))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "- ",
        "*",
        "**",
        "***",
        "#",
        "## ",
        "`",
        "``",
        "```",
        "```py",
        "~~",
        "~~~x",
        "|",
        "| ",
        "|-",
        ">",
        "> ",
        "1",
        "12.",
        "12. ",
        "1)",
        "+",
        "---",
        "- -",
        "_",
        "$$",
        "$",
        "\\",
        "\\[",
        "<",
        "- [",
        "- [x",
        "- [x]",
        "> - ",
        "> #",
        "    ",
    ],
)
def test_what_may_still_become_anything_waits(text: str) -> None:
    assert tail(text) == []


@pytest.mark.parametrize("text", ["-", "--", "=", "==", "#", "```", "1", "- ", "> ", "|", "|-", "***"])
def test_what_comes_after_a_paragraph_leaves_it_alone_until_it_is_known(text: str) -> None:
    assert [(block.kind, block.text) for block in tail(f"para\n{text}")] == [(Kind.PARAGRAPH, "para")]


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("**bold so", [("bold so", "strong")]),
        ("**bold so ", [("bold so", "strong")]),
        ("a **b *c", [("a ", ""), ("b ", "strong"), ("c", "emphasis strong")]),
        ("a **b*", [("a ", ""), ("b", "strong")]),
        ("a **b *", [("a ", ""), ("b", "strong")]),
        ("a **", [("a", "")]),
        ("a **_", [("a", "")]),
        ("***both", [("both", "emphasis strong")]),
        ("***a** b", [("a", "emphasis strong"), (" b", "emphasis")]),
        ("~~gone", [("gone", "strike")]),
        ("~~gone~", [("gone", "strike")]),
        ("_it_ and _more", [("it", "emphasis"), (" and ", ""), ("more", "emphasis")]),
        ("`code so", [("code so", "code")]),
        ("a `", [("a", "")]),
        ("``a `b", [("a `b", "code")]),
        ("``a`", [("a", "code")]),
        ("**a `b", [("a ", "strong"), ("b", "code strong")]),
        ("2 * 3 * 4", [("2 * 3 * 4", "")]),
        ("snake_ca", [("snake_ca", "")]),
        ("the ` key " + "and so on " * 40, [(("the ` key " + "and so on " * 40).rstrip(), "")]),
        ("[te", [("te", "link")]),
        ("[text]", [("text", "link")]),
        ("[text](http", [("text", "link")]),
        ('[text](http://a.b "ti', [("text", "link")]),
        ("**[te", [("te", "link strong")]),
        ("[a **b", [("a ", "link"), ("b", "link strong")]),
        ("![al", [("al", "link")]),
        ("![alt](u", [("alt", "link")]),
        ("[text][re", [("text", "link")]),
        ("a [1] b", [("a [1] b", "")]),
        ("a[^", [("a[^", "")]),
        ("a\\", [("a", "")]),
        ("R&am", [("R", "")]),
        ("a<b", [("a", "")]),
        ("a <br", [("a", "")]),
        ("<https://a.b/c", [("https://a.b/c", "link")]),
        ("\\(x_1", [("x_1", "code")]),
    ],
)
def test_open_marks_are_closed_and_begun_ones_wait(source: str, spans: list[tuple[str, str]]) -> None:
    assert seen(source) == spans


def test_a_link_without_its_target_has_none_yet() -> None:
    assert [span.href for span in parse_inline(closed("[text](https://exam"))] == [""]


@pytest.mark.parametrize("source", ["plain", "**bold** and `code`", "[t](http://a.b) [1] x", "***a*** ~~b~~ `` ` ``"])
def test_what_is_complete_stays_as_it_is(source: str) -> None:
    assert closed(source) == source


def test_marks_are_closed_within_the_last_cell_of_a_row() -> None:
    assert closed_row("| **a | b **c") == "| **a | b **c**"
    assert closed_row("| **a | b |") == "| **a | b |"


def test_the_head_of_a_table_is_a_row_before_its_second_line_has_come() -> None:
    for text in ("| Name | Si", "| Name | Size |\n", "| Name | Size |\n|--", "| Name | Size |\n|---|---|"):
        (row,) = tail(text)
        assert row.kind is Kind.ROW
        assert isinstance(row.group, Table)
        assert row.group.natural[0] == 4


def test_a_row_that_grows_belongs_to_its_table_which_does_not_notice() -> None:
    document = Document()
    (head,) = document.feed("| a | b |\n|---|---|\n")
    document.feed("| wide wide ")
    (row,) = document.tail()
    assert row.group is head.group
    assert (row.number, row.gap) == (1, 0)
    assert isinstance(head.group, Table)
    assert (head.group.rows, head.group.natural) == (1, [1, 1])


def test_a_line_of_code_that_grows_belongs_to_its_fence_which_does_not_notice() -> None:
    document = Document()
    (first,) = document.feed("```py\na = 1\nb =")
    (second,) = document.tail()
    assert second.group is first.group
    assert (second.text, second.number, second.gap) == ("b =", 1, 0)
    assert isinstance(first.group, Fence)
    assert (first.group.lines, first.group.closed) == (["a = 1"], False)


def test_a_fence_is_there_as_soon_as_its_first_line_ended() -> None:
    (block,) = tail("```py\n")
    assert (block.kind, block.text, block.number) == (Kind.CODE, "", 0)


@pytest.mark.parametrize("part", ["`", "``", "```", "``` "])
def test_the_end_of_a_fence_is_not_drawn_as_code(part: str) -> None:
    assert tail(f"```\na\n{part}") == []


def test_code_that_only_looks_like_the_end_is_drawn() -> None:
    assert [block.text for block in tail("````\na\n```x")] == ["```x"]


def test_a_paragraph_in_an_item_keeps_the_items_that_are_open() -> None:
    document = Document()
    (first,) = document.feed("- one\n\n  tw")
    (second,) = document.tail()
    assert second.containers == first.containers
    assert (second.opens, second.text) == (0, "tw")


def test_a_long_paragraph_shows_the_cut_it_will_have() -> None:
    line = "This is a sentence of some words. " * 40
    document = Document()
    assert document.feed(f"{line}\n{line}") == []
    shown = [block.text for block in document.tail()]
    assert len(shown) == 2
    assert [block.text for block in document.feed("\n")] == shown[:1]
