"""The parts that a turn is made of, one under another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from oxen_tui.widgets.markdown.body import Body

if TYPE_CHECKING:
    from oxen_tui.widgets.lines.line import Line
    from oxen_tui.widgets.markdown.insets import InsetRow
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


def know_down(parts: Sequence[tuple[int, str, Part]], y: int, rows: int) -> None:
    """Have true heights in parts, with where each begins, from a line on, for so many lines."""
    end = y + rows
    start = 0  # not where it was: heights above may have become true meanwhile
    for _, _, part in parts:
        if isinstance(part, Body) and start < end and start + part.height > y:
            part.know_down(max(0, y - start), end - max(y, start))
        start += part.height


def know_up(parts: Sequence[tuple[int, str, Part]], y: int, rows: int) -> None:
    """The same above a line."""
    for start, _, part in reversed(parts):
        if isinstance(part, Body) and start < y and start + part.height > y - rows:
            bottom = min(part.height, y - start)
            part.know_up(bottom, rows - (y - start - bottom))
