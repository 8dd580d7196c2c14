"""The side list of conversations: a filter over rows grouped by day, the pinned ones on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from oxen_tui.widgets.chat.conversation_rows import ConversationRow, ConversationRows
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import count

_NONE = ["No conversations yet", "ctrl+n starts one"]
_ALL_ARCHIVED = ["All are archived", "A shows them"]
_NONE_ARCHIVED = ["Nothing is archived", "A shows the others again"]
_NOTHING_FOUND = ["No title holds these words", "esc clears the filter"]

ARCHIVED = "archived"
"""The word in the filter that shows archived conversations instead."""


__all__ = ["ConversationList", "ConversationRow"]


class ConversationList(Vertical):
    """Shows conversations, newest first; says which one was opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "clear, then leave", id="conversations.clear"),
        Binding("slash", "filter", "filter", id="conversations.filter"),
        Binding("f2", "rename", "rename", id="conversations.rename"),
        Binding("p", "pin", "pin", id="conversations.pin"),
        Binding("a", "archive", "archive", id="conversations.archive"),
        Binding("d,delete", "delete", "delete", id="conversations.delete"),
        Binding("A", "archived", "Archived ones, or the others again", show=False, id="conversations.archived"),
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

    class Opened(Message):
        """A conversation was chosen."""

        conversation_id: int

    class RenameWanted(Message):
        """The title of this conversation is to be changed."""

        conversation_id: int

    class DeleteWanted(Message):
        """This conversation is to be deleted (undo is offered)."""

        conversation_id: int

    class PinWanted(Message):
        """This conversation is to be pinned, or no longer."""

        conversation_id: int

    class ArchiveWanted(Message):
        """This conversation is to be archived, or taken back."""

        conversation_id: int

    class Filtered(Message):
        """Other conversations are wanted: see `wanted`."""

    MoreWanted = ConversationRows.MoreWanted

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._open: int | None = None
        self._words = ""
        """Of the filter that rows were shown for last."""

    def compose(self) -> ComposeResult:
        yield OneLine(id="conversation-count")
        yield LineInput(placeholder="/ filter", id="conversation-filter", select_on_focus=False)
        yield ConversationRows(empty=_NONE, id="conversation-rows")

    def on_mount(self) -> None:
        self.query_one(OneLine).say([("  Conversations", "title")], [("0", "faint"), ("  ", "text")])

    @property
    def wanted(self) -> tuple[str, bool]:
        """Words that titles must hold, and whether archived conversations are wanted instead of the others."""
        words = self.query_one(Input).value.split()
        others = [word for word in words if word.casefold() != ARCHIVED]
        return " ".join(others), len(others) < len(words)

    def show(
        self,
        conversations: Sequence[ConversationRow],
        open_id: int | None,
        today: date,
        *,
        running: frozenset[int] = frozenset(),
        found: int,
        total: int,
        only_archived: bool = False,
    ) -> None:
        """Show these, the beginning of what was found.

        Args:
            conversations: The pinned ones first, then newest first.
            open_id: The conversation that the transcript shows.
            today: For the headings of days.
            running: Conversations in which an answer arrives.
            found: How many hold the words of the filter.
            total: How many there are.
            only_archived: Whether there are none because all were archived.
        """
        moved, self._open = open_id != self._open, open_id
        words, archived = self.wanted
        anew, self._words = bool(words) and words != self._words, words
        number = f"{count(found)} of {count(total)}" if words else count(total)
        title = "  Archived" if archived else "  Conversations"
        self.query_one(OneLine).say([(title, "title")], [(number, "faint"), ("  ", "text")])
        none = _NONE_ARCHIVED if archived else _ALL_ARCHIVED if only_archived else _NONE
        empty = _NOTHING_FOUND if words and total else none
        self.query_one(ConversationRows).show_conversations(
            conversations,
            open_id,
            today,
            running=running,
            more=len(conversations) < found,
            highlight=str(open_id) if moved and open_id else "",
            anew=anew,
            empty=empty,
        )

    def show_archived(self, archived: bool) -> None:
        """Show archived conversations, or the others again; the filter says so."""
        words, _ = self.wanted
        self.query_one(Input).value = " ".join(word for word in (ARCHIVED if archived else "", words) if word)

    def focus(self, scroll_visible: bool = True) -> ConversationList:
        self.query_one(ConversationRows).focus(scroll_visible)
        return self

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if action == "filter":
            return not self.is_typed_in
        if action == "clear":
            return self.is_typed_in or any(self.wanted)
        return super().check_action(action, parameters)

    @property
    def is_typed_in(self) -> bool:
        """Whether the filter has the keys."""
        field = self.screen.focused
        return isinstance(field, Input) and field.parent is self

    def action_clear(self) -> None:
        """Show all again; where that is so, go from the filter to the list."""
        if any(self.wanted):
            self.query_one(Input).value = ""
        else:
            self.focus()

    def action_filter(self) -> None:
        self.query_one(Input).focus()

    def action_rename(self) -> None:
        if key := self.query_one(ConversationRows).highlighted:
            self.post_message(self.RenameWanted(int(key)))

    def action_pin(self) -> None:
        if key := self.query_one(ConversationRows).highlighted:
            self.post_message(self.PinWanted(int(key)))

    def action_archive(self) -> None:
        if key := self.query_one(ConversationRows).highlighted:
            self.post_message(self.ArchiveWanted(int(key)))

    def action_archived(self) -> None:
        self.show_archived(not self.wanted[1])

    def action_delete(self) -> None:
        if key := self.query_one(ConversationRows).highlighted:
            self.post_message(self.DeleteWanted(int(key)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.refresh_bindings()
        self.post_message(self.Filtered())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(ConversationRows).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(int(event.key)))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
