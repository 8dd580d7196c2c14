"""An app of a few lines that shows a transcript, and a way to read what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from textual.app import App, ComposeResult
from textual.message import Message

from oxen_tui.widgets import glyphs, palette
from oxen_tui.widgets.lines.inks import NAMES, Inks
from oxen_tui.widgets.markdown.margins import Room
from oxen_tui.widgets.markdown.painter import Painter
from oxen_tui.widgets.transcript.turn import Turn
from oxen_tui.widgets.transcript.view import Transcript


class Host(App[None]):
    """Shows turns; keeps what the transcript says."""

    def __init__(self, turns: Iterable[Turn] = (), theme: str = "oxen-dark") -> None:
        super().__init__()
        palette.install(self, theme)
        self.turns = list(turns)
        self.heard: list[Message] = []

    def get_css_variables(self) -> dict[str, str]:
        return palette.with_tokens(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield Transcript()

    def on_mount(self) -> None:
        if self.turns:
            self.view.show(self.turns)

    @property
    def view(self) -> Transcript:
        return self.query_one(Transcript)

    def on_transcript_copied(self, event: Transcript.Copied) -> None:
        self.heard.append(event)

    on_transcript_edit_requested = on_transcript_copied
    on_transcript_regenerate_requested = on_transcript_copied
    on_transcript_continue_requested = on_transcript_copied
    on_transcript_sibling_requested = on_transcript_copied
    on_transcript_delete_requested = on_transcript_copied
    on_transcript_link_chosen = on_transcript_copied
    on_transcript_left = on_transcript_copied
    on_transcript_lines_below = on_transcript_copied


def page(app: Host) -> list[str]:
    """The lines on the screen, without blanks at their ends."""
    view = app.view
    return [strip.text.rstrip() for strip in view.render_lines(view.size.region)]


def screen(app: Host) -> list[str]:
    """The lines as the whole app shows them: what a transcript told Textual to repaint has come there."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def style_of(app: Host, words: str) -> Style:
    """How some words on the screen look."""
    for strip in app.view.render_lines(app.view.size.region):
        for segment in strip:
            if words in segment.text and segment.style:
                return segment.style
    raise AssertionError(f"{words!r} is not on the screen as one piece")


def painter(width: int = 84, **room: bool) -> Painter:
    """A painter whose inks all look the same."""
    return Painter(Room(width, **room), Inks(dict.fromkeys(NAMES, Style())), glyphs.UNICODE)
