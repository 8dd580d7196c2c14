"""With what a message is answered once more: a model, and parameters. The conversation keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.conversation.set_words import parameter_words
from oxen_tui.services.price.words import short_price
from oxen_tui.services.session import Session
from oxen_tui.widgets.row_list import Row, RowList

_LABEL = 14
"""Columns."""


class AnswerAgain(Dialog[tuple[str, Mapping[str, Any]]]):
    """Answers the model and all parameters to ask with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "pick_model", "Another model", show=False, id="again.model"),
        Binding("p", "set_parameters", "Other parameters", show=False, id="again.parameters"),
        Binding("ctrl+r", "ask", "Ask again", show=False, id="again.ask"),
    ]

    DEFAULT_CSS = "AnswerAgain { & > .dialog RowList { height: 4; } & #keeps { margin: 1 0 0 0; } }"

    def __init__(self, session: Session, model: str, parameters: Mapping[str, Any]) -> None:
        """
        Args:
            session: Knows the models.
            model: The conversation's.
            parameters: Those set for the conversation.
        """
        super().__init__()
        self._session = session
        self._kept = model, dict(parameters)
        self._model, self._parameters = model, dict(parameters)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Answer again, this once", classes="title")
            yield RowList()
            yield Static(id="keeps", classes="label")
            yield Static("enter changes, or asks   ctrl+r asks   esc leaves it", classes="hint")

    def on_mount(self) -> None:
        self._draw("model")
        self.query_one(RowList).focus()

    # --- what is done ---------------------------------------------------------------------------------------------

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        match event.key:
            case "model":
                self.action_pick_model()
            case "parameters":
                self.action_set_parameters()
            case _:
                self.action_ask()

    def action_ask(self) -> None:
        if self._model:
            self.dismiss((self._model, self._parameters))

    def action_pick_model(self) -> None:
        from oxen_tui.screens.dialogs.pick_model import PickModel  # dialogs are loaded when they open, as in app.py

        catalogue = self._session.catalogue
        dialog = PickModel(self._model, "Model for this answer")
        dialog.show_models(catalogue.chat_models, catalogue.trouble)

        def take(chosen: str | None) -> None:
            if chosen:
                self._model = chosen
                self._draw("ask")

        self.app.push_screen(dialog, take)

    def action_set_parameters(self) -> None:
        from oxen_tui.screens.dialogs.parameters import Parameters

        def take(parameters: Mapping[str, Any] | None) -> None:
            if parameters is not None:
                self._parameters = dict(parameters)
                self._draw("ask")

        model = self._session.catalogue.get(self._model) or Model(self._model)
        self.app.push_screen(Parameters(model, self._parameters), take)

    # --- what is shown --------------------------------------------------------------------------------------------

    def _draw(self, stand_on: str) -> None:
        known = self._session.catalogue.get(self._model)
        price = short_price(known.pricing) if known is not None else ""
        model = clean_line(self._model, 60) or "none known yet"
        rows = [
            Row("model", (_label("Model"), (model, "text")), ((price, "muted"),) if price else ()),
            Row("parameters", (_label("Parameters"), *_set(self._parameters))),
            Row(""),
            Row("ask", ((f" Ask {model}", "text" if self._model else "faint"),)),
        ]
        self.query_one(RowList).show(rows, highlight=stand_on)
        kept_model, kept = self._kept
        differs = self._model != kept_model or self._parameters != kept
        words = " · ".join(part for part in (clean_line(kept_model, 60), parameter_words(kept)) if part)
        said = (
            f"The conversation keeps {words}" if differs and words else "It becomes a sibling of the answer there is"
        )
        self.query_one("#keeps", Static).update(Content(said))


def _label(text: str) -> tuple[str, str]:
    return f" {text}".ljust(_LABEL), "muted"


def _set(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = parameter_words(parameters)
    return [(words, "text") if words else ("none: the model's own ways", "faint")]
