"""Only the cells that differ are drawn anew."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from oxen_tui.widgets.driver.changed_cells import DrawnLines, changed_cells

BOLD = Style(bold=True)


def strip(*texts: str, styles: tuple[Style | None, ...] = ()) -> Strip:
    given_styles = styles or (None,) * len(texts)
    return Strip([Segment(text, style) for text, style in zip(texts, given_styles, strict=True)])


def test_a_clock_costs_the_cell_that_moves() -> None:
    assert changed_cells(strip("kelp-motion  1:12  ~$0.60"), strip("kelp-motion  1:13  ~$0.60")) == (16, 17)


def test_lines_that_look_the_same_cost_nothing() -> None:
    assert changed_cells(strip("a", "b"), strip("a", "b")) is None


def test_another_style_is_a_change() -> None:
    assert changed_cells(strip("ab", "cd", "ef"), strip("ab", "cd", "ef", styles=(None, BOLD, None))) == (2, 4)


def test_wide_characters_are_not_cut() -> None:
    assert changed_cells(strip("1 漢字."), strip("1 漢子.")) == (4, 6)


texts = st.lists(st.sampled_from(["a", "b", " ", "漢", "e\u0301", "━"]), max_size=6).map("".join)


@settings(max_examples=150)
@given(st.lists(texts, min_size=1, max_size=3), st.lists(texts, min_size=1, max_size=3))
def test_outside_of_the_cells_nothing_differs(old: list[str], new: list[str]) -> None:
    before = strip(*old).adjust_cell_length(20)
    after = strip(*new).adjust_cell_length(20)
    cells = changed_cells(before, after)
    if cells is None:
        assert before.text == after.text
    else:
        left, right = cells
        assert before.crop(0, left).text == after.crop(0, left).text
        assert before.crop(right, 20).text == after.crop(right, 20).text


def test_drawn_lines_say_what_changed_since_they_were_drawn() -> None:
    now = ["a 1", "b 1"]
    drawn = DrawnLines(lambda y: strip(now[y]))
    assert [drawn.line(y).text for y in (0, 1)] == now
    assert list(drawn.changes()) == []
    now[1] = "b 2"
    assert [tuple(region) for region in drawn.changes()] == [(2, 1, 1, 1)]
    assert drawn.line(1).text == "b 2"
    assert list(drawn.changes()) == []
