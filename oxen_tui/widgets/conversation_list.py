"""The side list of conversations: a filter over rows grouped by day, marks for what runs and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import count, day_group


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """What the list shows of one conversation."""

    id: int
    title: str
    updated_at: datetime
    running: bool = False
    trouble: bool = False
    """The last answer failed or was cut off."""


class ConversationList(Vertical):
    """Shows conversations, newest first; says which one was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "filter", id="conversations.filter"),
        Binding("f2", "rename", "rename", id="conversations.rename"),
        Binding("d,delete", "delete", "delete", id="conversations.delete"),
    ]

    DEFAULT_CSS = """
    ConversationList {
        width: 28; background: $panel; padding: 1 0 0 0;
        & > OneLine { background: $panel; }
        & > Input { height: 1; border: none; padding: 0 2; margin: 1 0; background: $panel; color: $text; }
        & > Input:focus { border: none; background: $field; }
        & > Input > .input--placeholder { color: $faint; }
        & > RowList { background: $panel; }
    }
    """

    @dataclass
    class Opened(Message):
        """A conversation was chosen."""

        conversation_id: int

    @dataclass
    class RenameWanted(Message):
        """The title of this conversation is to be changed."""

        conversation_id: int

    @dataclass
    class DeleteWanted(Message):
        """This conversation is to be deleted (undo is offered)."""

        conversation_id: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._all: list[ConversationRow] = []
        self._today = date.today()
        self._open: int | None = None

    def compose(self) -> ComposeResult:
        yield OneLine(id="conversation-count")
        yield LineInput(placeholder="/ filter", id="conversation-filter", select_on_focus=False)
        yield RowList(empty=["No conversations yet", "ctrl+n starts one"], id="conversation-rows")

    def on_mount(self) -> None:
        self._draw()

    def show(self, conversations: Sequence[ConversationRow], open_id: int | None, today: date) -> None:
        """Show these; `open_id` is the conversation that the transcript shows."""
        moved = open_id != self._open
        self._all, self._open, self._today = list(conversations), open_id, today
        self._draw(highlight=str(open_id) if moved and open_id else None)

    def focus(self, scroll_visible: bool = True) -> ConversationList:
        self.query_one(RowList).focus(scroll_visible)
        return self

    def action_filter(self) -> None:
        self.query_one(Input).focus()

    def action_rename(self) -> None:
        if key := self.query_one(RowList).highlighted:
            self.post_message(self.RenameWanted(int(key)))

    def action_delete(self) -> None:
        if key := self.query_one(RowList).highlighted:
            self.post_message(self.DeleteWanted(int(key)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(RowList).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(int(event.key)))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()

    def _draw(self, highlight: str | None = None) -> None:
        if not self.is_mounted:
            return
        words = self.query_one(Input).value.casefold().split()
        shown = [row for row in self._all if all(word in row.title.casefold() for word in words)]
        number = f"{count(len(shown))} of {count(len(self._all))}" if words else count(len(self._all))
        self.query_one(OneLine).say([("  Conversations", "title")], [(number, "faint"), ("  ", "text")])
        empty = ["No title holds these words", "esc clears the filter"] if words else None
        if not self._all:
            empty = ["No conversations yet", "ctrl+n starts one"]
        self.query_one(RowList).show(list(self._rows(shown)), highlight=highlight, empty=empty)

    def _rows(self, shown: Sequence[ConversationRow]) -> Sequence[Row]:
        rows: list[Row] = []
        group = ""
        for row in shown:
            if (heading := day_group(row.updated_at, self._today)) != group:
                if group:
                    rows.append(Row(""))
                rows.append(Row("", ((f" {heading}", "faint"),)))
                group = heading
            mark: tuple[Span, ...] = ()
            if row.running:
                mark = ((glyph("running"), "accent"),)
            elif row.trouble:
                mark = ((glyph("failed"), "err"),)
            here = row.id == self._open
            rows.append(Row(str(row.id), ((f" {row.title}", "bold" if here else "muted"),), mark))
        return rows
