"""The keys of the comparison, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

COMPARE_BINDINGS: list[BindingType] = [
    Binding("escape", "stop_all", "stop all", id="compare.stop_all"),
    Binding("escape", "close", "close", id="compare.close"),
    Binding("enter", "pick", "go on with it", id="compare.pick"),
    Binding("tab,right,l", "other(1)", "next", id="compare.next"),
    Binding("shift+tab,left,h", "other(-1)", "The one before", show=False, id="compare.previous"),
    Binding("x", "stop_one", "stop", id="compare.stop"),
    Binding("r", "again", "ask again", id="compare.again"),
    Binding("y", "copy", "copy", id="compare.copy"),
    Binding("Y", "copy_code", "Copy a code block of it", show=False, id="compare.copy_code"),
    Binding("q", "leave", "Back, and whatever runs goes on", show=False, id="compare.leave"),
    Binding("space", "fold", "Open or fold the thoughts", show=False, id="compare.fold"),
    *(
        Binding(f"{number}", f"choose({number - 1})", f"Answer {number}", show=False, id=f"compare.answer_{number}")
        for number in range(1, 5)
    ),
    Binding("up,k", "scroll(-1)", "Line up", show=False, id="compare.up"),
    Binding("down,j", "scroll(1)", "Line down", show=False, id="compare.down"),
    Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="compare.page_up"),
    Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="compare.page_down"),
    Binding("home,g", "edge(0)", "To its beginning", show=False, id="compare.begin"),
    Binding("end,G", "edge(1)", "To its end", show=False, id="compare.end"),
]

COMPARE_COMMANDS: list[tuple[str, str, str]] = [
    ("Go on with this answer", "enter", "pick"),
    ("Stop this answer", "x", "stop_one"),
    ("Ask this model again", "r", "again"),
    ("Copy this answer", "y", "copy"),
    ("Open or fold its thoughts", "space", "fold"),
    ("Stop all answers", "esc", "stop_all"),
    ("Leave the comparison running", "q", "leave"),
    ("Close the comparison", "esc", "close"),
]
"""What the palette offers: name, key, action."""
