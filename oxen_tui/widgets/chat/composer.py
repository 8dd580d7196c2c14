"""Where a question is written: Enter sends, Ctrl+J breaks the line, Up on the first line recalls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets.text_area import Edit, EditResult

from oxen_tui.safe_text import clean
from oxen_tui.widgets.chat.folding_text import FoldingText
from oxen_tui.widgets.driver.keys_in_order import FocusedAtOnce, act_in_order, hand_on
from oxen_tui.widgets.driver.prompt_drawing import draw_promptly
from oxen_tui.widgets.message import Message

_FILE_WORD = re.compile(r"(?:^|[\s(])@((?:\\\s|\S)*)$")
_PATH = re.compile(r"[\"']?(?:~?/|\.{1,2}/|file:/)")
_LONGEST_PATH = 4096


class Composer(FocusedAtOnce, FoldingText):
    """A text area that sends. Foreign text that is pasted into it is cleaned first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "send", id="composer.send"),
        Binding("ctrl+j,shift+enter,alt+enter", "newline", "newline", id="composer.newline"),
        Binding("up", "up", "Recall or up", show=False, id="composer.up"),
        Binding("down", "down", "Newer or down", show=False, id="composer.down"),
        Binding("ctrl+g,f4", "editor", "editor", show=False, id="composer.editor"),
        Binding("ctrl+v", "paste_picture", "Paste, also a picture", show=False, id="composer.paste"),
        Binding("tab", "complete", "Complete", show=False, id="composer.complete"),
        Binding("pageup", "page(-1)", "Page up in the conversation", show=False, id="composer.page_up"),
        Binding("pagedown", "page(1)", "Page down in the conversation", show=False, id="composer.page_down"),
    ]

    DEFAULT_CSS = """
    Composer {
        height: auto; min-height: 3; max-height: 33vh; padding: 1;
        background: $panel; color: $text; scrollbar-size-vertical: 1;
        border: none; border-left: inner $line;
        &:focus { border: none; border-left: inner $accent; }
        & .text-area--placeholder { color: $faint; }
        &:dark .text-area--cursor, &:light .text-area--cursor { background: $accent; color: $on-accent; }
        & .text-area--selection { background: $line; }
        & .text-area--cursor-line { background: $panel; }
    }
    """

    class Submitted(Message):
        """A question, or a command that begins with a slash, was sent."""

        text: str
        """Whole."""
        line: str = ""
        """As it stood there, with words for long pastes."""
        kept: str = ""
        """With pastes marked, to be put back as it stood."""

    class EmptySubmitted(Message):
        """Enter was pressed where there is nothing to send."""

    class TakenBack(Message):
        """The question that waits last stands in the composer, to be written on."""

    class Typed(Message):
        """The first word changed, as far as completion needs it: what stands before the cursor on a slash line."""

        word: str

    class FileTyped(Message):
        """The word that begins with `@` before the cursor changed; None where there is none any more."""

        word: str | None
        """Without its `@`, blanks in it escaped as typed."""

    class Pasted(Message):
        """Something that looks like the path of a file was pasted; it stands in the text."""

        text: str

    class PictureWanted(Message):
        """The clipboard is to be pasted, and it may hold a picture."""

    class TakeOffWanted(Message):
        """A key that deletes was pressed where there is no text to delete: what is attached last is to go."""

    class CompletionKey(Message):
        """A key for the open list of completions: `up`, `down`, `pageup`, `pagedown`, `tab` or `enter`."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    class EditorWanted(Message):
        """The text is to be edited in the user's own editor."""

    class PageWanted(Message):
        """Page keys scroll the conversation also while typing."""

        step: int

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self.completing = False
        """Set by the pane while a list of completions is open: Up, Down, Tab and Enter then go to the list."""
        self.carrying = False
        """Set by the pane while something is attached: a question may then be without words."""
        self.last_waiting = ""
        """Set by the pane: the question that waits last. Up takes it back where nothing is written."""
        self._command = ""
        self._file_word: str | None = None
        self._history: list[str] = []
        self._place: int | None = None
        self._draft = ""

    def remember(self, questions: Sequence[str]) -> None:
        """Questions that Up recalls, oldest first."""
        self._history = list(questions)
        self._place = None

    async def _on_key(self, event: events.Key) -> None:
        if hand_on(self, event):
            return
        await act_in_order(self, event)
        # Also one that can do nothing now: TextArea would take Enter for a newline.
        if event.key in self._bindings.key_to_bindings and not event.is_printable:
            event.prevent_default()

    def edit(self, edit: Edit) -> EditResult:
        result = super().edit(edit)
        draw_promptly(self)  # a key is echoed before anything else is done about it
        return result

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        shown = self.folded(text)
        if result := self._replace_via_keyboard(shown, *self.selection):
            self.move_cursor(result.end_location)
        path = text.strip()
        if path and len(path) < _LONGEST_PATH and _PATH.match(path) and "\n" not in path:
            self.post_message(self.Pasted(path))

    def on_text_area_changed(self) -> None:
        self._tell_command()
        self._tell_file_word()

    def _tell_command(self) -> None:
        self._command = self.text if self.text.startswith("/") and "\n" not in self.text else ""
        self.post_message(self.Typed(self._command))

    def _tell_file_word(self) -> None:
        if (word := self.file_word) != self._file_word:
            self._file_word = word
            self.post_message(self.FileTyped(word))

    def _press_in_list(self, key: str) -> None:
        """A key for the list of completions. In a burst the list is still one for an earlier word: it has to hear of
        the word as it stands now before it hears of the key."""
        if self.text.startswith("/") and self.text != self._command:
            self._tell_command()
        self._tell_file_word()
        self.post_message(self.CompletionKey(key))

    @property
    def file_word(self) -> str | None:
        """The word before the cursor that begins with `@`, without it; None where there is none."""
        row, column = self.cursor_location
        found = _FILE_WORD.search(self.document.get_line(row)[:column])
        return found[1] if found else None

    def put_for_file_word(self, text: str) -> None:
        """Put something in the place of that word."""
        if (word := self.file_word) is not None:
            row, column = self.cursor_location
            self.replace(text, (row, column - len(word) - 1), (row, column))

    def put_for(self, passage: str, text: str) -> bool:
        """Put something in the place of a passage as it stands last in the text. Whether it does."""
        place = self.text.rfind(passage)
        if place < 0:
            return False
        before = self.text[:place]
        start = before.count("\n"), len(before) - before.rfind("\n") - 1
        lines = passage.split("\n")
        end = start[0] + len(lines) - 1, len(lines[-1]) + (start[1] if len(lines) == 1 else 0)
        self.replace(text, start, end)
        return True

    def action_send(self) -> None:
        if self.completing:
            self._press_in_list("enter")
            return
        line, whole, kept = self.text, self.whole, self.kept
        if not whole.strip() and not self.carrying:
            self.post_message(self.EmptySubmitted())
            return
        if kept.strip() and (not self._history or self._history[-1] != kept):
            self._history.append(kept)
        self._place = None
        self.text = ""
        self.post_message(self.Submitted(whole.strip("\n"), line.strip("\n"), kept.strip("\n")))

    def action_newline(self) -> None:
        self._replace_via_keyboard("\n", *self.selection)

    def action_paste_picture(self) -> None:
        self.post_message(self.PictureWanted())

    def action_delete_left(self) -> None:
        if self.selection.is_empty and self.cursor_location == (0, 0):
            self.post_message(self.TakeOffWanted())
        super().action_delete_left()

    def action_delete_right(self) -> None:
        if not self.text:
            self.post_message(self.TakeOffWanted())
        super().action_delete_right()

    def action_complete(self) -> None:
        if self.completing:
            self._press_in_list("tab")
        else:
            self.screen.focus_next()

    def action_editor(self) -> None:
        self.post_message(self.EditorWanted())

    def action_page(self, step: int) -> None:
        if self.completing:
            self._press_in_list("pageup" if step < 0 else "pagedown")
        else:
            self.post_message(self.PageWanted(step))

    def action_up(self) -> None:
        if self.completing:
            self._press_in_list("up")
        elif self.last_waiting and not self.text:
            # Here and now: what is typed behind this key is written on it.
            self.put(self.last_waiting)
            self.last_waiting = ""
            self.post_message(self.TakenBack())
        elif self._visual_row == 0 and self._history:
            self._recall(-1)
        else:
            self.action_cursor_up()

    def action_down(self) -> None:
        if self.completing:
            self._press_in_list("down")
        elif self._visual_row == self.wrapped_document.height - 1 and self._place is not None:
            self._recall(1)
        else:
            self.action_cursor_down()

    @property
    def _visual_row(self) -> int:
        """Row of the cursor as wrapped: in a long first line Up must still move within it."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def _recall(self, step: int) -> None:
        place = len(self._history) if self._place is None else self._place
        if place == len(self._history):
            self._draft = self.kept
        place = max(0, place + step)
        if place >= len(self._history):
            self._place = None
            self.put(self._draft)
        else:
            self._place = place
            self.put(self._history[place])
            if step < 0:
                self.move_cursor((0, len(self.document.get_line(0))))
