"""Chooses a preset: Enter begins a conversation with it, s keeps what is set now, d deletes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.conversation.set_words import set_words
from oxen_tui.store.presets import Preset
from oxen_tui.widgets.row_list import Row, RowList

_MOST_ROWS = 16
_NAME = 18
"""Columns."""

Choice = tuple[str, Preset | None]
"""What is to be done: `use`, `save` or `delete`, and with which."""


class PickPreset(Dialog[Choice]):
    """Answers what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "keep what is set now", id="presets.save"),
        Binding("d", "delete", "delete", id="presets.delete"),
    ]

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self._presets = {preset.name: preset for preset in presets}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Presets: begin a conversation with"), classes="title")
            yield RowList()
            if not self._presets:
                yield Static("None yet: a preset is a model, a system prompt and what is set", classes="label")
            yield Static("enter begins   s keeps what is set now   d deletes   esc closes", classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.show([_row(preset) for preset in self._presets.values()])
        rows.focus()

    def on_resize(self) -> None:
        most = min(len(self._presets), _MOST_ROWS, self.size.height - 8)
        self.query_one(RowList).styles.height = max(1, most)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if (preset := self._here) is not None:
            self.dismiss(("use", preset))

    def action_save(self) -> None:
        self.dismiss(("save", None))

    def action_delete(self) -> None:
        if (preset := self._here) is not None:
            self.dismiss(("delete", preset))

    @property
    def _here(self) -> Preset | None:
        return self._presets.get(self.query_one(RowList).highlighted)


def _row(preset: Preset) -> Row:
    words = " · ".join(part for part in (preset.model, set_words(preset.settings, preset.system_prompt)) if part)
    name = clean_line(preset.name, 60).ljust(_NAME)
    return Row(preset.name, ((f" {name} ", "text"), (clean_line(words, 120), "muted")))
