"""Widths of columns, and the lines of a row."""

from __future__ import annotations

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.markdown.table_lines import fit, row_lines


def text(lines: list[list[Piece]]) -> list[str]:
    return ["".join([piece.text for piece in line]) for line in lines]


def test_columns_take_what_they_want_if_there_is_room() -> None:
    assert fit([5, 10, 0], 40) == (5, 10, 1)


def test_columns_of_words_keep_their_width_and_phrases_give_way() -> None:
    assert fit([13, 11, 9, 5, 20], 56) == (13, 11, 9, 5, 10)
    assert fit([40, 5, 60], 50) == (20, 5, 21)


def test_all_columns_shrink_where_nothing_else_helps() -> None:
    widths = fit([15, 15, 15, 15], 40)
    assert sum(widths) + 6 == 40
    assert max(widths) - min(widths) <= 1


def test_more_columns_than_the_room_holds_do_not_fail() -> None:
    assert fit([9] * 30, 20) == (3,) * 30
    assert fit([], 20) == ()


def test_cells_are_aligned_and_broken_in_their_columns() -> None:
    cells = [[Piece("a", "t")], [Piece("12", "t")], [Piece("one two", "t")]]
    lines = text(row_lines(cells, (3, 4, 4), ("center", "right", "left"), "t"))
    assert lines == [" a     12  one", "           two"]
