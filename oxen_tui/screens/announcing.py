"""What every pane's user is told, whichever is on screen: that jobs ended, and what was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.screens.pane_screen import PaneScreen
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.pane_bar import PaneBar

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.announcer import Announcer

_FIRST_LOOK = 0.5
"""Seconds from the start: the first keys come before."""


class Announcing(PaneScreen, part=True):
    """Shows announcements as toasts, and keeps the sum in the header right."""

    def on_mount(self) -> None:
        self.set_timer(_FIRST_LOOK, self._listen)

    async def _listen(self) -> None:
        from oxen_tui.panes.jobs.announcer import Announcer

        await self.mount(Announcer(self.session))
        self.on_announcer_spending_changed()

    def on_announcer_spending_changed(self) -> None:
        """Bring the sum in the header up to date."""
        header = self.query_one(PaneBar)
        header.spent, header.partial = self.session.spent, self.session.spent_is_partial

    def on_announcer_announced(self, event: Announcer.Announced) -> None:
        """A toast, unless the eye sees it in the queue. It goes on to the app, for when nobody looks here at all."""
        if self.pane == "queue" and self.app.screen is self:
            return
        said, trouble = event.announcement.sentence, event.announcement.is_trouble
        self.say(f"{said} {glyph('dot')} alt+4 opens the queue" if trouble else said, trouble=trouble)
