"""Questions that wait, in a few quiet lines above the composer; all of them while the list has the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList

_MOST_QUIET = 3
"""Rows while the list has no focus; one in a low terminal."""
_LOW = 30
"""Rows of a terminal below which it is low, as in the screen's breakpoints."""

_WORDS = 36
"""Cells that a hint leaves to the words of a question."""


class WaitingRow(NamedTuple):
    """One of them."""

    id: str
    text: str
    """One line."""
    edited: bool = False
    """It stands in the composer."""


class WaitingList(RowList):
    """Shows them, and says what is to be done with one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "edit", id="waiting.edit"),
        Binding("delete,d", "remove", "remove", id="waiting.remove"),
        Binding("K,shift+up", "shift(-1)", "earlier", id="waiting.earlier"),
        Binding("J,shift+down", "shift(1)", "later", id="waiting.later"),
        Binding("escape", "leave", "back", id="waiting.leave"),
    ]

    DEFAULT_CSS = """
    WaitingList { height: auto; max-height: 4; display: none; margin: 1 3 0 0; }
    WaitingList:focus { max-height: 8; }
    """

    class EditWanted(Message):
        """It is to be written on."""

        question_id: str

    class RemoveWanted(Message):
        """It is not to be asked."""

        question_id: str

    class MoveWanted(Message):
        """It is to be asked earlier (-1) or later (1)."""

        question_id: str
        step: int

    class Left(Message):
        """The keys are to go back to where questions are written."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._waiting: tuple[WaitingRow, ...] = ()
        self._hint = ""

    def tell(self, rows: Sequence[WaitingRow], hint: str) -> None:
        """Show these, first to be asked first.

        Args:
            rows: All of them.
            hint: What the first, or the one that is written on, waits for; cut at a dot where there is little room.
        """
        if (tuple(rows), hint) != (self._waiting, self._hint):
            self._waiting, self._hint = tuple(rows), hint
            self._draw()

    def watch_has_focus(self, focus: bool) -> None:
        super().watch_has_focus(focus)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def action_remove(self) -> None:
        if key := self.highlighted:
            self.post_message(self.RemoveWanted(key))

    def action_shift(self, step: int) -> None:
        if key := self.highlighted:
            self.post_message(self.MoveWanted(key, step))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    @on(RowList.Chosen)
    def _edit(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.EditWanted(event.key))

    def _draw(self) -> None:
        waiting = self._waiting
        self.display = bool(waiting)
        most = len(waiting) if self.has_focus else 1 if self.app.size.height < _LOW else _MOST_QUIET
        more = len(waiting) - most
        edited = next((place for place, row in enumerate(waiting) if row.edited), 0)
        first = max(0, edited - most + 1)  # the one that is written on is always seen
        rows = [self._row(first + place, row) for place, row in enumerate(waiting[first : first + most])]
        if more > 0 and most > 1:
            rows.append(Row("", ((f" {glyph('more')}{more} more", "faint"),)))
        elif more > 0:
            rows[0] = Row(rows[0].key, rows[0].left, ((f"{glyph('more')}{more} more  ", "faint"), *rows[0].right))
        stood = self.highlighted
        self.show(rows, highlight=stood or (waiting[-1].id if waiting else ""))
        if not self.has_focus:
            self.set_reactive(RowList.cursor, None)

    def _row(self, place: int, row: WaitingRow) -> Row:
        number = f"{place + 1} {glyph('dot')} "
        tone = "accent" if row.edited else "muted"
        hint = self._hint if row.edited or (place == 0 and not any(each.edited for each in self._waiting)) else ""
        room = (self.size.width or self.app.size.width) - cell_len(number) - _WORDS
        fits = [each for each in (hint, hint.partition(f" {glyph('dot')} ")[0]) if each and cell_len(each) < room]
        right: tuple[Span, ...] = ((fits[0], "faint"),) if fits else ()
        return Row(row.id, ((f" {number}", "faint"), (row.text, tone)), right)
