"""One question with a yes and a no, said in the words of what is at stake."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.screens.dialogs.dialog import Dialog


class Confirm(Dialog[bool]):
    """Answers True for Enter, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", "yes", id="confirm.yes"),
        Binding("n", "dismiss(None)", "no", show=False, id="confirm.no"),
    ]

    def __init__(self, question: str, explanation: str, yes: str, no: str = "stay") -> None:
        super().__init__()
        self._question, self._explanation, self._yes, self._no = question, explanation, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="title")
            yield Static(Content(self._explanation))
            yield Static(Content(f"enter {self._yes}   esc {self._no}"), classes="hint")
