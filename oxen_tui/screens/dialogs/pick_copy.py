"""Chooses what of a message is copied: its source, a code block, or the request it belongs to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.chat.inspecting import REQUEST_FORMS
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets.row_list import Row, RowList

_MOST_BLOCKS = 9


class PickCopy(Dialog[str]):
    """Answers what `ChatInspecting.copy_of` takes. The letter before a row takes it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "take('source')", "source", show=False, id="copy.source"),
        Binding("t", "take('reasoning')", "reasoning", show=False, id="copy.reasoning"),
        Binding("c", "take('curl')", "curl", show=False, id="copy.curl"),
        Binding("p", "take('Python')", "Python", show=False, id="copy.python"),
        Binding("b", "take('JSON')", "JSON body", show=False, id="copy.json"),
        *(
            Binding(
                str(number), f"take('{number - 1}')", f"code block {number}", show=False, id=f"copy.block_{number}"
            )
            for number in range(1, _MOST_BLOCKS + 1)
        ),
    ]

    DEFAULT_CSS = "PickCopy > .dialog { width: 60; & RowList { height: auto; } }"

    def __init__(self, code_blocks: int, has_reasoning: bool) -> None:
        super().__init__()
        self._choices: dict[str, tuple[str, str, str]] = {"source": ("s", "source", "Markdown, as it came")}
        if has_reasoning:
            self._choices["reasoning"] = ("t", "reasoning", "what it thought")
        for number in range(min(code_blocks, _MOST_BLOCKS)):
            name = "code block" if code_blocks == 1 else f"code block {number + 1}"
            self._choices[str(number)] = (str(number + 1), name, "")
        notes = ("for a shell", "a program with httpx", "the body alone")
        for key, form, note in zip("cpb", REQUEST_FORMS, notes, strict=True):
            self._choices[form] = (key, f"request as {form}", note)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Copy"), classes="title")
            yield RowList()
            hint = "No key is in a request: it is read from $OXEN_API_KEY\nenter or the letter copies   esc closes"
            yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.show(
            [
                Row(what, ((f" {key}  ", "accent"), (name, "text")), ((note, "faint"),) if note else ())
                for what, (key, name, note) in self._choices.items()
            ]
        )
        rows.focus()

    def on_resize(self) -> None:
        # What stands round the list takes nine rows; it must not be pushed out.
        self.query_one(RowList).styles.max_height = max(1, self.size.height - 9)

    def action_take(self, what: str) -> None:
        if what in self._choices:
            self.dismiss(what)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)
