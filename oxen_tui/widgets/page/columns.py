"""Cells of text beside one another on a page: each is broken at its own width, and the longest makes the height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, cells_of
from oxen_tui.widgets.lines.wrapping import Wrapped


def beside_one_another(cells: Sequence[Sequence[Wrapped]], rooms: Sequence[int], gap: int) -> Iterator[PageLine]:
    """The lines of a row.

    Args:
        cells: From the left, each as it was broken.
        rooms: The width of each, in terminal cells.
        gap: Terminal cells between two.
    """
    for number in range(max(map(len, cells), default=0)):
        pieces: list[Piece] = []
        for cell, room in zip(cells, rooms, strict=True):
            line = _trimmed(cell[number].pieces) if number < len(cell) else []
            pieces += [*line, Piece(" " * (room - cells_of(line) + gap), "text")]
        yield PageLine(tuple(pieces))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the blanks of a break, which would push the next column."""
    return [*pieces[:-1], Piece(pieces[-1].text.rstrip(), pieces[-1].ink)] if pieces else []
