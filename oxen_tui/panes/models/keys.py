"""The keys of the models pane that work wherever the focus is within it, and their names in the palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

MODELS_BINDINGS: list[BindingType] = [
    # One of these does something at a time: see `check_action`.
    Binding("enter", "chat", "chat", id="models.chat"),
    Binding("enter", "create", "create", id="models.create"),
    Binding("enter", "wake", "wake", id="models.enter_wake"),
    Binding("enter", "open", "details", id="models.open"),
    # The same keys turn the pages from within them.
    *(
        Binding(page[0] if page != "Raw" else "J", f"page('{page}')", page, show=False, id=f"models.{page.lower()}")
        for page in ("Overview", "Schema", "Pricing", "Request", "Raw")
    ),
    Binding("c", "begin", "chat or create", show=False, id="models.begin"),
    Binding("right,l", "details", "Into the details", show=False, id="models.details"),
    Binding("escape", "stop", "stop", id="models.stop"),
    Binding("escape", "back", "back", id="models.back"),
    Binding("escape", "clear", "clear the filter", id="models.clear"),
    Binding("slash", "filter", "filter", id="models.filter"),
    Binding("v", "examples", "examples", id="models.showcase"),
    Binding("space", "mark", "mark to compare", id="models.mark"),
    Binding("x", "compare", "compare", id="models.compare"),
    Binding("s", "star", "star", id="models.star"),
    Binding("a", "activate", "wake or put to sleep", show=False, id="models.activate"),
    Binding("y", "copy_id", "copy id", id="models.copy"),
    Binding("o", "sort", "sort", show=False, id="models.sort"),
    Binding("r", "refresh", "refresh", show=False, id="models.refresh"),
    Binding("f", "facets", "Kinds and facets", show=False, id="models.facets"),
    Binding("left_square_bracket", "kind(-1)", "Kind before", show=False, id="models.kind_before"),
    Binding("right_square_bracket", "kind(1)", "Next kind", show=False, id="models.next_kind"),
    Binding("tab", "other_side", "To the details, and back", show=False, id="models.other_side"),
]

MODELS_COMMANDS: list[tuple[str, str, str]] = [
    ("Filter the models", "/", "filter"),
    ("Kinds and facets of models", "f", "facets"),
    ("Sort the models by something else", "o", "sort"),
    ("Ask the server for its models again", "r", "refresh"),
    ("Chat with this model", "c", "chat"),
    ("Create with this model", "c", "create"),
    ("See the examples of this model", "v", "examples"),
    ("Star this model, or take the star off", "s", "star"),
    ("Mark this model to compare", "space", "mark"),
    ("Compare the marked models", "x", "compare"),
    ("Wake this model, or put it to sleep", "a", "activate"),
    ("Copy the id of this model", "y", "copy_id"),
    ("Read what this model takes", "S", "page:Schema"),
    ("Read what this model costs", "P", "page:Pricing"),
    ("Read how to ask this model from a program", "R", "page:Request"),
    ("Read all that is known of this model, as JSON", "J", "page:Raw"),
]
"""What the palette offers while the pane is on screen: name, key, action (and what it is given)."""
