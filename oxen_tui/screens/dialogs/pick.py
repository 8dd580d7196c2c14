"""Chooses one of many: type to narrow the list, Enter takes the row under the bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.row_list import Row, RowList

_MOST_ROWS = 16
"""Of the list, however high the terminal is."""


class Pick(Dialog[str]):
    """Answers the key of a row. Subclasses say what the rows are for what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]

    # The bar is on the row that Enter takes; the field shows by its cursor that it is typed in.
    DEFAULT_CSS = "Pick > .dialog Input:focus { border: none; border-left: inner $field; }"

    HINT = "enter takes it   esc leaves it as it was"

    class Looked(Message):
        """The bar stands on another row."""

        key: str

    def __init__(
        self,
        title: str,
        placeholder: str,
        empty: Sequence[str] = ("Nothing has these words",),
        name: str | None = None,
    ) -> None:
        super().__init__(name=name)
        self._title, self._placeholder, self._empty = title, placeholder, empty

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="title")
            yield LineInput(placeholder=self._placeholder)
            yield Static(id="notice", classes="label")
            yield RowList(empty=self._empty, steered=True)
            yield from self.below()
            yield Static(self.HINT, classes="hint")

    def below(self) -> ComposeResult:
        """What stands between the rows and the hint."""
        yield from ()

    def on_mount(self) -> None:
        self.query_one("#notice").display = False
        self.draw("")

    def on_resize(self) -> None:
        # What stands round the list must not be pushed out.
        self.query_one(RowList).styles.height = max(1, min(_MOST_ROWS, self.size.height - self.around))

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        """What is shown for what is typed; `words` are its words in lower case."""
        raise NotImplementedError

    @property
    def around(self) -> int:
        """Rows of what stands round the list."""
        return 9

    @property
    def current(self) -> str:
        """The row to stand on while nothing is typed."""
        return ""

    def draw(self, typed: str) -> None:
        """Show the rows for what is typed."""
        words = typed.casefold().split()
        rows = self.rows_for(words, typed)
        first = rows[0].key if rows else ""
        self.query_one(RowList).show(rows, highlight=first if words else self.current or first)

    def redraw(self) -> None:
        """Show what there is now, for what is typed already."""
        if self.is_mounted:
            self.draw(self.query_one(Input).value)

    def say(self, notice: str) -> None:
        """A line above the rows; empty takes it away."""
        line = self.query_one("#notice", Static)
        line.display = bool(notice)
        line.update(Content(notice))

    def take(self, key: str) -> None:
        """A row was opened."""
        self.dismiss(key)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.draw(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if key := self.query_one(RowList).highlighted:
            self.take(key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.take(event.key)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.post_message(self.Looked(event.key))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("tab", "shift+tab"):
            event.prevent_default()  # there is nowhere else to go

    def action_move(self, step: int) -> None:
        self.query_one(RowList).action_move(step)

    def action_page(self, step: int) -> None:
        self.query_one(RowList).action_page(step)
