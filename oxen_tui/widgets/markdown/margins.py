"""What stands before the text of a block: indentation, list markers, the bars of quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from oxen_tui.widgets.lines.line import Piece, Sheet
from oxen_tui.widgets.markdown.blocks import Block, Container, Kind

if TYPE_CHECKING:
    from oxen_tui.widgets.glyphs import Glyphs


class Room(NamedTuple):
    """What the terminal leaves to the transcript."""

    width: int
    """Cells of the transcript itself."""
    narrow: bool = False
    """The terminal has under 80 columns: no times, no label for the user's own turns, less indentation."""
    edges: bool = True
    """Surfaces get half-row edges."""
    brackets: bool = False
    """Surfaces cannot be seen, so chips need brackets."""


class Margins:
    """Draws these pieces."""

    def __init__(self, room: Room, glyphs: Glyphs) -> None:
        self._narrow = room.narrow
        self._glyphs = glyphs

    def before(self, block: Block, sheet: Sheet) -> tuple[list[Piece], list[Piece]]:
        """What stands before a block's first line, and before the others. Both are as wide."""
        indent = sheet.indent
        listed = block.containers and block.containers[0].kind == "item"
        if not self._narrow and (listed or (block.kind is Kind.ROW and not block.containers)):
            indent += 2
        first = [Piece(" " * indent, sheet.tone)] if indent else []
        rest = list(first)
        opened = len(block.containers) - block.opens
        for depth, container in enumerate(block.containers):
            if container.kind == "quote":
                bar = Piece(f"{self._glyphs.quote} ", "line")
                first.append(bar)
                rest.append(bar)
                continue
            marker = self._marker(container)
            blanks = Piece(" " * cell_len(marker), sheet.tone)
            first.append(Piece(marker, "faint") if depth >= opened else blanks)
            rest.append(blanks)
        return first, rest

    def cells(self, block: Block, sheet: Sheet) -> int:
        """How wide that is."""
        return width_of(self.before(block, sheet)[1])

    def _marker(self, container: Container) -> str:
        marker = container.marker if container.marker[:1].isdigit() else self._glyphs.bullet
        if container.task is not None:
            marker = self._glyphs.task_done if container.task else self._glyphs.task_open
        return f"{marker} "


def width_of(pieces: Sequence[Piece]) -> int:
    """Cells that some pieces take together."""
    return sum([cell_len(piece.text) for piece in pieces])
