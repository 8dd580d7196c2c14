"""The rows of a form: where the cursor stands, which options are in sight, and what keys and clicks do to a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.binding import BindingType

from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.field_lines import fits_inline
from oxen_tui.widgets.form.form_keys import FORM_BINDINGS, may
from oxen_tui.widgets.form.form_lines import FormLines
from oxen_tui.widgets.form.form_paper import target_at
from oxen_tui.widgets.form.menu import Menu
from oxen_tui.widgets.form.row import Control, FormRow, Option

_STARTS_NUMBER = frozenset("0123456789.")


class Writer(Protocol):
    """Who has the editor, and speaks for the form."""

    def tell(self, message: messages.OfField) -> None:
        """Say what was done in a row."""

    def begin(self, text: str | None = None) -> None:
        """Write in the row of the cursor: what is filled in, or this."""

    async def take_key(self, event: events.Key) -> None:
        """A key that was pressed for the editor before it had the focus."""


class FormView(FormLines):
    """Moves, chooses, steps and folds. What it does not show itself it says: see `messages`."""

    BINDINGS: ClassVar[list[BindingType]] = FORM_BINDINGS

    DEFAULT_CSS = "FormView { height: 1fr; background: $bg; }"

    def __init__(self, writer: Writer, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._writer = writer

    # --- the cursor -----------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """To the next row, or within the options in sight."""
        if self.menu is not None:
            self.menu.move(by)
            self.renew_row()
            return
        target = (self.cursor if self.cursor is not None else -1) + by
        if 0 <= target < len(self.rows):
            self.stand_at(target)
        else:
            self.post_message(messages.Left(1 if by > 0 else -1))

    def action_next(self, by: int) -> None:
        """To the next row, whatever is in sight."""
        self.close_menu()
        self.action_move(by)

    def action_page(self, step: int) -> None:
        if self.menu is not None:
            self.action_move(step * 8)
        elif self.cursor is not None and self.rows:
            line = self.layout_now.top_of(self.cursor) + step * max(1, self.page_height - 2)
            self.stand_at(self.layout_now.row_at(max(0, min(line, self.layout_now.known - 1))))

    def action_edge(self, end: int) -> None:
        if self.menu is not None:
            self.action_move(len(self.menu.found) * (1 if end else -1))
        elif self.rows:
            self.stand_at(len(self.rows) - 1 if end else 0)

    def stand_at(self, index: int) -> None:
        """Put the cursor on this row."""
        self.close_menu()
        if index != self.cursor and 0 <= index < len(self.rows):
            self.put_cursor(index)
            self._writer.tell(messages.Moved(self.rows[index].key))
            self.refresh_bindings()

    # --- what a row is about --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        return may(action, self.row, self.menu is not None)

    def action_edit(self) -> None:
        self._writer.begin()

    def action_choose(self) -> None:
        """The option under the bar; without options in sight the next one, or all of them."""
        if self.menu is not None:
            index = self.menu.chosen
            self.close_menu()
            if index is not None:
                self._say(messages.Chosen, index)
        elif self.row is not None and fits_inline(self.row, self.form_paper):
            self._turn(1, around=True)
        else:
            self.open_menu()

    def action_fold(self) -> None:
        self._say(messages.Folded)

    def action_step(self, by: int) -> None:
        """A number up or down, an option further, a heading open or shut."""
        row = self.row
        if row is None:
            return
        if row.control is Control.STEPPER:
            self._say(messages.Stepped, by)
        elif row.chooses and self.menu is None:
            self._turn(by)
        elif row.folds and row.is_open is (by < 0):
            self._say(messages.Folded)

    def action_turn(self) -> None:
        row = self.row
        if row is not None and row.folds:
            self._say(messages.Folded)
        elif row is not None and row.control is Control.SWITCH:
            self._turn(1, around=True)
        else:
            self.action_choose()

    def action_clear(self) -> None:
        self.close_menu()
        self._say(messages.Cleared)

    def action_roll(self) -> None:
        self._say(messages.Rolled)

    def action_null(self) -> None:
        self._say(messages.Nulled)

    def action_example(self) -> None:
        self._say(messages.ExampleTaken)

    def action_add(self) -> None:
        self._say(messages.AddWanted)

    def action_shift(self, by: int) -> None:
        self._say(messages.Shifted, by)

    def action_file(self) -> None:
        self._say(messages.FileWanted)

    def action_result(self) -> None:
        self._say(messages.ResultWanted)

    def action_editor(self) -> None:
        self._say(messages.EditorWanted)

    def action_close(self) -> None:
        if self.menu is not None and self.menu.words is not None:
            self.menu.narrow(None)
            self.renew_row()
        else:
            self.close_menu()

    def action_narrow(self) -> None:
        """What is typed from now on narrows the options in sight."""
        if self.menu is not None:
            self.menu.narrow("")
            self.renew_row()

    # --- options --------------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Put the options of the row in sight."""
        if self.row is not None and self.row.options:
            self.menu = Menu(self.row.options, self.row.chosen)
            self.renew_row()
            self.refresh_bindings()
            self._say(messages.Opened)

    def offer(self, options: Sequence[Option]) -> None:
        """Put ways to go on in sight while the row is being typed in; none takes them away."""
        self.menu = Menu(options, None) if options and self.editor_lines else None
        self.renew_row()

    def close_menu(self) -> None:
        if self.menu is not None:
            self.menu = None
            self.renew_row()
            self.refresh_bindings()

    def _turn(self, by: int, *, around: bool = False) -> None:
        row = self.row
        if row is None or not row.options:
            return
        here = row.chosen if row.chosen is not None else -1 if by > 0 else len(row.options)
        target = (here + by) % len(row.options) if around else max(0, min(here + by, len(row.options) - 1))
        if target != row.chosen or not row.is_set:
            self._say(messages.Chosen, target)

    # --- keys and mouse -------------------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        """Keys act in the order in which they were pressed, also those behind one that opened the editor."""
        if self.editor_lines:
            await self._writer.take_key(event)
            event.stop()
            event.prevent_default()
            return
        event.prevent_default()  # what its base does with keys is done here
        if self.menu is not None and self.menu.words is not None and self._narrowed(event):
            return
        row = self.row
        if row is not None and row.digits and event.is_printable and _starts_number(row, event.character):
            event.stop()
            self._writer.begin(event.character)
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and await self.app.run_action(active.binding.action, active.node):
            event.stop()

    def _narrowed(self, event: events.Key) -> bool:
        assert self.menu is not None
        words = self.menu.words or ""
        if event.key == "backspace":
            self.menu.narrow(words[:-1])
        elif event.is_printable and event.character:
            self.menu.narrow(words + event.character)
        else:
            return False
        event.stop()
        event.prevent_default()
        self.renew_row()
        return True

    def _on_paste(self, event: events.Paste) -> None:
        """Into a medium: what was dropped on the terminal. Into a text: where it was left off."""
        event.stop()
        row = self.row
        if row is None:
            return
        if row.control is Control.MEDIUM:
            self._say(messages.MediaGiven, event.text)
        elif row.types:
            self._writer.begin(row.text + event.text if row.control is Control.TEXT else event.text)

    def on_click(self, event: events.Click) -> None:
        layout, line = self.layout_now, event.y + self.top
        if line >= layout.known:
            return
        index = layout.row_at(line)
        target = target_at(layout.line(line).pieces, event.x)
        if index != self.cursor:
            self.stand_at(index)
        verb, _, number = target.partition(" ")
        match verb:
            case "edit" if self.row is not None and self.row.types:
                self.action_edit()
            case "open":
                (self.close_menu if self.menu is not None else self.open_menu)()
            case "step":
                self.action_step(int(number))
            case "fold":
                self.action_fold()
            case "choose":
                if not self.editor_lines:
                    self.close_menu()
                self._say(messages.Chosen, int(number))

    def _say(self, kind: Callable[..., messages.OfField], *more: object) -> None:
        if self.row is not None:
            self._writer.tell(kind(self.row.key, *more))


def _starts_number(row: FormRow, character: str | None) -> bool:
    """A minus takes a stepper down; elsewhere it is that of a number."""
    return character in _STARTS_NUMBER or (character == "-" and row.control is not Control.STEPPER)
