"""The keys of the chat pane that work wherever the focus is within it."""

from __future__ import annotations

from textual.binding import Binding, BindingType

CHAT_BINDINGS: list[BindingType] = [
    Binding("escape", "stop", "stop", id="chat.stop"),
    Binding("escape", "leave", "Back to the composer", show=False, id="chat.leave"),
    Binding("ctrl+n", "new", "new", id="chat.new"),
    Binding("ctrl+s", "conversations", "list", id="chat.conversations"),
    Binding("ctrl+l", "pick_model", "model", id="chat.model"),
    Binding("ctrl+o", "parameters", "Parameters", show=False, id="chat.parameters"),
    Binding("f3", "compare", "Ask several models", show=False, id="chat.compare"),
    Binding("f8", "dock", "Hide or show the dock", show=False, id="chat.dock"),
    Binding("f9", "inspect", "Inspect the last requests", show=False, id="chat.inspect"),
    Binding("ctrl+up", "transcript", "Into the conversation", show=False, id="chat.transcript"),
    Binding("alt+up", "waiting", "Questions that wait", show=False, id="chat.waiting"),
    Binding("ctrl+r", "retry", "Ask again", show=False, id="chat.retry"),
    Binding("ctrl+end", "end", "To the end of the conversation", show=False, id="chat.end"),
    Binding("u", "undo", "Undo the deletion", show=False, id="chat.undo"),
]
