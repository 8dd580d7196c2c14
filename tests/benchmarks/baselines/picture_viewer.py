"""The app's picture widget and an input, nothing else: what pictures cost without what stands beside them.

f2 shows the picture, f3 scrolls by a line, f4 opens a dialog and closes it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual import constants
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.terminal import display
from oxen_tui.terminal.picture_mode import choose
from oxen_tui.terminal.probe import Probe
from oxen_tui.widgets import palette
from oxen_tui.widgets.driver import terminal_answers
from oxen_tui.widgets.picture import terminal as picture_terminal
from oxen_tui.widgets.picture.picture import Picture


class Question(Dialog[None]):
    BINDINGS = [Binding("f4", "dismiss(None)", "close")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("A dialog")


class Viewer(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $bg; color: $text; }
    VerticalScroll { height: 1fr; scrollbar-size: 0 0; }
    Picture { height: 28; content-align: center top; }
    Input { height: 1; border: none; }
    """
    BINDINGS = [
        Binding("f2", "show", "show"),
        Binding("f3", "scroll", "scroll"),
        Binding("f4", "ask", "ask"),
    ]

    def __init__(self, file: Path) -> None:
        super().__init__()
        palette.install(self)
        self._file = file

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Picture()
            yield Static("below\n" * 20)
        yield Input()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    async def on_unmount(self) -> None:
        await picture_terminal.close(self)

    def action_show(self) -> None:
        self.query_one(Picture).show(self._file)

    def action_scroll(self) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=1, animate=False)

    def action_ask(self) -> None:
        self.push_screen(Question())


with Probe(0, 1) as probe:
    facts = probe.facts()
display.use(choose(facts, sys.argv[2], sys.argv[3]).display)
constants.COLOR_SYSTEM = "truecolor"  # type: ignore[misc]
viewer = Viewer(Path(sys.argv[1]))
terminal_answers.install(facts.answers.typed)
viewer.run()
