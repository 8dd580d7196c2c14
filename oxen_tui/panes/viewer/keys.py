"""The keys of the viewer, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

VIEWER_BINDINGS: list[BindingType] = [
    Binding("escape,q", "back", "close", id="viewer.close"),
    Binding("space", "play", "play", id="viewer.play"),
    Binding("space", "pause", "pause", id="viewer.pause"),
    Binding("plus,equals_sign", "zoom(1)", "nearer", id="viewer.nearer"),
    Binding("minus,underscore", "zoom(-1)", "farther", show=False, id="viewer.farther"),
    Binding("0", "fit", "Fit", show=False, id="viewer.fit"),
    Binding("1", "actual", "Pixel by pixel", show=False, id="viewer.actual"),
    Binding("n,right_square_bracket", "step(1)", "next", id="viewer.next"),
    Binding("p,left_square_bracket", "step(-1)", "The one before", show=False, id="viewer.previous"),
    Binding("v", "compare", "compare", id="viewer.compare"),
    Binding("tab", "other(1)", "the other one", id="viewer.other"),
    Binding("shift+tab", "other(-1)", "The other one, backwards", show=False, id="viewer.other_back"),
    Binding("i", "request", "request", id="viewer.request"),
    Binding("e", "recall", "recall", id="viewer.recall"),
    Binding("a", "keep", "to the gallery", id="viewer.keep"),
    Binding("s", "save", "save", id="viewer.save"),
    Binding("c", "to_chat", "to chat", id="viewer.to_chat"),
    Binding("m", "mark", "Mark", show=False, id="viewer.mark"),
    Binding("y", "copy_path", "Copy the path", show=False, id="viewer.copy_path"),
    Binding("o", "open", "Open with the system's program", show=False, id="viewer.open"),
    Binding("comma", "frame(-1)", "Frame before", show=False, id="viewer.frame_before"),
    Binding("full_stop", "frame(1)", "Next frame", show=False, id="viewer.next_frame"),
    Binding("left,h", "side(-1)", "Left, or a second back", show=False, id="viewer.left"),
    Binding("right,l", "side(1)", "Right, or a second on", show=False, id="viewer.right"),
    Binding("up,k", "pan(0,-1)", "Up", show=False, id="viewer.up"),
    Binding("down,j", "pan(0,1)", "Down", show=False, id="viewer.down"),
    Binding("shift+left,H", "seconds(-1)", "A second back", show=False, id="viewer.second_back"),
    Binding("shift+right,L", "seconds(1)", "A second on", show=False, id="viewer.second_on"),
    Binding("home,g", "edge(0)", "To the beginning", show=False, id="viewer.begin"),
    Binding("end,G", "edge(1)", "To the end", show=False, id="viewer.end"),
    Binding("pageup", "scroll(-1)", "Request: page up", show=False, id="viewer.page_up"),
    Binding("pagedown", "scroll(1)", "Request: page down", show=False, id="viewer.page_down"),
]

VIEWER_COMMANDS: list[tuple[str, str, str]] = [
    ("Recall this request into the form", "e", "recall"),
    ("Put this file into the gallery", "a", "keep"),
    ("Save a copy of this", "s", "save"),
    ("Send this to the chat", "c", "to_chat"),
    ("Copy the path of this", "y", "copy_path"),
    ("Open this with the system's program", "o", "open"),
    ("Play this", "space", "play"),
    ("Stop playing", "space", "pause"),
    ("Set pictures side by side", "v", "compare"),
    ("Mark this", "m", "mark"),
    ("The request beside it, or not", "i", "request"),
    ("See all of it", "0", "fit"),
    ("See it pixel by pixel", "1", "actual"),
    ("Close the viewer", "esc", "back"),
]
"""What the palette offers: name, key, action."""
