"""Writes a JSON Schema: typed, pasted, or in the user's own editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from oxen_tui.panes.external_editor import EditorFailed, edit_text
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.structured.schema_file import NamedSchema, NoSchema, read_schema
from oxen_tui.widgets.form.json_editor import JsonEditor
from oxen_tui.widgets.glyphs import glyph


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    text: str
    schema: NamedSchema | None
    """None: it was left, and is to be kept as it is."""
    once: bool = False


class SchemaEditor(Dialog[Written]):
    """Answers a schema, or the text as it was left. Nothing that was written is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep(False)", "for the conversation", id="schema_editor.keep"),
        Binding("ctrl+o", "keep(True)", "for one question", id="schema_editor.once"),
        Binding("ctrl+g,f4", "editor", "editor", id="schema_editor.editor"),
        Binding("escape", "leave", "close", id="schema_editor.leave", priority=True),
    ]

    DEFAULT_CSS = """
    SchemaEditor > .dialog {
        width: 96; height: 100%; max-height: 40;
        & JsonEditor { margin: 0 2; background: $field; }
        & JsonEditor .text-area--cursor-line { background: $field; }
        & .trouble { height: auto; max-height: 3; margin: 1 0 0 0; }
        & .hint { margin: 0; }
    }
    """

    def __init__(self, text: str, in_editor: bool) -> None:
        """
        Args:
            text: To begin with.
            in_editor: The user's own editor is opened at once.
        """
        super().__init__()
        self._text, self._in_editor = text, in_editor
        self._refused = ""
        """The text that is no schema, as it was said."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("A JSON Schema for answers"), classes="title")
            yield JsonEditor()
            yield Static(id="trouble", classes="trouble")
            hint = "ctrl+s for the conversation   ctrl+o for one question   ctrl+g editor   esc later"
            yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        editor = self.query_one(JsonEditor)
        editor.text = self._text
        editor.focus()
        if self._in_editor:
            self.call_after_refresh(self._begin_in_editor)

    def _begin_in_editor(self) -> None:
        self.action_editor()
        if self.query_one(JsonEditor).text != self._text:
            self.action_keep(False)  # who saves in the editor wants it; what is wrong is said over the text

    def action_editor(self) -> None:
        """Hand the text to the user's own editor."""
        editor = self.query_one(JsonEditor)
        try:
            with self.app.suspend():
                text = edit_text(editor.text, suffix=".json")
        except (EditorFailed, SuspendNotSupported) as error:
            self._say(str(error))
        else:
            editor.put(text)

    def action_keep(self, once: bool) -> None:
        text = self.query_one(JsonEditor).text
        try:
            schema = read_schema(text, "This")
        except NoSchema as error:
            self._refused = text
            self._say(error.sentence)
            if error.line:
                self.query_one(JsonEditor).move_cursor((error.line - 1, 0))
        else:
            self.dismiss(Written(text, schema, once))

    def action_leave(self) -> None:
        text = self.query_one(JsonEditor).text
        self.dismiss(Written(text, None) if text != self._text else None)

    @on(TextArea.Changed)
    def _take_back_trouble(self) -> None:
        if self.query_one(JsonEditor).text != self._refused:
            self._say("")

    def _say(self, sentence: str) -> None:
        self.query_one("#trouble", Static).update(Content(f"{glyph('failed')} {sentence}" if sentence else ""))
