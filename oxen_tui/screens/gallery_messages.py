"""What the gallery pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.widget import Widget

from oxen_tui.panes.chat import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.gallery import GalleryPane
    from oxen_tui.screens.command_palette import Command


@runtime_checkable
class TakesRequests(Protocol):
    """A form that can be filled in from elsewhere."""

    def take_request(self, model_id: str, body: Mapping[str, Any], parents: Sequence[int]) -> None: ...


class GalleryMessages(PaneScreen, part=True):
    """Makes the gallery pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    def make_pane(self, pane: str) -> Widget:
        if pane != "gallery":
            return super().make_pane(pane)
        from oxen_tui.panes.gallery import GalleryPane

        return GalleryPane(self.session)

    @property
    def _gallery(self) -> GalleryPane:
        from oxen_tui.panes.gallery import GalleryPane

        return self.query_one(GalleryPane)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.command_palette import Command

        if self.pane != "gallery":
            return super().commands()
        return [*(Command(*command) for command in self._gallery.commands), *super().commands()]

    async def on_gallery_page_create_wanted(self, event: GalleryPane.CreateWanted) -> None:
        form = await self.ready_pane("create")
        if isinstance(form, TakesRequests):
            form.take_request(event.model_id, event.body, event.parents)
        self.pane = "create"

    def on_gallery_page_attach_wanted(self, event: GalleryPane.AttachWanted) -> None:
        self.query_one(ChatPane).attach(event.paths)
        self.pane = "chat"

    def on_gallery_page_run_wanted(self, event: GalleryPane.RunWanted) -> None:
        from oxen_tui.screens.confirm import Confirm  # dialogs are loaded when they open, as in app.py

        def take(sure: bool | None) -> None:
            if sure:
                self._gallery.run_again(event.job_id)

        self.app.push_screen(Confirm(event.question, event.explanation, event.yes, "leaves it"), take)

    def on_gallery_page_input_wanted(self, event: GalleryPane.InputWanted) -> None:
        from oxen_tui.screens.pick_input_model import PickInputModel

        def take(model_id: str | None) -> None:
            if model_id:
                self._gallery.use_with(event.job_id, model_id)

        self.app.push_screen(PickInputModel(event.choices), take)

    def on_gallery_page_save_wanted(self, event: GalleryPane.SaveWanted) -> None:
        from oxen_tui.screens.ask_line import AskLine

        def take(place: str | None) -> None:
            if place:
                self._gallery.save_to(event.job_ids, place)

        self.app.push_screen(AskLine(event.title, event.suggestion), take)
