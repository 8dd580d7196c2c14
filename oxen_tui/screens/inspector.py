"""The full screen on which the last requests are looked at."""

from __future__ import annotations

from oxen_tui.panes.inspector.pane import InspectorPane
from oxen_tui.screens.full_screen import FullScreen
from oxen_tui.services.session import Session


class Inspector(FullScreen[None]):
    """Answers nothing."""

    HELP_TITLE = "inspector"

    def __init__(self, session: Session) -> None:
        super().__init__(InspectorPane(session))

    def on_inspector_page_closed(self) -> None:
        self.dismiss(None)
