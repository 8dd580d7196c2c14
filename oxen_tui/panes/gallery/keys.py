"""The keys of the gallery that work wherever the focus is within it, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

GALLERY_BINDINGS: list[BindingType] = [
    Binding("enter", "view", "full screen", id="gallery.view"),
    Binding("space", "play", "play", id="gallery.play"),
    Binding("escape", "back", "back", id="gallery.back"),
    Binding("escape", "clear", "clear the filter", id="gallery.clear"),
    Binding("e", "recall", "recall", id="gallery.recall"),
    Binding("r", "run_again", "run again", id="gallery.run_again"),
    Binding("c", "to_chat", "to chat", id="gallery.to_chat"),
    Binding("s", "save", "save", id="gallery.save"),
    Binding("i", "use", "use as input", id="gallery.use"),
    Binding("m", "mark", "mark", id="gallery.mark"),
    Binding("f", "favourite", "favourite", id="gallery.favourite"),
    Binding("a", "ancestry", "ancestry", id="gallery.ancestry"),
    Binding("d,delete", "delete", "delete", id="gallery.delete"),
    Binding("u", "undo", "bring back", id="gallery.undo"),
    Binding("y", "copy_path", "copy path", show=False, id="gallery.copy_path"),
    Binding("o", "open", "Open with the system's program", show=False, id="gallery.open"),
    Binding("O", "reveal", "Open its folder", show=False, id="gallery.reveal"),
    Binding("M", "unmark", "Take all marks off", show=False, id="gallery.unmark"),
    Binding("slash", "filter", "filter", id="gallery.filter"),
    Binding("left_square_bracket", "kind(-1)", "Kind before", show=False, id="gallery.kind_before"),
    Binding("right_square_bracket", "kind(1)", "Next kind", show=False, id="gallery.next_kind"),
    Binding("f5", "refresh", "Read the list again", show=False, id="gallery.refresh"),
    Binding("tab", "other_side", "To the details, and back", show=False, id="gallery.other_side"),
]

GALLERY_COMMANDS: list[tuple[str, str, str]] = [
    ("Show this result on the full screen", "enter", "view"),
    ("Recall this request into the form", "e", "recall"),
    ("Run this again with another seed", "r", "run_again"),
    ("Send this to the chat", "c", "to_chat"),
    ("Use this as the input of an edit or a clip", "i", "use"),
    ("Save a copy of this", "s", "save"),
    ("Copy the path of this", "y", "copy_path"),
    ("Open this with the system's program", "o", "open"),
    ("Open the folder of this", "O", "reveal"),
    ("Mark this", "m", "mark"),
    ("Take all marks off", "M", "unmark"),
    ("Make this a favourite, or not any more", "f", "favourite"),
    ("Where this comes from, and what was made of it", "a", "ancestry"),
    ("Put this into the trash", "d", "delete"),
    ("Bring back what was deleted last", "u", "undo"),
    ("Filter the gallery", "/", "filter"),
]
"""What the palette offers while the pane is on screen: name, key, action."""
