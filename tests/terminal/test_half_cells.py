"""Half cells: sizes, colours of terminals with few, and how much room a picture takes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from oxen_tui.terminal.fitting import MOST_CELLS, fitted, fitted_halves
from oxen_tui.terminal.half_cells import half_cell_pixels, nearest_of_240

STEPS = (0, 95, 135, 175, 215, 255)
TABLE = [*itertools.product(STEPS, repeat=3), *((8 + 10 * step,) * 3 for step in range(24))]
part = st.integers(0, 255)


@given(part, part, part)
def test_a_colour_becomes_the_nearest_one_of_the_table(red: int, green: int, blue: int) -> None:
    def far(colour: tuple[int, ...]) -> int:
        return sum((a - b) ** 2 for a, b in zip((red, green, blue), colour, strict=True))

    found = nearest_of_240(red, green, blue)

    assert found in TABLE
    assert far(found) == min(far(colour) for colour in TABLE)


def test_there_is_one_pixel_for_each_half_cell() -> None:
    picture = Image.new("RGB", (30, 30), (10, 200, 30))

    assert half_cell_pixels(picture, 4, 3, truecolour=True) == bytes((10, 200, 30)) * 12
    assert half_cell_pixels(picture, 4, 3, truecolour=False) == bytes((0, 215, 0)) * 12


@pytest.mark.parametrize(
    ("size", "place", "cells"),
    [
        ((1024, 1024), (100, 28), (56, 28)),
        ((1920, 1080), (40, 28), (40, 11)),
        ((1080, 1920), (40, 10), (11, 10)),
        ((3000, 2), (60, 20), (60, 1)),
        ((1, 1), (60, 20), (1, 1)),
        ((16, 16), (60, 20), (13, 7)),
        ((100, 100), (1000, 1000), (80, 40)),
    ],
)
def test_a_picture_keeps_its_shape(size: tuple[int, int], place: tuple[int, int], cells: tuple[int, int]) -> None:
    assert fitted(size, *place, (10, 20)) == cells


@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(1, 400), st.integers(1, 400))
def test_a_picture_never_leaves_its_place(width: int, height: int, columns: int, rows: int) -> None:
    across, down = fitted_halves((width, height), columns, rows, (9, 20))

    assert 1 <= across <= min(columns, MOST_CELLS)
    assert 1 <= down <= 2 * min(rows, MOST_CELLS)
