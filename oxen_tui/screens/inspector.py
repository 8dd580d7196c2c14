"""The full screen on which the last requests are looked at."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from oxen_tui.panes.inspector import InspectorPane
from oxen_tui.screens.command_palette import Command
from oxen_tui.screens.telling import Telling
from oxen_tui.services.session import Session
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.steady_compositor import SteadyCompositor


class Inspector(Telling, Screen[None]):
    """Over the main screen; what arrives goes on arriving there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._compositor = SteadyCompositor()
        self._inspector = InspectorPane(session)

    def compose(self) -> ComposeResult:
        yield self._inspector
        yield KeyBar(id="footer")

    def on_mount(self) -> None:
        self._inspector.focus()

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    # --- what the pane tells --------------------------------------------------------------------------------------

    def on_inspector_page_closed(self) -> None:
        self.dismiss(None)

    # --- what the app asks ----------------------------------------------------------------------------------------

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help."""
        return "inspector", []

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own."""
        pane = self._inspector
        return [
            Command("Copy the request as curl", "c", lambda: pane.action_copy_as("curl")),
            Command("Copy the request as Python", "p", lambda: pane.action_copy_as("Python")),
            Command("Copy what is shown", "y", pane.action_copy_shown),
            Command("Write the exchange to a file", "s", pane.action_save),
            Command("Find in what is shown", "/", pane.action_find),
        ]
