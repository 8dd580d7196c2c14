"""All turns one under another: which line stands where, and the reader's place when things above it change.

Heights of what nobody has seen are estimates. A place is therefore kept as a turn and a place in it, never as a
number of lines, whenever something is laid out anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from oxen_tui.widgets.lines.line import Line
    from oxen_tui.widgets.markdown.painter import Painter
    from oxen_tui.widgets.transcript.parts import Place
    from oxen_tui.widgets.transcript.turn import Turn
    from oxen_tui.widgets.transcript.turn_lines import TurnLines


LINES = 1 << 24
"""More than any turn has."""


class Anchor(NamedTuple):
    """A line that is to stay where it is on the screen."""

    turn: TurnLines
    place: Place


class Found(NamedTuple):
    """A line and where it belongs."""

    number: int
    """Of the turn."""
    at: int
    """Of the line in its turn."""
    line: Line


class Column:
    """The turns of a conversation at one width."""

    def __init__(self, painter: Painter) -> None:
        self.painter = painter
        self.turns: list[TurnLines] = []
        self.total = 0
        """Lines of all turns, in part estimated."""
        self._by_id: dict[int, TurnLines] = {}
        self._tops: list[int] = []

    # Turns

    def show(self, turns: Iterable[Turn]) -> None:
        """Put these in place of all turns."""
        self.turns = [_lines_of(turn) for turn in turns]
        self._index()

    def prepend(self, turns: Iterable[Turn]) -> None:
        """Put these before all others."""
        self.turns = [*(_lines_of(turn) for turn in turns), *self.turns]
        self._index()

    def append(self, turn: Turn) -> TurnLines:
        """One more at the end."""
        lines = _lines_of(turn)
        lines.is_first = not self.turns
        self.turns.append(lines)
        self._by_id[turn.id] = lines
        lines.lay_out(self.painter)
        self._tops.append(self.total)
        self.total += lines.height(self.painter)
        return lines

    def replace(self, turn: Turn) -> TurnLines:
        """Another turn in the place of the one with its id; what was open stays open."""
        old = self._by_id[turn.id]
        lines = _lines_of(turn)
        lines.opened, lines.as_source = old.opened, old.as_source
        self.turns[self.turns.index(old)] = lines
        self._index()
        return lines

    def remove(self, turn_id: int) -> None:
        """Take a turn out. Not having it is no mistake."""
        old = self._by_id.get(turn_id)
        if old:
            self.turns.remove(old)
            self._index()

    def get(self, turn_id: int) -> TurnLines | None:
        """The lines of a turn."""
        return self._by_id.get(turn_id)

    def _index(self) -> None:
        for lines in self.turns:
            if lines.is_first and lines is not self.turns[0]:
                lines.is_first = False
                lines.refresh()
        if self.turns and not self.turns[0].is_first:
            self.turns[0].is_first = True
            self.turns[0].refresh()
        self._by_id = {lines.turn.id: lines for lines in self.turns}
        self._by_id |= {held: lines for lines in self.turns for held in lines.turn.holds}
        self.measure()

    # Heights

    def measure(self) -> None:
        """Add all heights up anew."""
        painter = self.painter
        tops = list(accumulate([lines.height(painter) for lines in self.turns], initial=0))
        self.total = tops.pop()
        self._tops = tops

    def grown(self, lines: TurnLines) -> None:
        """One turn has another height now."""
        if self.turns and lines is self.turns[-1]:
            self.total = self._tops[-1] + lines.height(self.painter)
        else:
            self.measure()

    def paint_with(self, painter: Painter) -> None:
        """Take another width or theme."""
        self.painter = painter
        self.measure()

    # Places

    def number_at(self, y: int) -> int:
        """Which turn stands at a line; the last one below all lines. -1 if there is none."""
        return max(0, bisect_right(self._tops, y) - 1) if self.turns else -1

    def top_of(self, number: int) -> int:
        """The first line of a turn; the blank one before it counts."""
        return self._tops[number] if number < len(self._tops) else self.total

    def line(self, y: int) -> Found | None:
        """The line at a height. None where nothing stands."""
        if not 0 <= y < self.total:
            return None
        number = self.number_at(y)
        self._lay_out(number)
        at = y - self._tops[number]
        return Found(number, at, self.turns[number].line(at))

    def anchor(self, y: int) -> Anchor | None:
        """What holds the place of a line."""
        if not self.turns:
            return None
        y = max(0, min(y, self.total - 1))
        number = self.number_at(y)
        self._lay_out(number)
        return Anchor(self.turns[number], self.turns[number].place(y - self._tops[number]))

    def _lay_out(self, number: int) -> None:
        lines = self.turns[number]
        height = lines.height(self.painter)
        lines.lay_out(self.painter)
        if lines.height(self.painter) != height:
            self.measure()

    def find(self, anchor: Anchor) -> int:
        """Where the anchored line is now."""
        if anchor.turn not in self.turns:
            return 0
        return self._tops[self.turns.index(anchor.turn)] + anchor.turn.find(anchor.place)

    def know_down(self, anchor: Anchor, rows: int) -> int:
        """Have true heights from an anchor on, for so many lines. Gives the line of the anchor after it."""
        if anchor.turn not in self.turns:
            return 0
        number = self.turns.index(anchor.turn)
        anchor.turn.lay_out(self.painter)
        at = anchor.turn.find(anchor.place)
        left = rows
        for lines in self.turns[number:]:
            if left <= 0:
                break
            lines.lay_out(self.painter)
            start = at if lines is anchor.turn else 0
            lines.know_down(start, left)
            left -= lines.height(self.painter) - start
        self.measure()
        return self._tops[number] + anchor.turn.find(anchor.place)

    def know_up(self, anchor: Anchor, rows: int) -> int:
        """Have true heights above an anchor, for so many lines. Gives the line of the anchor after it."""
        if anchor.turn not in self.turns:
            return 0
        number = self.turns.index(anchor.turn)
        anchor.turn.lay_out(self.painter)
        at = anchor.turn.find(anchor.place)
        anchor.turn.know_up(at, rows)
        self._know_ends(number, rows - at)
        return self._tops[number] + anchor.turn.find(anchor.place)

    def know_end(self, rows: int) -> None:
        """Have true heights at the very end."""
        self._know_ends(len(self.turns), rows)

    def _know_ends(self, number: int, rows: int) -> None:
        """Have true heights above a turn."""
        while rows > 0 and number > 0:
            number -= 1
            lines = self.turns[number]
            lines.lay_out(self.painter)
            lines.know_up(lines.height(self.painter), rows)
            rows -= lines.height(self.painter)
        self.measure()


def _lines_of(turn: Turn) -> TurnLines:
    # What lays out a turn is loaded with the first one: an empty page takes keys before that.
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

    return TurnLines(turn)


def row_code(number: int, at: int) -> int:
    """The `y` of an offset, for a turn and a line in it."""
    return number * LINES + at
