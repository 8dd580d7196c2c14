"""The parts that a turn is made of, one under another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from oxen_tui.widgets.transcript.body import Body
from oxen_tui.widgets.transcript.insets import InsetRow
from oxen_tui.widgets.transcript.line import Line

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.tree_lines import TreeLines


@dataclass(slots=True)
class Lines:
    """A part that is drawn at once: heads, fold lines, closing lines."""

    lines: list[Line]

    @property
    def height(self) -> int:
        return len(self.lines)

    def line(self, y: int) -> Line:
        return self.lines[y]


Part: TypeAlias = "Lines | Body | InsetRow | TreeLines"


@dataclass(slots=True, frozen=True)
class Place:
    """Where a reader is in a turn, in words that hold when everything is laid out anew."""

    part: str
    block: int
    """Number of the block in a body; the line itself in other parts."""
    line: int
    height: int
    """Lines that the block had; 0 for the open end."""


def present(line: Line | None) -> list[Line]:
    """A line that there may be none of."""
    return [line] if line else []
