"""What all dialogs share: an opaque surface in the middle, closed by Esc, as wide as the terminal allows."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from oxen_tui.widgets.presence import Presence

Answer = TypeVar("Answer")


class Dialog(Presence, ModalScreen[Answer | None]):
    """A modal question. Esc answers None. The ground is opaque: a tinted one would blank pictures beneath it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close", id="dialog.close")]

    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $bg;
        & > .dialog {
            width: 72; max-width: 100%; height: auto; max-height: 100%; background: $panel;
            border-top: inner $panel; border-bottom: inner $panel;
            & Static { width: 1fr; height: auto; padding: 0 2; }
            & .title { text-style: bold; color: $text; margin: 0 0 1 0; }
            & .label { color: $muted; }
            & .hint { color: $faint; margin: 1 0 0 0; }
            & .trouble { color: $err; }
            & .good { color: $text; }
            & .field { height: auto; }
            & .field.-here .label { color: $accent; text-style: bold; }
            & Input {
                height: 1; border: none; border-left: inner $field; padding: 0 1; margin: 0 2 1 0;
                background: $field; background-tint: transparent; color: $text;
                & > .input--placeholder { color: $faint; }
            }
            & Input:focus { border: none; border-left: inner $accent; }
            & RowList { height: 16; background: $panel; }
        }
    }
    """
