"""What the gallery pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.gallery.pane import GalleryPane
    from oxen_tui.screens.dialogs.command_palette import Command


class GalleryMessages(PaneScreen, part=True):
    """Makes the gallery pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    def make_pane(self, pane: str) -> Widget:
        if pane != "gallery":
            return super().make_pane(pane)
        from oxen_tui.panes.gallery.pane import GalleryPane

        return GalleryPane(self.session)

    @property
    def _gallery(self) -> GalleryPane:
        from oxen_tui.panes.gallery.pane import GalleryPane

        return self.query_one(GalleryPane)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        if self.pane != "gallery":
            return super().commands()
        return [*(Command(*command) for command in self._gallery.commands), *super().commands()]

    def on_gallery_page_input_wanted(self, event: GalleryPane.InputWanted) -> None:
        from oxen_tui.screens.dialogs.pick_input_model import PickInputModel

        def take(model_id: str | None) -> None:
            if model_id:
                self._gallery.use_with(event.job_id, model_id)

        self.app.push_screen(PickInputModel(event.choices), take)
