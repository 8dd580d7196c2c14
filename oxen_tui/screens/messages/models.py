"""What the models pane tells, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command


class ModelsMessages(PaneScreen, part=True):
    """Makes the models pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    def make_pane(self, pane: str) -> Widget:
        if pane != "models":
            return super().make_pane(pane)
        from oxen_tui.panes.models.pane import ModelsPane

        return ModelsPane(self.session)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        if self.pane != "models":
            return super().commands()
        from oxen_tui.panes.models.pane import ModelsPane

        return [*(Command(*command) for command in self.query_one(ModelsPane).commands), *super().commands()]
