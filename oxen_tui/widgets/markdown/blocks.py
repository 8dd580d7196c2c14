"""The parts of a Markdown document as it is drawn: blocks that are final, and what several of them share.

A block is the smallest thing that is sealed while a text streams in: a paragraph, a heading, an item's first
paragraph, one line of code, one row of a table. Once sealed it never changes, so its lines may be kept. Pure data;
`document.py` makes blocks, `painter.py` draws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from oxen_tui.widgets.markdown.inline import NO_REFERENCES


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    """One line of a fence (or of an indented block, or of displayed mathematics)."""
    ROW = "row"
    """One row of a table. The head is number 0; the delimiter row is no block."""
    RULE = "rule"


@dataclass(slots=True, eq=False)
class Container:
    """A list item or a quote in which blocks stand. Blocks of one item share one object."""

    kind: str
    """`item` or `quote`."""
    marker: str = ""
    """What is to be shown: `-`, `*`, `+`, `3.` or `3)`. A number that does not rise is counted on from the item
    before, so a source of `1. 1. 1.` gives 1, 2, 3. Empty for a quote."""
    task: bool | None = None
    """For `- [ ]` and `- [x]` items: whether it is ticked."""


@dataclass(slots=True, eq=False)
class Fence:
    """What the lines of one code block share."""

    language: str = ""
    """First word of the info string; `math` for displayed mathematics; empty when unknown."""
    lines: list[str] = field(default_factory=list)
    """Source lines sealed so far, without the container's indentation, tabs kept: one for each block."""
    continued: set[int] = field(default_factory=set)
    """Numbers of the blocks that go on with the source line of the block before: a very long line is in parts."""
    closed: bool = False
    """No more lines will come: the fence was closed, or what it stands in has ended."""

    @property
    def source(self) -> str:
        """The code as it was written, for copying. Takes time with its length."""
        parts = [("" if number in self.continued else "\n") + line for number, line in enumerate(self.lines)]
        return "".join(parts)[1:]


@dataclass(slots=True, eq=False)
class Table:
    """What the rows of one table share."""

    align: list[str] = field(default_factory=list)
    """`left`, `right` or `center` for each column. Its length is the number of columns."""
    rows: int = 0
    """Rows sealed so far, the head included."""
    natural: list[int] = field(default_factory=list)
    """Cells that each column would like, measured over the first rows only (`tables.MEASURED_ROWS`)."""


@dataclass(slots=True, eq=False)
class Block:
    kind: Kind
    text: str
    """Inline source of a paragraph or heading (lines parted by newlines), one line of code (tabs expanded), or
    the source of one table row (`tables.cells` parts it)."""
    gap: int = 1
    """Blank lines before it: 0 or 1."""
    containers: tuple[Container, ...] = ()
    """Outermost first."""
    opens: int = 0
    """How many of the innermost containers begin with this block: their markers are drawn on its first line."""
    level: int = 0
    """Of a heading, 1 to 6."""
    group: Fence | Table | None = None
    number: int = 0
    """Place within the group, from 0."""
    references: Mapping[str, str] = field(default_factory=lambda: NO_REFERENCES)
    """Targets for the `[text][label]` links in the text, of those defined above it; hand them to `parse_inline`."""
