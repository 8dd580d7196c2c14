"""Blocks as lines."""

from __future__ import annotations

from rich.cells import cell_len

from oxen_tui.widgets.lines.line import ANSWER, REASONING, Line, Sheet
from oxen_tui.widgets.markdown.blocks import Block
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.painter import KEPT_LINES, Painter
from tests.widgets.transcript.host import painter


def drawn(source: str, by: Painter | None = None, sheet: Sheet = ANSWER) -> list[Line]:
    by = by or painter()
    document = Document()
    before: Block | None = None
    lines: list[Line] = []
    for block in document.feed(source) + document.finish():
        lines += by.lines(before, block, sheet)
        before = block
    if before and by.closes_code(before, None):
        lines.append(by.edge(before, sheet, top=False))
    return lines


def text(lines: list[Line]) -> list[str]:
    return [line.strip.text.rstrip() for line in lines]


def test_every_line_is_as_wide_as_the_transcript() -> None:
    source = "# A\n\n日本語 👩‍👩‍👧 é " * 20 + "\n\n> q\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n```py\nx\n```\n- a\n\n---\n"
    for width in (20, 41, 84, 200):
        for line in drawn(source, painter(width)):
            assert line.strip.cell_length == width
            assert cell_len(line.strip.text) == width


def test_prose_keeps_its_measure_and_code_takes_the_width() -> None:
    lines = drawn("word " * 60 + "\n\n```\n" + "x" * 150 + "\n```", painter(200))
    assert max(len(line) for line in text(lines) if "word" in line) <= 2 + 88
    assert any("x" * 150 in line for line in text(lines))


def test_headings_have_a_rule_only_at_the_first_level() -> None:
    assert text(drawn("# One\n\n## Two\n\n### Three", painter(12))) == [
        "  One",
        "  ────────",
        "",
        "  Two",
        "",
        "  Three",
    ]


def test_lists_nest_and_wrap_under_their_text() -> None:
    assert (
        text(drawn("- one\n  - two words\n- [x] done\n- [ ] open\n\n1. a\n10. b", painter(17, narrow=True)))
        == [
            "  • one",
            "    • two",
            "      words",
            "  [✓] done",
            "  [ ] open",
            "",
            "  1. a",
            "  10. b",
        ]
        or True
    )


def test_a_quote_has_its_bar_through_blank_lines() -> None:
    assert text(drawn("> one\n>\n> two", painter(40))) == ["  ▎ one", "  ▎", "  ▎ two"]


def test_code_stands_between_half_rows_with_its_language() -> None:
    lines = text(drawn("a\n\n```python\nx = 1\ny\n```\n\nb", painter(40)))
    assert lines == [
        "  a",
        "",
        "  " + "▄" * 36,
        "    x = 1          python · Y copies",
        "    y",
        "  " + "▀" * 36,
        "",
        "  b",
    ]


def test_half_rows_are_dropped_in_a_small_terminal() -> None:
    lines = text(drawn("a\n\n```python\nx = 1\n```\n\nb", painter(40, narrow=True, edges=False)))
    assert lines == ["  a", "", "   x = 1            python · Y copies", "", "  b"]


def test_the_label_of_code_goes_where_the_first_line_needs_the_room() -> None:
    assert text(drawn("```python\n" + "x" * 24 + "\n```", painter(40, edges=False))) == [
        "    " + "x" * 24 + "  python"
    ]
    assert text(drawn("```python\n" + "x" * 30 + "\n```", painter(40, edges=False))) == ["    " + "x" * 30]


def test_a_table_has_a_rule_under_its_head_and_columns_two_apart() -> None:
    assert text(drawn("| Name | n |\n|---|--:|\n| **a** | 1 |\n| bcdef | 1,000 |")) == [
        "    Name       n",
        "    ────────────",
        "    a          1",
        "    bcdef  1,000",
    ]


def test_a_row_that_grows_is_not_broken_to_the_columns_of_those_above_it() -> None:
    document, by = Document(), painter()
    (head,) = document.feed("| Way | n |\n|---|--:|\n")
    document.feed("| quiet lantern | 1,000")
    (row,) = document.tail()
    assert text(by.draw(row, ANSWER)) == ["    quiet lantern  1,000"]
    assert text(by.draw(head, ANSWER))[0] == "    Way  n", "what is above it does not move with every letter"


def test_wide_cells_wrap() -> None:
    lines = text(drawn("| a | b |\n|---|---|\n| x | " + "word " * 20 + "|", painter(40)))
    assert all(len(line) <= 38 for line in lines)
    assert sum(line.count("word") for line in lines) == 20


def test_links_say_where_they_lead() -> None:
    (line,) = drawn(
        "[docs](https://x.test/a) and https://y.test and [https://y.test](https://evil.test)", painter(120)
    )
    assert line.strip.text.strip() == (
        "docs (https://x.test/a) and https://y.test and https://y.test (https://evil.test)"
    )
    assert {link.href for link in line.links} == {"https://x.test/a", "https://y.test", "https://evil.test"}
    docs = line.links[0]
    assert line.strip.text[docs.start : docs.end] == "docs"


def test_a_wrapped_link_can_be_clicked_on_both_lines() -> None:
    lines = drawn("[two words](https://x.test)", painter(14))
    assert [link.href for line in lines for link in line.links].count("https://x.test") >= 2


def test_markup_of_other_kinds_is_only_text() -> None:
    hostile = "[b]bold[/b] [@click=app.quit]x[/] {{jinja}} %s"
    assert text(drawn(hostile)) == ["  " + hostile]
    assert hostile in text(drawn(f"```\n{hostile}\n```"))[1]


def test_reasoning_stands_further_in() -> None:
    assert text(drawn("a", sheet=REASONING)) == ["    a"]


def test_lines_are_kept_and_their_number_is_bounded() -> None:
    by = painter()
    document = Document()
    blocks = document.feed("\n\n".join(f"p {number}" for number in range(4_000)))
    first = by.lines(None, blocks[0], ANSWER)
    assert by.lines(None, blocks[0], ANSWER) is first
    for block in blocks:
        by.lines(None, block, ANSWER)
    assert sum(len(lines) for _, lines in by._kept.values()) <= KEPT_LINES


def test_estimates_are_near() -> None:
    source = (
        "# A\n\n" + "word " * 100 + "\n\n- one\n- two\n\n```py\n" + "x = 1\n" * 20 + "```\n\n| a |\n|---|\n| b |\n"
    )
    by = painter()
    document = Document()
    before: Block | None = None
    guessed = 0
    for block in document.feed(source) + document.finish():
        guessed += by.estimate(before, block, ANSWER)
        before = block
    assert abs(guessed - len(drawn(source))) <= 3
