"""The keys of the queue pane that work wherever the focus is within it, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

QUEUE_BINDINGS: list[BindingType] = [
    Binding("enter", "open", "open", id="queue.open"),
    Binding("x", "cancel", "cancel", id="queue.cancel"),
    Binding("r", "retry", "retry", id="queue.retry"),
    Binding("e", "edit", "edit and rerun", id="queue.edit"),
    Binding("s", "save", "save", id="queue.save"),
    Binding("u", "undo", "put back", id="queue.undo"),
    Binding("d", "remove", "remove", id="queue.remove"),
    Binding("escape", "back", "back", id="queue.back"),
    Binding("escape", "clear", "clear the filter", id="queue.clear"),
    Binding("escape", "unmark", "unmark all", id="queue.unmark"),
    Binding("slash", "filter", "filter", id="queue.filter"),
    Binding("X", "cancel_all", "Cancel all", show=False, id="queue.cancel_all"),
    Binding("D", "remove_ended", "Remove all that have ended", show=False, id="queue.remove_ended"),
    Binding("space", "mark", "Mark", show=False, id="queue.mark"),
    Binding("right,l", "into", "Open a request of several, or the details", show=False, id="queue.into"),
    Binding("left,h", "out", "Close a request of several", show=False, id="queue.out"),
    Binding("tab", "other_side", "To the details, and back", show=False, id="queue.other_side"),
    Binding("left_square_bracket", "state(-1)", "State before", show=False, id="queue.state_before"),
    Binding("right_square_bracket", "state(1)", "Next state", show=False, id="queue.next_state"),
    Binding("y", "copy_id", "Copy the id", show=False, id="queue.copy_id"),
    Binding("Y", "copy_request", "Copy the request", show=False, id="queue.copy_request"),
    Binding("o", "copy_path", "Copy the path of the file", show=False, id="queue.copy_path"),
    Binding("t", "request", "Show the request", show=False, id="queue.request"),
    Binding("v", "events", "Show what happened", show=False, id="queue.events"),
    Binding("R", "refresh", "Ask the server again", show=False, id="queue.refresh"),
]

QUEUE_COMMANDS: list[tuple[str, str, str]] = [
    ("Open this job", "enter", "open"),
    ("Cancel this job, or the marked ones", "x", "cancel"),
    ("Cancel all jobs", "X", "cancel_all"),
    ("Retry this job", "r", "retry"),
    ("Edit and rerun this job", "e", "edit"),
    ("Save a copy of this result", "s", "save"),
    ("Remove this job from the list", "d", "remove"),
    ("Remove all ended jobs from the list", "D", "remove_ended"),
    ("Put removed jobs back into the list", "u", "undo"),
    ("Mark this job", "space", "mark"),
    ("Filter the jobs", "/", "filter"),
    ("Show jobs of the next state", "]", "next_state"),
    ("Copy the id of this job", "y", "copy_id"),
    ("Copy the request of this job", "Y", "copy_request"),
    ("Copy the path of this result", "o", "copy_path"),
    ("Show the request of this job", "t", "request"),
    ("Show what happened to this job", "v", "events"),
    ("Ask the server for its queue again", "R", "refresh"),
]
"""What the palette offers while the pane is on screen: name, key, action."""
