"""What blocks a finished text becomes."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.markdown.blocks import Fence, Kind, Table
from oxen_tui.widgets.markdown.document import Document
from tests.widgets.transcript.answers import blocks_of, outline


def markers(text: str) -> list[tuple[str, str]]:
    """For each block the markers that are drawn before it, and its text."""
    return [
        (" ".join(each.marker for each in block.containers[len(block.containers) - block.opens :]), block.text)
        for block in blocks_of(text)
    ]


def gaps(text: str) -> list[int]:
    return [block.gap for block in blocks_of(text)]


class TestLists:
    @pytest.mark.parametrize("spaces", [2, 3, 4])
    @pytest.mark.parametrize("marker", ["-", "1.", "10."])
    def test_an_item_is_nested_with_two_three_or_four_spaces(self, spaces: int, marker: str) -> None:
        inner = "- inner"
        assert outline(f"{marker} outer\n{' ' * spaces}{inner}\n")[1] == ("paragraph", "item item", "inner")

    @pytest.mark.parametrize("spaces", [2, 3, 4])
    def test_levels_go_down_and_come_back(self, spaces: int) -> None:
        text = "".join(f"{' ' * spaces * level}- {level}\n" for level in (0, 1, 2, 1, 0))
        assert [place.count("item") for _, place, _ in outline(text)] == [1, 2, 3, 2, 1]

    def test_blocks_of_one_item_share_it_and_only_the_first_opens_it(self) -> None:
        first, second, third = blocks_of("- one\n\n  two\n- three\n")
        assert first.containers[0] is second.containers[0]
        assert third.containers[0] is not first.containers[0]
        assert (first.opens, second.opens, third.opens) == (1, 0, 1)

    def test_several_markers_on_one_line_are_drawn_together(self) -> None:
        assert markers("- 1. x\n") == [("- 1.", "x")]

    def test_a_tight_list_has_no_gaps_and_a_loose_one_has(self) -> None:
        assert gaps("text\n\n- a\n- b\n  - c\n- d\n\ntext\n") == [0, 1, 0, 0, 0, 1]
        assert gaps("- a\n\n- b\n\n  more\n") == [0, 1, 1]

    def test_a_list_right_under_a_paragraph_still_stands_apart(self) -> None:
        assert gaps("text:\n- a\n- b\n") == [0, 1, 0]

    def test_numbers_that_do_not_rise_are_counted_on(self) -> None:
        assert [marker for marker, _ in markers("1. a\n1. b\n1. c\n")] == ["1.", "2.", "3."]

    def test_numbers_that_rise_are_kept(self) -> None:
        assert [marker for marker, _ in markers("3) a\n4) b\n10) c\n")] == ["3)", "4)", "10)"]

    def test_tasks_are_known_and_their_boxes_are_taken_off(self) -> None:
        blocks = blocks_of("- [ ] a\n- [x] b\n* [X] c\n- [y] d\n1. [x] e\n")
        assert [(block.containers[0].task, block.text) for block in blocks] == [
            (False, "a"),
            (True, "b"),
            (True, "c"),
            (None, "[y] d"),
            (True, "e"),
        ]

    def test_an_empty_item_is_drawn(self) -> None:
        assert markers("- a\n-\n- c\n") == [("-", "a"), ("-", ""), ("-", "c")]
        assert markers("-\n\n  outside\n") == [("-", ""), ("", "outside")]

    def test_an_item_may_begin_on_the_next_line(self) -> None:
        assert markers("-\n  inside\n") == [("-", "inside")]

    def test_only_a_list_from_one_breaks_into_a_paragraph(self) -> None:
        assert len(outline("In the year\n1984. It was\n")) == 1
        assert len(outline("Steps\n1. one\n")) == 2

    def test_code_in_an_item_goes_on_where_its_lines_stand_further_left(self) -> None:
        _, first, second, third = blocks_of("1. x\n   ```py\ndef f():\n    return 1\n   ```\n   after\n")
        assert [first.text, second.text] == ["def f():", "    return 1"]
        assert third.text == "after"

    def test_a_very_deep_nest_ends_in_text(self) -> None:
        assert max(len(block.containers) for block in blocks_of("> " * 200 + "x\n" + "- " * 200 + "y\n")) == 16


class TestCode:
    def test_each_line_is_a_block_and_all_share_the_fence(self) -> None:
        first, second = blocks_of("```python title=x\na\n\tb\n```\n")
        assert isinstance(first.group, Fence)
        assert first.group is second.group
        assert (first.number, second.number, first.gap, second.gap) == (0, 1, 0, 0)
        assert first.group.language == "python"
        assert first.group.closed

    def test_tabs_are_expanded_for_drawing_and_kept_for_copying(self) -> None:
        (block,) = blocks_of("```\n\tall:\tx\n```\n")
        assert block.text == "    all:    x"
        assert isinstance(block.group, Fence)
        assert block.group.source == "\tall:\tx"

    def test_the_indentation_of_the_item_is_no_part_of_the_code(self) -> None:
        blocks = blocks_of("- x\n  ```\n    two more\n  ```\n")
        assert blocks[1].text == "  two more"

    @pytest.mark.parametrize("info", ["c++", "c#", "objective-c", "{python}", "{.python}", ".python"])
    def test_the_language_is_the_first_word_of_the_info_string(self, info: str) -> None:
        group = blocks_of(f"```{info} more\nx\n```\n")[0].group
        assert isinstance(group, Fence)
        assert group.language == info.strip("{.}")

    def test_a_fence_closes_with_as_many_marks_or_more(self) -> None:
        assert [text for _, _, text in outline("````\n```\n`````\nout\n")] == ["```", "out"]

    def test_a_fence_that_never_closes_holds_the_rest(self) -> None:
        blocks = blocks_of("```\na\n# b")
        assert [block.text for block in blocks] == ["a", "# b"]
        assert isinstance(blocks[0].group, Fence)
        assert blocks[0].group.lines == ["a", "# b"]

    def test_an_empty_fence_is_one_empty_line(self) -> None:
        assert outline("```\n```\n") == [("code", "", "")]

    def test_backticks_within_a_line_are_no_fence(self) -> None:
        assert outline("``` x ``` y\n") == [("paragraph", "", "``` x ``` y")]

    def test_blank_lines_belong_to_indented_code_only_in_the_middle(self) -> None:
        assert [text for _, _, text in outline("    a\n\n    b\n\ntext\n")] == ["a", "", "b", "text"]

    @pytest.mark.parametrize("text", ["$$\nx_1\n$$\n", "$$ x_1 $$\n", "\\[\nx_1\n\\]\n", "\\[ x_1 \\]\n"])
    def test_displayed_formulas_are_kept_as_code(self, text: str) -> None:
        (block,) = blocks_of(f"{text}")
        assert (block.kind, block.text) == (Kind.CODE, "x_1")
        assert isinstance(block.group, Fence)
        assert block.group.language == "math"

    def test_prices_and_escaped_brackets_are_no_formulas(self) -> None:
        assert {kind for kind, _, _ in outline("$$ is the process id\n\n\\[x\\] is text\n\n$5 and $6\n")} == {
            "paragraph"
        }

    def test_a_very_long_line_is_in_parts_and_copied_whole(self) -> None:
        line = "x" * 5_000 + " y" * 2_000
        blocks = blocks_of(f"```\n{line}\nnext\n```\n")
        assert all(len(block.text) <= 2_000 for block in blocks)
        assert isinstance(blocks[0].group, Fence)
        assert blocks[0].group.source == f"{line}\nnext"


class TestTables:
    def test_each_row_is_a_block_and_the_head_is_number_nought(self) -> None:
        blocks = blocks_of("| a | b |\n|---|--:|\n| 1 | 2 |\n\nafter\n")
        assert [(block.kind, block.number, block.gap) for block in blocks] == [
            (Kind.ROW, 0, 0),
            (Kind.ROW, 1, 0),
            (Kind.PARAGRAPH, 0, 1),
        ]
        assert isinstance(blocks[0].group, Table)
        assert blocks[0].group.align == ["left", "right"]
        assert blocks[0].group.rows == 2

    def test_columns_are_measured_as_they_are_seen(self) -> None:
        table = blocks_of("| a | b |\n|---|---|\n| **bold** | [t](http://long.example) |\n| 日本 | x<br>yyy |\n")[
            0
        ].group
        assert isinstance(table, Table)
        assert table.natural == [4, 3]

    def test_later_rows_do_not_move_the_columns(self) -> None:
        table = blocks_of("| a |\n|---|\n" + "| b |\n" * 40 + "| much wider |\n")[0].group
        assert isinstance(table, Table)
        assert (table.natural, table.rows) == ([1], 42)

    def test_a_paragraph_above_without_an_empty_line_stays_one(self) -> None:
        assert [kind for kind, _, _ in outline("text\n| a |\n|---|\n")] == ["paragraph", "row"]

    @pytest.mark.parametrize("text", ["a | b\n---\n", "| a | b |\n|---|\n", "| a | b |\ntext\n"])
    def test_no_table_without_a_fitting_second_line(self, text: str) -> None:
        assert "row" not in {kind for kind, _, _ in outline(text)}

    def test_a_table_ends_where_another_block_begins(self) -> None:
        assert [kind for kind, _, _ in outline("| a |\n|---|\n# h\n")] == ["row", "heading 1"]


class TestReferences:
    def test_a_definition_is_shown_and_holds_from_there_on(self) -> None:
        before, definition, after = blocks_of("[t][a]\n\n[A]: <http://x.y> 'title'\n\n[t][a] and [b]\n")
        assert before.references == {}
        assert definition.text == "[A]: <http://x.y> 'title'"
        assert after.references == {"a": "http://x.y"}

    def test_the_first_definition_of_a_label_counts(self) -> None:
        assert blocks_of("[a]: http://one\n[a]: http://two\n\n[a]\n")[-1].references == {"a": "http://one"}

    def test_a_list_of_sources_has_no_gaps_but_lines(self) -> None:
        assert gaps("[1]: http://a\n[2]: http://b\n\n[^1]: note\n[^2]: note\n") == [0, 0, 1, 0]


class TestLongTexts:
    def test_a_long_paragraph_is_cut_after_a_sentence(self) -> None:
        blocks = blocks_of("This is a sentence of some words. " * 200)
        assert len(blocks) > 1
        assert all(block.text.endswith("words.") and len(block.text) <= 2_000 for block in blocks)
        assert [block.gap for block in blocks] == [0] * len(blocks)

    def test_a_cut_does_not_part_what_stands_in_marks(self) -> None:
        blocks = blocks_of(("**Bold. One. Two.** And `a. b` then. " + "word " * 20) * 20)
        assert all(block.text.count("**") % 2 == 0 and block.text.count("`") % 2 == 0 for block in blocks)

    def test_a_cut_does_not_part_a_letter_from_its_accent(self) -> None:
        assert all(block.text.startswith("e") for block in blocks_of("e\u0301" * 3_001))

    def test_a_long_quoted_line_stays_in_its_quote(self) -> None:
        blocks = blocks_of("> " + "word " * 2_000)
        assert {len(block.containers) for block in blocks} == {1}
        assert [block.opens for block in blocks] == [1] + [0] * (len(blocks) - 1)


def test_raw_html_is_shown_as_lines_of_text() -> None:
    assert outline("<details>\n<summary>x</summary>\n") == [("paragraph", "", "<details>  \n<summary>x</summary>")]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_line_ends(end: str) -> None:
    text = "# a\n\n- b\n- c\n\n```\nd\n```\n"
    assert outline(text.replace("\n", end)) == outline(text)


def test_the_source_is_what_was_fed() -> None:
    document = Document()
    for fragment in ("a\r", "\nb\t", "", "c"):
        document.feed(fragment)
    document.finish()
    assert document.source == "a\r\nb\tc"


def test_text_after_the_end_begins_a_new_line() -> None:
    document = Document()
    document.feed("one")
    document.finish()
    document.feed("two")
    assert [block.text for block in document.finish()] == ["two"]
