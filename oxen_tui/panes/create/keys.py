"""The keys of the create pane that work wherever the focus is within it, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

CREATE_BINDINGS: list[BindingType] = [
    Binding("escape", "back", "back", id="create.back"),
    Binding("enter", "other_pane", "chat", id="create.chat"),
    Binding("ctrl+r", "run", "run", id="create.run"),
    Binding("ctrl+t", "run_now", "Run and wait for the picture", show=False, id="create.run_now"),
    Binding("f4", "json", "JSON", id="create.json"),
    Binding("ctrl+l", "pick_model", "model", id="create.model"),
    Binding("ctrl+o,i", "side", "price", id="create.side"),
    Binding("c", "form_of_request", "JSON, curl, Python", show=False, id="create.form"),
    Binding("y", "copy", "copy", show=False, id="create.copy"),
    Binding("u", "undo", "bring back", show=False, id="create.undo"),
    Binding("ctrl+n", "begin_anew", "begin anew", show=False, id="create.new"),
]

CREATE_COMMANDS: list[tuple[str, str, str]] = [
    ("Run this request", "ctrl+r", "run"),
    ("Run this request and wait for it", "ctrl+t", "run_now"),
    ("Edit this request as JSON", "F4", "json"),
    ("Choose the model of this request", "ctrl+l", "pick_model"),
    ("Price, time and text of this request", "ctrl+o", "side"),
    ("Copy this request", "y", "copy"),
    ("Begin this request anew", "ctrl+n", "begin_anew"),
]
"""What the palette offers while the pane is on screen: name, key, action."""
