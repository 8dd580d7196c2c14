"""Blocks become lines here, at one width and under one theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from oxen_tui.widgets.lines.line import MARGIN, Line, Piece, Sheet, Strips
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.markdown import prose
from oxen_tui.widgets.markdown.blocks import Block, Fence, Kind, Table
from oxen_tui.widgets.markdown.highlight import Highlighter
from oxen_tui.widgets.markdown.margins import Margins, Room, width_of
from oxen_tui.widgets.markdown.table_lines import fit, row_lines
from oxen_tui.widgets.markdown.tables import cells, wide_enough

if TYPE_CHECKING:
    from oxen_tui.widgets.glyphs import Glyphs
    from oxen_tui.widgets.lines.inks import Inks
    from oxen_tui.widgets.markdown.insets import Insets

MEASURE = 88
"""Columns that prose takes at most, however wide the terminal."""

KEPT_LINES = 1_500
"""Lines that are kept: some screens full, whatever the length of the conversation."""


LATELY = 200
"""Lines that are compared with what is to be drawn."""


class Painter:
    """Draws blocks. A new one is made for every width and theme."""

    def __init__(self, room: Room, inks: Inks, glyphs: Glyphs, insets: Insets | None = None) -> None:
        """
        Args:
            insets: The pictures of the transcript; None where nothing is shown on a screen.
        """
        self.insets = insets
        self.room = room
        self.inks = inks
        self.glyphs = glyphs
        self.strips = Strips(room.width, inks, glyphs.edge_bar)
        self.inner = max(8, room.width - 2 * MARGIN)
        """Cells between the margins."""
        self.measure = min(MEASURE, self.inner)
        self.blank = Line(self.strips.blank)
        self._margins = Margins(room, glyphs)
        self._highlighter = Highlighter()
        self._kept: dict[tuple[object, ...], tuple[Block, list[Line]]] = {}
        self._count = 0  # of lines in it
        self._lately: dict[tuple[object, ...], Line] = {}

    # Blocks

    def lines(self, before: Block | None, block: Block, sheet: Sheet) -> list[Line]:
        """The lines of a sealed block, with what stands between it and the one before. They are kept for a while."""
        key: tuple[object, ...] = (id(block), sheet.name)
        if isinstance(block.group, Table):
            key += self.widths(block, sheet)
        kept = self._kept.get(key)
        if kept is None:
            # The block is kept too: as long as it is, no other can have its id.
            kept = self._kept[key] = (block, self.lead(before, block, sheet) + self.draw(block, sheet))
            self._count += len(kept[1])
            if self._count > KEPT_LINES:
                self._forget(key)
        return kept[1]

    def _forget(self, latest: tuple[object, ...]) -> None:
        """Let go of the lines that were drawn first, down to half."""
        for key in list(self._kept):
            if self._count <= KEPT_LINES // 2:
                break
            if key != latest:
                self._count -= len(self._kept.pop(key)[1])

    def draw(self, block: Block, sheet: Sheet) -> list[Line]:
        """The lines of a block that may still change."""
        match block.kind:
            case Kind.CODE:
                return self._code(block, sheet)
            case Kind.ROW:
                return self._row(block, sheet)
            case Kind.RULE:
                return [self._rule(block, sheet)]
            case _:
                return self._prose(block, sheet)

    def lead(self, before: Block | None, block: Block, sheet: Sheet) -> list[Line]:
        """What stands between two blocks: the end of one surface, blank lines, the beginning of another."""
        if before is None:
            return [self.edge(block, sheet, top=True)] if self._opens_code(block) else []
        lines = [self.edge(before, sheet, top=False)] if self.closes_code(before, block) else []
        if block.gap:
            lines += [self._gap(before, block, sheet)] * block.gap
        if self._opens_code(block):
            lines.append(self.edge(block, sheet, top=True))
        return lines

    def closes_code(self, block: Block, after: Block | None) -> bool:
        """Whether an edge is due under a block."""
        return self.room.edges and block.kind is Kind.CODE and (after is None or after.group is not block.group)

    def _opens_code(self, block: Block) -> bool:
        return self.room.edges and block.kind is Kind.CODE and block.number == 0

    def estimate(self, before: Block | None, block: Block, sheet: Sheet) -> int:
        """About how many lines a block takes with its lead, without drawing it."""
        lead = block.gap if before else 0
        if self.closes_code(before, block) if before else False:
            lead += 1
        if block.kind is Kind.CODE:
            lead += self._opens_code(block)
            return lead + 1 + len(block.text) // max(1, self.inner - 2 * self._code_padding)
        if block.kind in (Kind.ROW, Kind.RULE):
            return lead + 1 + (block.kind is Kind.ROW and block.number == 0)
        width = self.measure - self._margins.cells(block, sheet)
        return lead + 1 + len(block.text) // max(8, width) + (block.level == 1)

    # Prose

    def _prose(self, block: Block, sheet: Sheet) -> list[Line]:
        first, rest = self._margins.before(block, sheet)
        tone = self._tone(block, sheet)
        pieces = prose.literal(block.text, tone) if sheet.literal else prose.pieces(block, tone, self.glyphs)
        width = max(8, self.measure - width_of(first))
        wrapped = wrap(pieces, width)
        lines = [
            self.line(sheet, rest if number else first, line.pieces, line.goes_on)
            for number, line in enumerate(wrapped)
        ]
        if block.kind is Kind.HEADING and block.level == 1:
            lines.append(self._rule(block, sheet))
        return lines

    def _tone(self, block: Block, sheet: Sheet) -> str:
        if block.kind is Kind.HEADING:
            return "muted+strong" if block.level > 2 else f"{sheet.tone}+strong"
        quoted = any(container.kind == "quote" for container in block.containers)
        return "muted" if quoted else sheet.tone

    def _rule(self, block: Block, sheet: Sheet) -> Line:
        prefix = self._margins.before(block, sheet)[1]
        return self.ornament(sheet, [*prefix, Piece(self.glyphs.rule * (self.measure - width_of(prefix)), "line")])

    # Code

    @property
    def _code_padding(self) -> int:
        return 1 if self.room.narrow else 2

    def _code(self, block: Block, sheet: Sheet) -> list[Line]:
        fence = block.group if isinstance(block.group, Fence) else Fence()
        first, rest = self._margins.before(block, sheet)
        padding = Piece(" " * self._code_padding, "panel")
        width = max(8, self.inner - width_of(first))
        inside = max(6, width - 2 * self._code_padding)
        wrapped = wrap(self._highlighter.line(fence, block.number, block.text), inside)
        lines = []
        for number, (pieces, goes_on) in enumerate(wrapped):
            on_panel = [Piece(text, f"panel+{ink}") for text, ink, _ in pieces]
            spare = max(0, width - self._code_padding - sum([cell_len(piece.text) for piece in pieces]))
            label = self._label(fence, spare) if block.number == number == 0 else ""
            before = [*(rest if number else first), padding]
            after = [
                Piece(" " * (spare - cell_len(label)), "panel"),
                Piece(label, "panel+faint"),
            ]
            lines.append(self.line(sheet, before, on_panel, goes_on, after, fill=sheet.fill or "text"))
        return lines

    def _label(self, fence: Fence, spare: int) -> str:
        """Language and key, as much of it as there is room for."""
        copies = f"{self.glyphs.dot} Y copies" if self.glyphs.dot != "," else "- Y copies"
        language = fence.language[:20]
        for label in (f"{language} {copies}" if language else "Y copies", language):
            label += " " * self._code_padding
            if label.strip() and cell_len(label) + 2 <= spare:
                return label
        return ""

    def edge(self, block: Block, sheet: Sheet, top: bool) -> Line:
        """Half a row of the surface of code, above or below it."""
        prefix = self._margins.before(block, sheet)[1]
        half = self.glyphs.half_top if top else self.glyphs.half_bottom
        return self.ornament(sheet, [*prefix, Piece(half * (self.inner - width_of(prefix)), "edge")])

    # Tables

    def widths(self, block: Block, sheet: Sheet) -> tuple[int, ...]:
        """The columns of the table that a row belongs to, as they are now."""
        table = block.group if isinstance(block.group, Table) else Table()
        natural = table.natural
        if block.number >= table.rows:  # it still grows: in the columns of those above its words would be broken
            natural = wide_enough(table, block.text)
        return fit(natural, max(8, self.inner - self._margins.cells(block, sheet)))

    def _row(self, block: Block, sheet: Sheet) -> list[Line]:
        table = block.group if isinstance(block.group, Table) else Table()
        first, rest = self._margins.before(block, sheet)
        head = block.number == 0
        tone = "muted+strong" if head else sheet.tone
        widths = self.widths(block, sheet)
        content = [prose.cell(cell, tone, block.references) for cell in cells(block.text, len(table.align))]
        lines = [
            self.line(sheet, rest if number else first, pieces)
            for number, pieces in enumerate(row_lines(content, widths, table.align, sheet.tone))
        ]
        if head:
            width = min(sum(widths) + 2 * (len(widths) - 1), self.inner - width_of(rest))
            lines.append(self.ornament(sheet, [*rest, Piece(self.glyphs.rule * width, "line")]))
        return lines

    # Lines between blocks

    def _gap(self, before: Block, block: Block, sheet: Sheet) -> Line:
        """A blank line; within a quote its bar goes through."""
        shared = 0
        for one, other in zip(before.containers, block.containers, strict=False):
            if one is not other:
                break
            shared += 1
        if not any(container.kind == "quote" for container in block.containers[:shared]):
            return self.plain(sheet)
        between = Block(Kind.PARAGRAPH, "", containers=block.containers[:shared])
        return self.ornament(sheet, self._margins.before(between, sheet)[1], blank=True)

    # Lines

    def line(
        self,
        sheet: Sheet,
        before: Sequence[Piece],
        text: Sequence[Piece],
        wrapped: bool = False,
        after: Sequence[Piece] = (),
        fill: str = "",
    ) -> Line:
        """A line of text. Only `text` is part of a copy.

        A line that was drawn lately comes back as the same object: most lines of the open end of an answer are drawn
        in every frame and stay as they are.
        """
        key = (sheet.name, tuple(before), tuple(text), wrapped, tuple(after), fill)
        line = self._lately.get(key)
        if line is None:
            if len(self._lately) >= LATELY:
                self._lately.clear()
            line = self._lately[key] = self._new_line(sheet, before, text, wrapped, after, fill)
        return line

    def _new_line(
        self,
        sheet: Sheet,
        before: Sequence[Piece],
        text: Sequence[Piece],
        wrapped: bool,
        after: Sequence[Piece],
        fill: str,
    ) -> Line:
        strip, links = self.strips.row(sheet, [*before, *text, *after], fill)
        start = MARGIN + sum([len(piece.text) for piece in before])
        end = start + sum([len(piece.text) for piece in text])
        return Line(strip, start, end, wrapped, links=links)

    def ornament(self, sheet: Sheet, pieces: Sequence[Piece], blank: bool = False) -> Line:
        """A line without text. A blank one still counts as an empty line in a copy."""
        return Line(self.strips.row(sheet, pieces)[0], ornament=not blank)

    def across(self, parts: Sequence[tuple[str, Style]]) -> Line:
        """A line from the very first cell on, without text."""
        return Line(Strip([Segment(text, style) for text, style in parts], self.room.width), ornament=True)

    def plain(self, sheet: Sheet) -> Line:
        """An empty line."""
        return Line(self.strips.row(sheet, [])[0]) if sheet.fill else self.blank
