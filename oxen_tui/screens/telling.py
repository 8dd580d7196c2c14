"""A screen that tells the user what its panes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.presence import Presence

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from oxen_tui.panes.pane import Pane


class Telling(Presence):
    """Shows toasts. To be named before the kind of screen."""

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """A toast, for what the eye does not see by itself. Trouble stays until a key is pressed."""
        sign = glyph("failed") if trouble else glyph("done")
        severity: SeverityLevel = "error" if trouble else "information"
        self.app.notify(f"{sign} {sentence}", severity=severity, timeout=4, markup=False)

    def on_pane_said(self, event: Pane.Said) -> None:
        self.say(event.sentence)

    def on_pane_trouble(self, event: Pane.Trouble) -> None:
        self.say(event.sentence, trouble=True)
