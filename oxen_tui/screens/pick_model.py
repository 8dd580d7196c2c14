"""Chooses a model for the next question: type to narrow the list, or type a name that no list has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialog import Dialog
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import short_count, token_price


class PickModel(Dialog[str]):
    """Answers the id of a model. The list may come, or come anew, while the dialog is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]

    DEFAULT_CSS = "PickModel > .dialog { width: 84; }"

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current
        self._models: Sequence[Model] = ()
        self._trouble: ApiError | None = None

    def show_models(self, models: Sequence[Model], trouble: ApiError | None) -> None:
        """What can be chosen from; `trouble` is why a list is missing."""
        self._models, self._trouble = models, trouble
        if self.is_mounted:
            self._draw(self.query_one(Input).value)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Model for the next question", classes="title")
            yield Input(placeholder="a name, or a part of one")
            yield Static(id="notice", classes="label")
            yield RowList(id="models", steered=True)
            yield Static("enter takes it   esc leaves it as it was", classes="hint")

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
        self._draw("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._draw(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(RowList).highlighted or clean_line(event.value.strip())
        if chosen:
            self.dismiss(chosen)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.prevent_default()

    def action_move(self, step: int) -> None:
        self.query_one(RowList).action_move(step)

    def action_page(self, step: int) -> None:
        self.query_one(RowList).action_page(step)

    def _draw(self, typed: str) -> None:
        notice = self.query_one("#notice", Static)
        notice.display = self._trouble is not None
        if self._trouble is not None:
            notice.update(Content(f"There is no list of models here: {self._trouble.title}"))
        words = typed.casefold().split()
        rows = [
            self._row(model)
            for model in self._models
            if all(word in f"{model.id} {model.display_name} {model.developer}".casefold() for word in words)
        ]
        name = clean_line(typed.strip())
        if name and all(model.id != name for model in self._models):
            rows.append(Row(name, ((" use ", "faint"), (name, "text"), (" as typed", "faint"))))
        self.query_one(RowList).show(
            rows,
            highlight=self._current if not words else (rows[0].key if rows else None),
            empty=["No models known here", "type the name of one"],
        )

    def _row(self, model: Model) -> Row:
        context = f"{short_count(model.context_length)} context" if model.context_length else ""
        maker = f"  {model.developer}" if model.developer else ""
        return Row(
            model.id,
            ((f" {model.id}", "text"), (maker, "faint")),
            ((f"{context:>14}", "faint"), (f"{token_price(model.pricing):>20}", "muted")),
        )
