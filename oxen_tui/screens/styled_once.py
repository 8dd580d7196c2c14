"""A screen that is styled once when it is new: Textual styles it when it is composed, and again when it is shown."""

from __future__ import annotations

from textual import events, on
from textual.screen import Screen

from oxen_tui.widgets.in_parts import InParts


class StyledOnce(InParts, Screen[None], part=True):
    """For what stands at the start, where a key waits for it."""

    _was_shown = False

    @on(events.ScreenResume)
    def _stay_as_styled(self, event: events.ScreenResume) -> None:
        if not self._was_shown:  # later it may have been away while the theme changed
            self._was_shown, event.refresh_styles = True, False


class Ground(StyledOnce):
    """What lies under the first screen of a session, never seen: the stack of screens must not be empty."""

    AUTO_FOCUS = ""
