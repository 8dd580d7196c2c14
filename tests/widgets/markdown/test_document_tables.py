"""Rows are parted into cells, and delimiter rows are read."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.markdown.tables import alignments, cells


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("|a||b|", ["a", "", "b"]),
        (r"| a \| b | c |", ["a | b", "c"]),
        (r"| `a \| b` | c |", ["`a | b`", "c"]),
        (r"| a \\ | b |", [r"a \\", "b"]),
        ("|", []),
        ("| a", ["a"]),
    ],
)
def test_pipes_part_cells_unless_they_are_escaped(row: str, expected: list[str]) -> None:
    assert cells(row) == expected


def test_missing_cells_are_empty() -> None:
    assert cells("| a |", 3) == ["a", "", ""]


def test_a_pipe_in_code_parts_nothing_where_that_would_make_too_many_cells() -> None:
    assert cells("| `a | b` | c |", 2) == ["`a | b`", "c"]
    assert cells("| `a | b` |", 2) == ["`a", "b`"]


def test_words_beyond_the_last_column_stay_in_it() -> None:
    assert cells("| a | b | c |", 2) == ["a", "b | c"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("|---|:--|--:|:-:|", ["left", "left", "right", "center"]),
        ("--- | ---", ["left", "left"]),
        (":-", ["left"]),
        ("---", ["left"]),
        ("-", None),
        ("- | -", None),
        ("| a |", None),
        ("|---||", None),
        ("| -- - |", None),
        ("|-" * 300, None),
    ],
)
def test_the_delimiter_row_says_how_columns_are_aligned(line: str, expected: list[str] | None) -> None:
    assert alignments(line) == expected
