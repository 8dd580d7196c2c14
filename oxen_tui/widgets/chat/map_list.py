"""The map of a conversation: a line for each message, with the rails that join them.

Only lines in view are made: thousands of messages open as quickly as ten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from oxen_tui.widgets.glyphs import glyph, in_use
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import counted

_MOST_LANES = 8
"""Lanes that are drawn; a siding further in shows the nearest ones."""

_WITH_TIMES, _WITH_TOKENS = 80, 104
"""Cells of the list from which on there is room for them."""

_WHO, _WHO_NARROW = 16, 10
"""Cells of who speaks."""


@dataclass(frozen=True, slots=True)
class MapEntry:
    """What is said of a message."""

    who: str
    """`you`, or the model's name."""
    text: str
    """How it begins, in one line."""
    is_question: bool = False
    state: str = "waiting"
    """A sign of `widgets/glyphs.py`: `waiting` for one that is as it should be, `failed`, `cancelled`, `running`,
    `other` for the result of a tool."""
    state_tone: str = ""
    """Of the sign; empty is that of the branch."""
    depth: int = 0
    """Its lane."""
    is_head: bool = False
    """Whether its siding begins with it."""
    shown: bool = False
    """Whether it is on the branch that the page shows."""
    is_leaf: bool = False
    """Whether it is the last message of that."""
    passed: bool = False
    """Whether that branch goes on in a line below."""
    sibling: int = 1
    siblings: int = 1
    hidden: int = 0
    """Messages that are folded into this line."""
    tokens: str = ""
    cost: str = ""
    time: str = ""


class MapList(RowList):
    """Keys of its rows are ids of messages, as text."""

    def __init__(self, *, empty: Sequence[str] = ()) -> None:
        super().__init__(empty=empty)
        self._ids: Sequence[int] = ()
        self._places: Mapping[int, int] = {}
        self._describe: Callable[[int], MapEntry] = lambda _: MapEntry("", "")
        self._marks: Sequence[int] = ()
        self._flat = False

    def show_map(
        self,
        ids: Sequence[int],
        describe: Callable[[int], MapEntry],
        *,
        stand_on: int | None,
        marks: Sequence[int] = (),
        flat: bool = False,
        empty: Sequence[str] = (),
    ) -> None:
        """Show these messages.

        Args:
            ids: From the top down.
            describe: What a line says; asked for those in view.
            stand_on: Where the cursor goes; None leaves it where it is.
            marks: Those that are to be compared, in their order.
            flat: Without rails: some messages are left out.
            empty: What to say where there are none.
        """
        highlighted = self.highlighted if stand_on is None else str(stand_on)
        self._ids, self._describe, self._marks, self._flat = ids, describe, marks, flat
        self._places = {message_id: place for place, message_id in enumerate(ids)}
        self._empty = list(empty)
        self.stand_on(highlighted)

    @property
    def message_id(self) -> int | None:
        """The message under the cursor."""
        return None if self.cursor is None else self._ids[self.cursor]

    def on_resize(self) -> None:
        """Keep the cursor in view, also where the rows came before there was a size."""
        if self.cursor is not None:
            self._reveal(self.cursor)

    # Rows

    @property
    def row_count(self) -> int:
        return len(self._ids)

    def key_at(self, index: int) -> str:
        return str(self._ids[index])

    def find(self, key: str) -> int | None:
        return self._places.get(int(key)) if key else None

    def row_at(self, index: int) -> Row:
        entry, wide = self._describe(self._ids[index]), self.size.width
        message_id = self._ids[index]
        mark = str(self._marks.index(message_id) + 1) if message_id in self._marks else " "
        left: list[Span] = [(f"{mark} ", "accent-bold")]
        if not self._flat:
            left += _rails(entry)
        left.append(_sign(entry))
        room = _WHO if wide >= _WITH_TIMES else _WHO_NARROW
        who = entry.who if cell_len(entry.who) <= room else set_cell_size(entry.who, room - 1).rstrip() + "…"
        said = (
            ("text" if entry.is_question else "muted") if entry.shown else ("muted" if entry.is_question else "faint")
        )
        left += [(f" {set_cell_size(who, room)}  ", "faint" if not entry.shown else "muted"), (entry.text, said)]
        return Row(str(message_id), tuple(left), tuple(self._facts(entry, wide)))

    def _facts(self, entry: MapEntry, wide: int) -> list[Span]:
        facts: list[Span] = []
        if entry.hidden:
            facts.append((f"{counted(entry.hidden, 'more message')}  ", "faint"))
        elif wide >= _WITH_TOKENS:
            facts.append((f"{entry.tokens:>13}  {entry.cost:>10}  ", "faint"))
        branch = f"{entry.sibling}/{entry.siblings}" if entry.siblings > 1 else ""
        facts.append((f"{branch:>5}", "text" if entry.shown else "muted"))
        if wide >= _WITH_TIMES:
            facts.append((f"  {entry.time:>6}", "faint"))
        return facts if branch or entry.hidden or wide >= _WITH_TIMES else []


def _rails(entry: MapEntry) -> list[Span]:
    """What stands before the sign: the lanes that pass by, and where the siding leaves."""
    signs = in_use()
    lanes = [f"{signs.box[5]} "] * entry.depth
    if entry.is_head:
        lanes[-1] = signs.branch
    if entry.depth > _MOST_LANES:
        return [(f"{signs.ellipsis} " + "".join(lanes[-_MOST_LANES + 1 :]), "line")]
    outermost: list[Span] = [(lanes[0], "accent" if entry.passed else "line")] if lanes else []
    return [*outermost, ("".join(lanes[1:]), "line")]


def _sign(entry: MapEntry) -> Span:
    if entry.hidden:
        return glyph("folded"), "muted"
    if entry.state == "waiting" and entry.is_leaf:
        return glyph("marked"), "accent"
    return glyph(entry.state), entry.state_tone or ("accent" if entry.shown else "faint")
