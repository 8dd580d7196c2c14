"""Where a field is typed: laid over the row it belongs to, in the same place and the same lines."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from oxen_tui.safe_text import clean
from oxen_tui.widgets.driver.keys_in_order import act_in_order
from oxen_tui.widgets.driver.prompt_drawing import draw_promptly


class Owner(Protocol):
    """Who placed the editor. Called at once, not told by messages: the next key may be in the queue already."""

    def end(self, step: int, *, given: bool = True) -> None:
        """Nothing more is to be typed: keys go to the row itself (0), the next (1) or the one before (-1).

        Args:
            step: How far.
            given: Whether what was typed is meant; False after Esc.
        """

    def press(self, key: str) -> None:
        """A key for the options in sight: `up`, `down` or `tab`."""

    def grow(self) -> None:
        """The text has changed, and is drawn next."""

    def want_editor(self) -> None:
        """The text is to be written in the user's own editor."""

    async def take_stray_key(self, event: events.Key) -> None:
        """A key that was pressed behind the one that ended the writing."""


class FieldEditor(TextArea):
    """One for a whole form. Enter ends, Tab goes on to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "end(0)", "done", id="field.done"),
        Binding("escape", "leave", "leave", id="field.leave"),
        Binding("tab", "tab", "next field", id="field.next"),
        Binding("shift+tab", "end(-1)", "Field before", show=False, id="field.before"),
        Binding("ctrl+j,shift+enter,alt+enter", "newline", "newline", id="field.newline"),
        Binding("up", "up", "Up, or the field before", show=False, id="field.up"),
        Binding("down", "down", "Down, or the next field", show=False, id="field.down"),
        Binding("ctrl+e", "editor", "Write in your editor", show=False, id="field.editor"),
    ]

    DEFAULT_CSS = """
    FieldEditor {
        position: absolute; display: none; height: 1; width: 12; padding: 0 1; min-width: 4;
        background: $field; color: $text; border: none; scrollbar-size-vertical: 0; scrollbar-size-horizontal: 0;
        &:focus { border: none; }
        &:dark .text-area--cursor, &:light .text-area--cursor { background: $accent; color: $on-accent; }
        & .text-area--selection { background: $line; }
        & .text-area--cursor-line { background: $field; }
    }
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__(highlight_cursor_line=False, soft_wrap=True)
        self.cursor_blink = False
        self.single = False
        """Whether there is one line only."""
        self.offering = False
        """Whether options are in sight, which keys may go to."""
        self.writing = False
        """Whether a field is being typed in."""
        self._owner = owner

    def begin(self, text: str, *, single: bool) -> None:
        """Hold this, with the cursor at its end."""
        self.single, self.writing = single, True
        self.load_text(text.replace("\n", " ") if single else text)
        self.move_cursor(self.document.end)

    def put(self, text: str) -> None:
        """Replace all of it, in a way that can be undone."""
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)

    def stop(self) -> None:
        """Nothing more is typed here for now."""
        self.writing = self.offering = False

    async def _on_key(self, event: events.Key) -> None:
        if not self.writing:
            event.stop()
            event.prevent_default()
            await self._owner.take_stray_key(event)
            return
        await act_in_order(self, event)
        # Also one that can do nothing now: TextArea would take Enter for a newline.
        if event.key in self._bindings.key_to_bindings and not event.is_printable:
            event.prevent_default()

    def edit(self, edit: Edit) -> EditResult:
        result = super().edit(edit)
        self._owner.grow()
        draw_promptly(self)  # a key is echoed before anything else is done about it
        return result

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        if self.single:
            text = " ".join(text.split("\n")).strip()
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("newline", "editor"):
            return not self.single
        return True

    def action_end(self, step: int) -> None:
        self._owner.end(step)

    def action_leave(self) -> None:
        self._owner.end(0, given=False)

    def action_tab(self) -> None:
        if self.offering:
            self._owner.press("tab")
        else:
            self._owner.end(1)

    def action_newline(self) -> None:
        self._replace_via_keyboard("\n", *self.selection)

    def action_editor(self) -> None:
        self._owner.want_editor()

    def action_up(self) -> None:
        if self.offering:
            self._owner.press("up")
        elif self._row == 0:
            self._owner.end(-1)
        else:
            self.action_cursor_up()

    def action_down(self) -> None:
        if self.offering:
            self._owner.press("down")
        elif self._row == self.wrapped_document.height - 1:
            self._owner.end(1)
        else:
            self.action_cursor_down()

    @property
    def _row(self) -> int:
        """Row of the cursor as wrapped."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y
