"""What the screens share that are one pane and its keys, over the main screen, on which all goes on meanwhile."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen

from oxen_tui.panes.pane import Pane
from oxen_tui.screens.dialogs.command_palette import Command
from oxen_tui.screens.telling import Telling
from oxen_tui.widgets.driver.steady_compositor import SteadyCompositor
from oxen_tui.widgets.key_bar import KeyBar

Outcome = TypeVar("Outcome")


class FullScreen(Telling, Screen[Outcome]):
    """One pane, as large as the terminal."""

    HELP_TITLE: ClassVar[str]
    """What the help calls it."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self._compositor = SteadyCompositor()
        self._shown = pane

    def compose(self) -> ComposeResult:
        yield self._shown
        yield KeyBar(id="footer")

    def on_mount(self) -> None:
        self._shown.focus()

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    # --- what the app asks ----------------------------------------------------------------------------------------

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help."""
        return self.HELP_TITLE, []

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own."""
        return [Command(*command) for command in self._shown.commands]
