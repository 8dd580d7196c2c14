"""How many cells a picture covers when it keeps its shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Cell = tuple[int, int]
"""Pixels of one cell of the terminal, width and height."""

USUAL_CELL: Final[Cell] = (10, 20)
"""Where the terminal does not say."""
MOST_CELLS: Final = 297
"""In either direction: as many rows and columns can be named in the graphics protocol."""
LARGEST_ENLARGEMENT: Final = 8.0
"""Pixels of the screen for one of the picture: an icon of 16 pixels is not blown up to a page."""


def fitted(
    size: Sequence[int], columns: int, rows: int, cell: Cell, most: float = LARGEST_ENLARGEMENT
) -> tuple[int, int]:
    """Columns and rows that a picture covers within so many; at least one of each.

    Args:
        size: Pixels of the picture, width and height.
        columns: Cells there is room for.
        rows: Likewise.
        cell: Of this terminal.
        most: Pixels of the screen for one of the picture.
    """
    columns, half_rows = fitted_halves(size, columns, rows, cell, most)
    return columns, (half_rows + 1) // 2


def fitted_halves(
    size: Sequence[int], columns: int, rows: int, cell: Cell, most: float = LARGEST_ENLARGEMENT
) -> tuple[int, int]:
    """The same with the height in halves of a row, as half cells have it."""
    columns, rows = max(1, min(columns, MOST_CELLS)), max(1, min(rows, MOST_CELLS))
    width, height = size[0] / cell[0], 2 * size[1] / cell[1]
    scale = min(columns / width, 2 * rows / height, most)
    return _between(width * scale, columns), _between(height * scale, 2 * rows)


def _between(cells: float, most: int) -> int:
    return max(1, min(round(cells), most))
