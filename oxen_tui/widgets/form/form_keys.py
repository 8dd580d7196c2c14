"""The keys of a form, and in which rows each of them does something."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from oxen_tui.widgets.form.row import Control, FormRow

FORM_BINDINGS: list[BindingType] = [
    # One of these does something at a time: see `may`.
    Binding("enter", "edit", "edit", id="form.edit"),
    Binding("enter", "choose", "choose", id="form.choose"),
    Binding("enter", "fold", "fold", id="form.fold"),
    Binding("enter", "add", "add", id="form.enter_add"),
    Binding("escape", "close", "close", id="form.close"),
    Binding("down,j", "move(1)", "Next field", show=False, id="form.down"),
    Binding("up,k", "move(-1)", "Field before", show=False, id="form.up"),
    Binding("tab", "next(1)", "next field", id="form.next"),
    Binding("shift+tab", "next(-1)", "Field before", show=False, id="form.before"),
    Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="form.page_down"),
    Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="form.page_up"),
    Binding("home,g", "edge(0)", "First field", show=False, id="form.first"),
    Binding("end,G", "edge(1)", "Last field", show=False, id="form.last"),
    Binding("left,h,minus", "step(-1)", "Less, or the option before", show=False, id="form.less"),
    Binding("right,l,plus,equals_sign", "step(1)", "More, or the next option", show=False, id="form.more"),
    Binding("space", "turn", "Turn, choose or fold", show=False, id="form.toggle"),
    Binding("delete,backspace", "clear", "default", id="form.clear"),
    Binding("slash", "narrow", "filter", id="form.narrow"),
    Binding("r", "roll", "random", id="form.roll"),
    Binding("a", "add", "add", id="form.add"),
    Binding("n", "null", "null", show=False, id="form.null"),
    Binding("x", "example", "example", id="form.example"),
    Binding("J,shift+down,alt+down", "shift(1)", "Move the entry down", show=False, id="form.shift_down"),
    Binding("K,shift+up,alt+up", "shift(-1)", "Move the entry up", show=False, id="form.shift_up"),
    Binding("f", "file", "file", id="form.file"),
    Binding("p", "result", "result", id="form.result"),
    Binding("ctrl+e", "editor", "Write in your editor", show=False, id="form.editor"),
]


def may(action: str, row: FormRow | None, choosing: bool) -> bool:
    """Whether an action does something in this row.

    Args:
        row: Of the cursor.
        choosing: Whether options are in sight.
    """
    if action in ("close", "narrow"):
        return choosing
    if row is None:
        return action in ("next", "move")
    match action:
        case "edit":
            return row.types
        case "choose":
            return row.chooses
        case "fold":
            return row.folds and not (row.control is Control.LIST and not row.is_set)
        case "add":
            return row.control is Control.LIST or row.in_list
        case "turn":
            return row.chooses or row.folds
        case "step":
            return row.chooses or row.folds or row.control is Control.STEPPER
        case "clear":
            return not choosing and (row.is_set or row.chip is not None or row.is_entry)
        case "roll":
            return row.dice
        case "null":
            return row.nullable
        case "example":
            return bool(row.example)
        case "shift":
            return row.in_list
        case "file" | "result":
            return row.control is Control.MEDIUM
        case "editor":
            return row.control is Control.TEXT
        case _:
            return True
