"""The blocks of one text, one under another: how high each is, and the line at a height.

Of sealed blocks only heights are kept; their lines are the painter's, for as long as it likes. The height of a block
that nobody has seen yet is estimated, so that a text of any length is laid out at once; `settle` and its kin put
true heights in place of estimates around what is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from oxen_tui.widgets.lines.line import MARGIN, Line, Piece, Sheet
from oxen_tui.widgets.markdown.blocks import Block, Table

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter


class Source(Protocol):
    """Text in, blocks out: `document.Document`, `literal.Literal`."""

    @property
    def source(self) -> str: ...
    def feed(self, fragment: str) -> list[Block]: ...
    def tail(self) -> list[Block]: ...
    def finish(self) -> list[Block]: ...


class BlockLines(NamedTuple):
    """A block and where it stands."""

    block: Block
    start: int
    """Its first line of text."""
    end: int
    """The line after it."""


class Body:
    """One text at one width. Before `lay_out` it has no height and no lines."""

    def __init__(self, source: Source, sheet: Sheet, painter: Painter, streaming: bool) -> None:
        self.sheet = sheet
        self.source = source
        self.blocks: list[Block] = []
        """The sealed ones."""
        self.streaming = streaming
        """Whether the streaming mark stands after the last word."""
        self.first: Line | None = None
        """Drawn in place of the first line, if it is set."""
        self._painter = painter
        self._heights: list[int] = []
        self._known: list[bool] = []
        self._starts: list[int] = []
        self._sealed = 0
        self._tail_blocks: list[tuple[Block, list[Line]]] = []
        self._tail: list[Line] = []
        self._mark: tuple[int, int, Line] | None = None
        self._table: tuple[Table, tuple[int, ...]] | None = None

    @property
    def height(self) -> int:
        """Lines, in part estimated."""
        return self._sealed + len(self._tail)

    # Growing

    def feed(self, text: str) -> None:
        """Add text that streams in."""
        for block in self.source.feed(text):
            self._seal(block)
        self._draw_tail()

    def finish(self) -> None:
        """The text is complete."""
        self.streaming = False
        for block in self.source.finish():
            self._seal(block)
        self._draw_tail()

    def load(self, text: str) -> None:
        """Begin with text that is there already; nothing of it is drawn yet."""
        blocks = self.source.feed(text)
        if not self.streaming:
            blocks += self.source.finish()
        self.blocks = blocks
        self.lay_out(self._painter)

    def lay_out(self, painter: Painter) -> None:
        """Take another width or theme. Heights are estimates after it."""
        self._painter = painter
        self._tail_blocks = []
        before: Block | None = None
        self._heights = []
        for block in self.blocks:
            self._heights.append(painter.estimate(before, block, self.sheet))
            before = block
        self._known = [False] * len(self.blocks)
        self._starts = [0] * len(self.blocks)
        self._table = None
        self._add_up(0)
        self._draw_tail()

    def _seal(self, block: Block) -> None:
        before = self.blocks[-1] if self.blocks else None
        number = len(self.blocks)
        self.blocks.append(block)
        self._starts.append(self._sealed)
        self._heights.append(len(self._painter.lines(before, block, self.sheet)))
        self._known.append(True)
        self._sealed += self._heights[-1]
        if isinstance(block.group, Table):
            self._refit(block, block.group, number)

    def _refit(self, block: Block, table: Table, number: int) -> None:
        """A row of a table may have widened a column: the rows above it are then drawn anew.

        This is the only case in which sealed lines change. A table measures its first rows only, so they are few.
        """
        widths = self._painter.widths(block, self.sheet)
        old = self._table[1] if self._table and self._table[0] is table else None
        self._table = (table, widths)
        if block.number and old != widths:
            first = max(0, number - block.number)
            for row in range(first, number + 1):
                self._measure(row)
            self._add_up(first)

    def _draw_tail(self) -> None:
        lines: list[Line] = []
        before = self.blocks[-1] if self.blocks else None
        drawn: list[tuple[Block, list[Line]]] = []
        for number, block in enumerate(self.source.tail()):
            old = self._tail_blocks[number] if number < len(self._tail_blocks) else None
            if old and _looks_the_same(old[0], block):
                drawn.append((block, old[1]))
            else:
                drawn.append((block, self._painter.draw(block, self.sheet)))
            lines += self._painter.lead(before, block, self.sheet) + drawn[-1][1]
            before = block
        self._tail_blocks = drawn
        if before and self._painter.closes_code(before, None):
            lines.append(self._painter.edge(before, self.sheet, top=False))
        self._tail = lines
        self._mark = self._marked() if self.streaming else None

    def _marked(self) -> tuple[int, int, Line]:
        """The last line of text with the streaming mark after it: its block, its place in the block, the line.

        The open end counts as a block after the last one.
        """
        glyph = self._painter.glyphs.mark
        last = len(self.blocks)
        for block, lines in ((last, self._tail), (last - 1, self._lines(last - 1) if last else [])):
            for at in range(len(lines) - 1, -1, -1):
                if not lines[at].ornament:
                    return block, at, self._with_mark(lines[at], glyph)
        line = self._painter.line(self.sheet, [], [], after=[Piece(glyph, "accent")])
        self._tail = [line]
        return last, 0, line

    def _with_mark(self, line: Line, glyph: str) -> Line:
        strip = line.strip
        cell = max(MARGIN, cell_len(strip.text[: line.end]))
        under = next(iter(strip.crop(cell, cell + 1)), None)
        if under is None:
            return line
        inks = self._painter.inks
        mark = Strip([Segment(glyph, inks.over(under.style or inks["text"], "accent"))], 1)
        marked = Strip.join([strip.crop(0, cell), mark, strip.crop(cell + 1)])
        return replace(line, strip=marked)

    # Heights

    def _lines(self, number: int) -> list[Line]:
        before = self.blocks[number - 1] if number else None
        return self._painter.lines(before, self.blocks[number], self.sheet)

    def _measure(self, number: int) -> bool:
        """Put the true height of a block in place of the estimate; whether it differs."""
        height = len(self._lines(number))
        changed = height != self._heights[number]
        self._heights[number] = height
        self._known[number] = True
        return changed

    def _add_up(self, first: int) -> None:
        """Find the starts of all blocks from one on."""
        y = self._starts[first - 1] + self._heights[first - 1] if first else 0
        starts, heights = self._starts, self._heights
        for number in range(first, len(heights)):
            starts[number] = y
            y += heights[number]
        self._sealed = y

    def number_at(self, y: int) -> int:
        """Which sealed block stands at a line; their count for a line of the open end."""
        return len(self.blocks) if y >= self._sealed else bisect_right(self._starts, y) - 1

    def start_of(self, number: int) -> int:
        """The first line of a block, or of the open end."""
        return self._starts[number] if number < len(self.blocks) else self._sealed

    def know(self, number: int) -> None:
        """Have the true height of one block."""
        if number < len(self.blocks) and not self._known[number] and self._measure(number):
            self._add_up(number)

    def know_down(self, y: int, rows: int) -> None:
        """Have true heights from the block at a line on, for so many lines."""
        first = number = self.number_at(max(0, y))
        changed = False
        rows += y - self.start_of(number)
        while rows > 0 and number < len(self.blocks):
            changed |= not self._known[number] and self._measure(number)
            rows -= self._heights[number]
            number += 1
        if changed:
            self._add_up(first)

    def know_up(self, y: int, rows: int) -> None:
        """Have true heights above the block at a line, for so many lines."""
        number = self.number_at(y)
        changed = False
        while rows > 0 and number > 0:
            number -= 1
            changed |= not self._known[number] and self._measure(number)
            rows -= self._heights[number]
        if changed:
            self._add_up(number)

    # What stands where

    def line(self, y: int) -> Line:
        """The line at a height."""
        if self._mark and y == self.start_of(self._mark[0]) + self._mark[1]:
            return self._mark[2]
        if self.first and y == 0:
            return self.first
        if y >= self._sealed:
            return self._tail[y - self._sealed] if y < self.height else self._painter.blank
        number = bisect_right(self._starts, y) - 1
        lines = self._lines(number)
        at = y - self._starts[number]
        return lines[at] if at < len(lines) else self._painter.blank

    def block_at(self, y: int) -> BlockLines | None:
        """The sealed block at a line. None for a line of the open end."""
        number = self.number_at(y)
        if number == len(self.blocks):
            return None
        self.know(number)
        block = self.blocks[number]
        lead = len(self._painter.lead(self.blocks[number - 1] if number else None, block, self.sheet))
        start = self._starts[number]
        return BlockLines(block, start + lead, start + self._heights[number])


def _looks_the_same(one: Block, other: Block) -> bool:
    """Whether a block of the open end is as it was a frame ago: the last part of a paragraph may be much text."""
    plain = not one.containers and not other.containers and one.group is None and other.group is None
    return plain and one.text == other.text and one.kind is other.kind and one.level == other.level
