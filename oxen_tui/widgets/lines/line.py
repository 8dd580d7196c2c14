"""A line as it is drawn, with what a copy and a click have to know about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from oxen_tui.widgets.lines.inks import Inks


class Piece(NamedTuple):
    """Some text that looks the same all over."""

    text: str
    ink: str
    href: str = ""
    """Where a click leads."""


class Link(NamedTuple):
    """Where on a line a link stands, in cells."""

    start: int
    end: int
    href: str


@dataclass(slots=True, frozen=True)
class Line:
    """Shared by whoever draws the same line, so it never changes."""

    strip: Strip
    """As wide as the transcript."""
    start: int = 0
    """Characters of the strip before the text: bars, margins, markers."""
    end: int = 0
    """Characters up to the end of the text; what follows is padding, or a label."""
    wrapped: bool = False
    """The text goes on in the next line without a break in the source."""
    ornament: bool = False
    """Edges and rules: no part of a copy."""
    links: tuple[Link, ...] = ()
    fold: str = ""
    """A click anywhere on this line folds or unfolds what has this key."""

    shows: tuple[Link, ...] = ()
    """Pictures on this line, by their addresses."""

    @property
    def text(self) -> str:
        """What a copy of the line holds."""
        return self.strip.text[self.start : self.end]


@dataclass(slots=True, frozen=True)
class Sheet:
    """What text is written on."""

    name: str
    fill: str = ""
    """Ink of the surface, from the second cell to the last. Empty for the bare ground."""
    bar: bool = False
    """Whether a bar stands in the first cell."""
    tone: str = "text"
    """Ink of plain words."""
    indent: int = 0
    """Cells between the left margin and the text."""
    literal: bool = False
    """Text is shown as it is written, without Markdown."""


ANSWER = Sheet("answer")
QUESTION = Sheet("question", fill="panel", bar=True, literal=True)
REASONING = Sheet("reasoning", tone="muted", indent=2)
DETAIL = Sheet("detail", tone="muted", indent=2, literal=True)
"""What a tool was asked and what it said."""
NOTICE = Sheet("notice", tone="muted")

MARGIN = 2
"""Cells between the edge and the text, on both sides. The first one holds the bar."""


class Strips:
    """Puts pieces together to strips of the whole width."""

    def __init__(self, width: int, inks: Inks, bar: str) -> None:
        self.width = width
        self.inks = inks
        self._bar = bar
        self.blank = Strip([Segment(" " * width, inks["text"])], width)
        """The bare ground."""

    def row(self, sheet: Sheet, pieces: Iterable[Piece], fill: str = "") -> tuple[Strip, tuple[Link, ...]]:
        """Pieces from the left margin on, padded to the width; what is too long is cut off.

        Args:
            fill: Ink of the padding, if it is not the sheet's surface.
        """
        segments, text, style = self._edge(sheet)
        links: list[Link] = []
        cells = MARGIN
        ground = f"{sheet.fill}+" if sheet.fill else ""
        for piece, ink, href in pieces:
            if not piece:
                continue
            size = cell_len(piece)
            if href:
                links.append(Link(cells, cells + size, href))
            cells += size
            # One segment for all that looks the same: the style of each is written out for the terminal.
            next_style = self.inks[ground + ink]
            if next_style is style:
                text += piece
                continue
            segments.append(Segment(text, style))
            text, style = piece, next_style
        if cells < self.width:
            next_style = self.inks[fill or sheet.fill or "text"]
            blanks = " " * (self.width - cells)
            if next_style is style:
                text += blanks
            else:
                segments.append(Segment(text, style))
                text, style = blanks, next_style
        segments.append(Segment(text, style))
        strip = Strip(segments, max(cells, self.width))
        return (strip if cells <= self.width else strip.crop(0, self.width)), tuple(links)

    def edge(self, sheet: Sheet) -> Strip:
        """The margin of a line that is put together elsewhere."""
        segments, text, style = self._edge(sheet)
        return Strip([*segments, Segment(text, style)], MARGIN)

    def _edge(self, sheet: Sheet) -> tuple[list[Segment], str, Style]:
        """The first cells: what is finished of them, and what the text may go on from."""
        if not sheet.fill:
            return [], " " * MARGIN, self.inks["text"]
        bar = Segment(self._bar, self.inks["line"]) if sheet.bar else Segment(" ", self.inks["text"])
        return [bar], " " * (MARGIN - 1), self.inks[sheet.fill + "+text"]
