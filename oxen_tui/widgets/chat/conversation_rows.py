"""The rows of the side list: conversations under the headings of their days, made only where they are in view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import day_group, day_group_begins

_AHEAD = 2
"""Screenfuls before the end at which more is asked for."""


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """What the list shows of one conversation."""

    id: int
    title: str
    updated_at: datetime
    pinned: bool = False
    trouble: bool = False
    """The last answer failed or was cut off."""


class _Group(NamedTuple):
    heading: str
    line: int
    """Where its heading stands."""
    first: int
    """Its first conversation."""


class ConversationRows(RowList):
    """Ten thousand conversations cost what a screenful costs: neither rows nor headings are made beforehand."""

    class MoreWanted(Message):
        """The end of what is known comes near, and there is more."""

    def __init__(self, *, empty: Sequence[str] = (), id: str | None = None) -> None:  # noqa: A002
        super().__init__(empty=empty, id=id)
        self._conversations: Sequence[ConversationRow] = ()
        self._groups: list[_Group] = []
        self._answering: frozenset[int] = frozenset()
        self._open: int | None = None
        self._more = False

    def show_conversations(
        self,
        conversations: Sequence[ConversationRow],
        open_id: int | None,
        today: date,
        *,
        running: frozenset[int] = frozenset(),
        more: bool = False,
        highlight: str = "",
        anew: bool = False,
        empty: Sequence[str],
    ) -> None:
        """
        Args:
            conversations: The pinned ones first, then newest first.
            open_id: The one that the transcript shows.
            today: For the headings.
            running: Where an answer arrives.
            more: Whether there are older ones to ask for.
            highlight: Where the cursor goes; it stays otherwise.
            anew: Whether these were found by other words: then it goes to the first.
            empty: What to say where there are none.
        """
        key = highlight or self.highlighted
        self._conversations, self._open, self._answering, self._more = conversations, open_id, running, more
        self._groups, self._empty = _grouped(conversations, today), list(empty)
        self.stand_on(str(conversations[0].id) if anew and conversations else key)
        if anew:
            self.scroll_to(y=0, animate=False)
        self._ask_for_more()

    @property
    def row_count(self) -> int:
        if not self._groups:
            return 0
        last = self._groups[-1]
        return last.line + 1 + len(self._conversations) - last.first

    def key_at(self, index: int) -> str:
        place = self._place(index)
        return "" if place is None else str(self._conversations[place].id)

    def find(self, key: str) -> int | None:
        wanted = int(key)
        for place, conversation in enumerate(self._conversations):
            if conversation.id == wanted:
                group = self._groups[bisect_right(self._groups, place, key=lambda group: group.first) - 1]
                return group.line + 1 + place - group.first
        return None

    def row_at(self, index: int) -> Row:
        place = self._place(index)
        if place is None:
            group = self._group(index)
            return Row("", ((f" {group.heading}", "faint"),) if group and group.line == index else ())
        row = self._conversations[place]
        mark: tuple[Span, ...] = ()
        if row.id in self._answering:
            mark = ((glyph("running"), "accent"),)
        elif row.trouble:
            mark = ((glyph("failed"), "err"),)
        return Row(str(row.id), ((f" {row.title}", "bold" if row.id == self._open else "muted"),), mark)

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        super().watch_cursor(old, new)
        self._ask_for_more()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask_for_more()

    def _ask_for_more(self) -> None:
        seen = max(self.scroll_offset.y + self.size.height, self.cursor or 0)
        if self._more and seen + _AHEAD * self.size.height >= self.row_count:
            self._more = False  # once: the next look at the list says whether there is more
            self.post_message(self.MoreWanted())

    def _group(self, index: int) -> _Group | None:
        place = bisect_right(self._groups, index, key=lambda group: group.line) - 1
        return self._groups[place] if place >= 0 else None

    def _place(self, index: int) -> int | None:
        """Which conversation stands on a line; None is a heading or the blank line before one."""
        group = self._group(index)
        if group is None or index == group.line:
            return None
        place = group.first + index - group.line - 1
        following = bisect_right(self._groups, index, key=lambda group: group.line)
        end = self._groups[following].first if following < len(self._groups) else len(self._conversations)
        return place if place < end else None


def _grouped(conversations: Sequence[ConversationRow], today: date) -> list[_Group]:
    """Where the headings stand; looks at a few conversations of each group."""
    groups: list[_Group] = []

    def add(heading: str, first: int) -> None:
        line = groups[-1].line + 1 + first - groups[-1].first + 1 if groups else 0
        groups.append(_Group(heading, line, first))

    first = bisect_left(conversations, True, key=lambda row: not row.pinned)
    if first:
        add("Pinned", 0)
    while first < len(conversations):
        moment = conversations[first].updated_at
        add(day_group(moment, today), first)
        begins = day_group_begins(moment, today)
        first = max(first + 1, bisect_left(conversations, True, lo=first, key=lambda row: row.updated_at < begins))
    return groups
