"""The keys that work where the focus is, as they are bound now."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.screens.dialog import Dialog
from oxen_tui.widgets.key_bar import key_name
from oxen_tui.widgets.row_list import Row, RowList


class Help(Dialog[None]):
    """Lists active bindings, nearest to the focus first; any rebinding shows."""

    DEFAULT_CSS = "Help > .dialog { width: 64; }"

    def __init__(self, where: str, bindings: Sequence[ActiveBinding], notes: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._where, self._active, self._notes = where, bindings, notes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(f"Keys: {self._where}"), classes="title")
            yield RowList(id="keys")
            yield Static("esc closes   ctrl+p has everything by name", classes="hint")

    def on_mount(self) -> None:
        keys: dict[str, list[str]] = {}
        for active in self._active:
            binding = active.binding
            if binding.description and not binding.system and binding.id:
                keys.setdefault(binding.description.capitalize(), []).append(key_name(binding.key))
        rows = [
            Row(label, ((f" {'  '.join(names[:2]):<24}", "text"), (label, "muted"))) for label, names in keys.items()
        ]
        if self._notes:
            rows += [Row(""), Row("", ((" In the composer", "faint"),))]
            rows += [Row(word, ((f" {word:<24}", "text"), (text, "muted"))) for word, text in self._notes]
        self.query_one(RowList).show(rows)
        self.query_one(RowList).focus()
