"""Where tiles stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.widgets.gallery.layout import lay_out


@pytest.mark.parametrize(
    ("size", "columns", "tile", "rows"),
    [
        ((78, 34), 3, (22, 8), 3),
        ((80, 20), 3, (22, 8), 2),
        ((60, 16), 2, (25, 10), 1),
        ((106, 38), 4, (22, 9), 3),
        ((30, 16), 1, (24, 10), 1),
    ],
)
def test_as_many_fit_as_can_be_told(size: tuple[int, int], columns: int, tile: tuple[int, int], rows: int) -> None:
    layout = lay_out(*size)
    assert (layout.columns, (layout.width, layout.height), layout.rows) == (columns, tile, rows)


@given(st.integers(1, 400), st.integers(1, 120), st.integers(0, 999))
@settings(max_examples=80)
def test_every_size_has_a_layout_that_fits_it(width: int, height: int, index: int) -> None:
    layout = lay_out(width, height)
    assert layout.columns >= 1
    assert layout.rows >= 1
    assert layout.pitch > layout.caption
    if width >= 28:
        assert layout.width >= 22
        assert layout.left(layout.columns - 1) + layout.width + 2 <= width
    if height >= 10:
        assert layout.height >= 8
    row, column = divmod(index, layout.columns)
    line = row * layout.pitch + 1
    assert layout.index_at(layout.left(column), line) == index
    assert layout.index_at(layout.left(column) + layout.width - 1, line) == index
    assert layout.index_at(layout.left(column) - 1, line) is None
    assert layout.lines(index + 1) == (row + 1) * layout.pitch


THREE_A_ROW = lay_out(78, 34)


@pytest.mark.parametrize(
    ("index", "across", "down", "target"),
    [
        (0, 1, 0, 1),
        (0, -1, 0, 0),
        (2, 1, 0, 3),
        (7, 1, 0, 7),
        (1, 0, 1, 4),
        (5, 0, 1, 7),
        (7, 0, 1, 7),
        (1, 0, -1, 1),
        (6, 0, -1, 3),
    ],
)
def test_a_step_leads_to_a_tile_or_nowhere(index: int, across: int, down: int, target: int) -> None:
    assert THREE_A_ROW.beside(index, across, down, 8) == target


@pytest.mark.parametrize(("index", "step", "target"), [(1, 1, 10), (10, 1, 13), (11, -1, 2), (1, -1, 1), (13, -1, 4)])
def test_a_page_leads_as_far_as_there_are_tiles(index: int, step: int, target: int) -> None:
    assert THREE_A_ROW.a_page_from(index, step, 14) == target
