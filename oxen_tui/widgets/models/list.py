"""The list of models: grouped, in columns, and made of nothing but what is in view.

The list holds groups of models as they are handed in; a row comes into being when it is drawn. So a key in the filter
costs the same drawing for 200 models and for 50,000.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual import events

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.models.columns import (
    Columns,
    ModelRow,
    columns,
    context_cell,
    head,
    kind_cell,
    name_cell,
    takes_cell,
)
from oxen_tui.widgets.one_line import OneLine, Span, cut
from oxen_tui.widgets.presence import Presence
from oxen_tui.widgets.row_list import Row, RowList

_NARROW = 80
"""Columns of the screen below which kinds are signs alone."""


class ModelRows(Protocol):
    """Rows that are made when they are asked for. All but `find` are asked for each row that is drawn."""

    def __len__(self) -> int: ...

    def key_at(self, index: int) -> str:
        """The id of a model."""
        ...

    def row_at(self, index: int) -> ModelRow: ...

    def find(self, key: str) -> int | None:
        """Where a model is among these."""
        ...


@dataclass(frozen=True, slots=True)
class ModelGroup:
    """Models under one title."""

    title: str
    rows: ModelRows


class ModelList(RowList):
    """Models with a cursor. Says what `RowList` says; the keys of rows are ids of models."""

    def __init__(
        self,
        moved: Callable[[], None] | None = None,
        *,
        empty: Sequence[str] = (),
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            moved: Called when the cursor was moved. `Highlighted` comes after the bar has been painted; what is done
                within this call is painted together with it.
            empty: What to say where there are no models.
            id: For stylesheets.
        """
        super().__init__(empty=empty, id=id)
        self._moved = moved
        self._groups: list[ModelGroup] = []
        self._starts: list[int] = []
        """Where the models of each group begin."""
        self._count = 0
        self._usual = 0

    # What is shown

    def show_groups(
        self, groups: Sequence[ModelGroup], *, highlight: str | None = None, empty: Sequence[str] | None = None
    ) -> None:
        """Show these; the cursor stays on its model, or goes to `highlight`, else to what stands in its place."""
        key = highlight if highlight is not None else self.highlighted
        self._groups = [group for group in groups if len(group.rows)]
        self._starts, self._count = [], 0
        for group in self._groups:
            self._count += 2 if self._starts else 1  # the title, and a blank line between groups
            self._starts.append(self._count)
            self._count += len(group.rows)
        if empty is not None:
            self._empty = list(empty)
        self.stand_on(key)

    def make_room(self, cells: int) -> None:
        """Give the names this room where there is so much. To be the same for every filter, so that columns stay."""
        if cells != self._usual:
            self._usual = cells
            self.refresh()

    @property
    def columns(self) -> Columns:
        """What fits now."""
        return columns(self.size.width, self._usual, kind_words=self.screen.size.width >= _NARROW)

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        super().watch_cursor(old, new)
        if new is not None and self._moved is not None:
            self._moved()

    # As `RowList` asks

    @property
    def row_count(self) -> int:
        return self._count

    def key_at(self, index: int) -> str:
        found = self._place(index)
        return found[0].key_at(found[1]) if found else ""

    def find(self, key: str) -> int | None:
        for start, group in zip(self._starts, self._groups, strict=True):
            if (index := group.rows.find(key)) is not None:
                return start + index
        return None

    def row_at(self, index: int) -> Row:
        if found := self._place(index):
            return self._row(found[0].row_at(found[1]))
        place = bisect_right(self._starts, index + 1) - 1
        if place >= 0 and self._starts[place] == index + 1:
            return Row("", ((f"   {self._groups[place].title}", "faint"),))
        return Row("")

    def under_cursor(self, left: Sequence[Span]) -> list[Span]:
        star = glyph("favourite")
        return [(text, "bold" if tone == "text" else "accent" if text == star else tone) for text, tone in left]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is left to who holds the list: what it does hangs on the model and on the room there is."""
        return False if action == "choose" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        # The first click looks, the second opens: opening leaves the pane. The base would open at once.
        event.prevent_default()
        index = event.y + self.scroll_offset.y
        if index < self.row_count and self.key_at(index):
            if index == self.cursor:
                self.action_choose()
            self.cursor = index

    # What a row is made of

    def _place(self, index: int) -> tuple[ModelRows, int] | None:
        """The group that has this line as a model, and which of its models it is."""
        place = bisect_right(self._starts, index) - 1
        if place < 0:
            return None
        rows, offset = self._groups[place].rows, index - self._starts[place]
        return (rows, offset) if offset < len(rows) else None

    def _row(self, row: ModelRow) -> Row:
        layout, gone = self.columns, row.change == "gone"
        left: list[Span] = [
            (glyph("marked") if row.marked else " ", "accent"),
            (glyph("favourite") if row.favourite else " ", "muted"),
            (" ", "text"),
            *name_cell(row, layout.name),
            ("  ", "text"),
            (kind_cell(row.kind, layout), "muted"),
        ]
        if takes := takes_cell(row, layout):
            left += [("  ", "text"), *takes]
        if layout.context:
            left += [("  ", "text"), (context_cell(row, layout), "muted")]
        tone = "text" if any(sign.isdigit() for sign in row.price) and not gone else "faint"
        return Row(row.id, tuple(left), tuple(cut([(row.price, tone)], layout.price)))


class ColumnTitles(Presence, OneLine):
    """Titles over the columns of a list."""

    def __init__(self, models: ModelList, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._models = models

    def draw(self) -> None:
        """Say the titles that fit now."""
        left, right = head(self._models.columns)
        self.say(left, [*right, ("  ", "text")])

    def on_resize(self) -> None:
        # After the list has its new size.
        self.call_after_refresh(self.draw)
