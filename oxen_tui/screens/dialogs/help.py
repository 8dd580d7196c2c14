"""The keys that work where the focus is, as they are bound now."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets.key_bar import key_name
from oxen_tui.widgets.row_list import Row, RowList


class Help(Dialog[None]):
    """Lists active bindings, nearest to the focus first; any rebinding shows."""

    DEFAULT_CSS = "Help > .dialog { width: 64; & RowList { height: auto; } }"

    def __init__(self, where: str, bindings: Sequence[ActiveBinding], notes: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._where, self._active, self._notes = where, bindings, notes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(f"Keys: {self._where}"), classes="title")
            yield RowList(id="keys")
            yield Static("esc closes   ctrl+p has everything by name", classes="hint")

    def on_mount(self) -> None:
        here: dict[str, list[str]] = {}
        everywhere: dict[str, list[str]] = {}
        # What the footer shows first: it is what most is done with.
        for active in sorted(self._active, key=lambda active: not active.binding.show):
            binding = active.binding
            if binding.description and not binding.system and binding.id and active.enabled:
                group = everywhere if isinstance(active.node, App | Screen) else here
                group.setdefault(binding.description.capitalize(), []).append(key_name(binding.key))
        rows = [_row("  ".join(keys[:2]), label) for label, keys in here.items()]
        if self._notes:
            rows += [*_heading("Commands"), *(_row(word, text) for word, text in self._notes)]
        rows += [*_heading("Everywhere"), *(_row("  ".join(keys[:2]), label) for label, keys in everywhere.items())]
        listed = self.query_one(RowList)
        listed.show(rows)
        listed.focus()

    def on_resize(self) -> None:
        # What stands round the list takes seven rows; it must not be pushed out.
        self.query_one(RowList).styles.max_height = max(1, self.size.height - 7)


def _row(keys: str, label: str) -> Row:
    return Row(f"{keys} {label}", ((f" {keys:<24}", "text"), (label, "muted")))


def _heading(words: str) -> list[Row]:
    return [Row(""), Row("", ((f" {words}", "faint"),))]
