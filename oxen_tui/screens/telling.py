"""A screen that tells the user what its panes say, and asks what they want to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.presence import Presence

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from oxen_tui.panes.pane import Pane
    from oxen_tui.panes.wanted import LineWanted, SureWanted


class Telling(Presence):
    """Shows toasts and opens what asks. To be named before the kind of screen."""

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """A toast, for what the eye does not see by itself. Trouble stays until a key is pressed."""
        sign = glyph("failed") if trouble else glyph("done")
        severity: SeverityLevel = "error" if trouble else "information"
        self.app.notify(f"{sign} {sentence}", severity=severity, timeout=4, markup=False)

    def on_sure_wanted(self, event: SureWanted) -> None:
        from oxen_tui.screens.dialogs.confirm import Confirm  # dialogs are loaded when they open, as in app.py

        def take(sure: bool | None) -> None:
            if sure:
                event.go_on()
            elif event.leave is not None:
                event.leave()

        self.app.push_screen(Confirm(event.question, event.explanation, event.yes, event.no), take)

    def on_line_wanted(self, event: LineWanted) -> None:
        from oxen_tui.screens.dialogs.ask_line import AskLine

        def take(line: str | None) -> None:
            if line:
                event.take(line)

        self.app.push_screen(AskLine(event.title, event.suggestion), take)

    def on_pane_said(self, event: Pane.Said) -> None:
        self.say(event.sentence)

    def on_pane_trouble(self, event: Pane.Trouble) -> None:
        self.say(event.sentence, trouble=True)
