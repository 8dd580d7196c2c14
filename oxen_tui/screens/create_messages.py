"""What the create pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.panes.not_built import NotBuiltPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.models import ModelsPane


class CreateMessages(PaneScreen):
    """Makes the create pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    async def on_models_page_create_wanted(self, event: ModelsPane.CreateWanted) -> None:
        pane = await self.ready_pane("create")
        self.pane = "create"
        if isinstance(pane, NotBuiltPane):
            pane.take_model(event.model_id)
