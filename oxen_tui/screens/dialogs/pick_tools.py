"""Switches tools on and off: Space on a row, Enter keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.chat.tools import ToolChoice
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList

_MOST_ROWS = 16
_NAME = 16
"""Columns."""


class PickTools(Dialog[tuple[str, ...]]):
    """Answers the names of the tools that are on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "switch", "switch", id="tools.toggle"),
        Binding("enter", "keep", "keep", id="tools.keep", priority=True),
        Binding("a", "switch_all", "All, or none", show=False, id="tools.all"),
    ]

    DEFAULT_CSS = "PickTools #about { margin: 1 0 0 0; }"

    def __init__(self, choices: Sequence[ToolChoice], chosen: Sequence[str]) -> None:
        super().__init__()
        self._choices = {choice.name: choice for choice in choices}
        self._on = {name for name in chosen if name in self._choices}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Tools the model may call in this conversation"), classes="title")
            yield RowList()
            yield Static(id="about", classes="label")
            yield Static("space switches   a all or none   enter keeps   esc leaves it", classes="hint")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._draw()

    def on_resize(self) -> None:
        # What stands round the list takes nine rows; it must not be pushed out.
        rows = len(self._choices)
        self.query_one(RowList).styles.height = max(1, min(rows, _MOST_ROWS, self.size.height - 9))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A click."""
        event.stop()
        self.action_switch()

    def action_switch(self) -> None:
        name = self.query_one(RowList).highlighted
        if name and not self._choices[name].trouble:
            self._on ^= {name}
            self._draw()

    def action_switch_all(self) -> None:
        usable = {name for name, choice in self._choices.items() if not choice.trouble}
        self._on = set() if usable <= self._on else usable
        self._draw()

    def action_keep(self) -> None:
        self.dismiss(tuple(name for name in self._choices if name in self._on))

    def _draw(self) -> None:
        self.query_one(RowList).show([self._row(choice) for choice in self._choices.values()])
        self._tell()

    def _row(self, choice: ToolChoice) -> Row:
        on = choice.name in self._on
        mark: Span = (f" {glyph('marked') if on else ' '} ", "accent")
        name: Span = (choice.name.ljust(_NAME), "faint" if choice.trouble else "text")
        about: Span = (f" {clean_line(choice.about, 60)}", "muted" if on else "faint")
        return Row(choice.name, (mark, name, about))

    def _tell(self) -> None:
        """Of the row under the bar: when the user is asked, or why it cannot be switched on."""
        choice = self._choices.get(self.query_one(RowList).highlighted)
        if choice is None:
            return
        asks = f"asks {choice.asks}" if choice.asks else "never asks"
        own = "from your settings · " if choice.is_own else ""
        self.query_one("#about", Static).update(Content(clean_line(choice.trouble or f"{own}{asks}", 200)))
