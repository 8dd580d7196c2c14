"""The line over the grid: what is typed to narrow it, the kinds with their numbers, how it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from oxen_tui.widgets.facet_line import Facet, FacetLine
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine


class GalleryWords(LineInput):
    """Hands the keys that are not for text to the line around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hand('escape')", "clear, then leave", id="filter.leave"),
        Binding("enter", "hand('leave')", "to the grid", id="filter.done"),
        Binding("tab,down,pagedown", "hand('leave')", "To the grid", show=False, id="filter.down"),
    ]

    def __init__(self, hand: Callable[[str], None]) -> None:
        super().__init__(placeholder="filter", select_on_focus=False, id="gallery-words")
        self._hand = hand

    def action_hand(self, key: str) -> None:
        self._hand(key)


class GalleryFilter(Horizontal):
    """A query and the kinds. The query is only text here: what it means is the caller's affair."""

    DEFAULT_CSS = """
    GalleryFilter {
        height: 1; padding: 0 2;
        & > #gallery-sign { width: 2; }
        & > Input, & > Input:focus {
            width: 9; height: 1; border: none; padding: 0; background: $bg; color: $text;
            background-tint: $bg 0%;
        }
        & > Input > .input--placeholder { color: $text; }
        & > FacetLine { width: 1fr; height: 1; }
        & > #gallery-sorted { width: 12; }
    }
    GalleryFilter.-typing > Input { width: 32; }
    GalleryFilter.-slim { & > #gallery-sorted { display: none; } }
    GalleryFilter.-slim.-typing > Input { width: 24; }
    """

    class Changed(Message):
        """Something else stands in the filter now."""

        query: str

    class Left(Message):
        """The user is done typing and wants the grid."""

    def compose(self) -> ComposeResult:
        yield OneLine(id="gallery-sign")
        yield GalleryWords(self._press)
        yield FacetLine(id="gallery-kinds")
        yield OneLine(id="gallery-sorted")

    def on_mount(self) -> None:
        self._field, self._kinds = self.query_one(GalleryWords), self.query_one(FacetLine)
        self.query_one("#gallery-sign", OneLine).say([("/ ", "muted")])
        self.query_one("#gallery-sorted", OneLine).say([], [("newest first", "muted")])

    @property
    def query_text(self) -> str:
        """What stands in the filter."""
        return self._field.value

    def put(self, query: str) -> None:
        """Let this stand there, as if it had been typed."""
        self._field.value = query
        self._field.cursor_position = len(query)

    def show_kinds(self, kinds: Sequence[Facet]) -> None:
        """The words behind the field."""
        self._kinds.show(kinds, ())  # not looked for: what was counted may be told when the pane is being left

    def focus(self, scroll_visible: bool = True) -> GalleryFilter:
        # At once: what is typed behind the key that led here would go elsewhere.
        self.screen.set_focus(self._field, scroll_visible)
        return self

    @property
    def has_keys(self) -> bool:
        """Whether something is being typed here."""
        return self._field.has_focus

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self._make_room()
        self.post_message(self.Changed(event.value))

    def on_descendant_focus(self) -> None:
        self._make_room()

    def on_descendant_blur(self) -> None:
        self._make_room()

    def _make_room(self) -> None:
        self.set_class(self._field.has_focus or bool(self._field.value), "-typing")

    def _press(self, key: str) -> None:
        if key == "escape" and self._field.value:
            self.put("")
        else:
            self.post_message(self.Left())
