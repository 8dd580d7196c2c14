"""What leads to the viewer, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.messages.create import CreateMessages
from oxen_tui.screens.messages.gallery import GalleryMessages
from oxen_tui.screens.messages.queue import QueueMessages

if TYPE_CHECKING:
    from oxen_tui.panes.gallery.pane import GalleryPane
    from oxen_tui.panes.models.pane import ModelsPane
    from oxen_tui.panes.queue.pane import QueuePane
    from oxen_tui.panes.wanted import AttachWanted, ViewWanted
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.screens.viewer import Seen, Viewer
    from oxen_tui.services.gallery.opened_files import OpenedFile
    from oxen_tui.services.gallery.viewing import Viewed
    from oxen_tui.store.job import Job

_KINDS = frozenset(("image", "video", "audio"))


class ViewerMessages(CreateMessages, QueueMessages, GalleryMessages, part=True):
    """Opens the viewer and takes up what was wanted there. The viewer is loaded when it is opened."""

    _looks_at_examples: Viewer | None = None
    """Where what a model shows of itself is looked at, while more of it may come."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        return [*super().commands(), Command("Open a file", "/open", self.pick_file_to_view)]

    # --- what leads there -----------------------------------------------------------------------------------------

    def on_gallery_page_view_wanted(self, event: GalleryPane.ViewWanted) -> None:
        """Show a result as large as there is room, the others of the page before and behind it."""
        gallery = self.session.gallery
        jobs = [job for job_id in event.job_ids if (job := gallery.job(job_id)) is not None]
        self.view_jobs(jobs, event.job_ids[event.index], play=event.play)

    def on_queue_page_open_wanted(self, event: QueuePane.OpenWanted) -> None:
        """Show the result of a job; those of the others in the list stand before and behind it."""
        self.view_jobs([job for job in self.session.generations.jobs if job.file is not None], event.job_id)

    async def on_models_page_examples_wanted(self, event: ModelsPane.ExamplesWanted) -> None:
        """Show what a model shows of itself, with the words it was made from: the first, and then what comes."""
        from oxen_tui.services.gallery.viewing import of_examples

        viewer, now = self._looks_at_examples if event.more else None, self.session.clock.now()
        before = len(viewer.items) if viewer is not None else 0
        items = await asyncio.to_thread(of_examples, event.model_id, event.examples, now, before)
        if viewer is not None and viewer.is_attached:
            viewer.add(items)
        elif not event.more and self.pane == "models":
            self._looks_at_examples = self._view(items, told=True)

    def on_view_wanted(self, event: ViewWanted) -> None:
        if event.paths:
            self.open_files(event.paths)
        else:
            self.pick_file_to_view()

    def pick_file_to_view(self) -> None:
        """Ask which file is to be looked at."""
        from oxen_tui.screens.dialogs.pick_file import PickFile

        def take(path: str | None) -> None:
            if path:
                self.open_files([Path(path)])

        self.app.push_screen(PickFile(_KINDS, self.session.clock.now()), take)

    # --- opening it -----------------------------------------------------------------------------------------------

    def view_jobs(self, jobs: Sequence[Job], job_id: int, *, play: bool = False) -> None:
        """Look at results, beginning with one of them."""
        from oxen_tui.services.gallery.viewing import of_jobs

        items = of_jobs(jobs, self.session.results.path, self.session.gallery.missing)
        index = next((place for place, item in enumerate(items) if item.job.id == job_id), 0)
        self._view(items, index, play=play)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Look at files of the disk; of a folder at those in it."""
        self.call_later(self._open_files, paths)

    async def _open_files(self, paths: Sequence[Path]) -> None:
        from oxen_tui.services.gallery.opened_files import look_at_all

        await self.view_files(await asyncio.to_thread(look_at_all, paths))

    async def view_files(self, files: Sequence[OpenedFile]) -> None:
        """Look at files that are known already; where none can be shown it is said why not."""
        from oxen_tui.services.gallery.viewing import of_files

        if all(file.facts is None for file in files):
            first = files[0]
            self.say(f"{first.name} is not shown. {first.trouble}", trouble=True)
            return
        gallery = self.session.gallery
        await gallery.load()
        known = {path: job for job in gallery.jobs if (path := gallery.path(job.id)) is not None}
        self._view(of_files(files, known, self.session.clock.now()))

    def _view(
        self, items: Sequence[Viewed], index: int = 0, *, play: bool = False, told: bool = False
    ) -> Viewer | None:
        from oxen_tui.screens.viewer import Viewer

        if not items or not self.is_current:
            return None
        viewer = Viewer(self.session, items, index, play=play, told=told)
        self.app.push_screen(viewer, self._take_seen)
        return viewer

    # --- what comes of it -----------------------------------------------------------------------------------------

    async def _take_seen(self, seen: Seen | None) -> None:
        if self._looks_at_examples is not None:
            self._looks_at_examples = None
            self._have_no_more_examples()
        if seen is None:
            return
        if seen.recalls:
            await self._recall(seen)
        elif seen.attach:
            self._send_to_chat(seen.attach)
        elif seen.pane:
            self.pane = seen.pane
        elif self.pane == "gallery" and seen.job_id > 0:
            self._gallery.go_to(seen.job_id)

    def _have_no_more_examples(self) -> None:
        from oxen_tui.panes.models.pane import ModelsPane

        self.query_one(ModelsPane).action_stop()

    async def _recall(self, seen: Seen) -> None:
        if seen.model_id:
            await self.create_with(seen.model_id, seen.body, seen.parents)
            return
        # Another program wrote the picture: its prompt is known, and the model is the user's choice.
        self.call_later(self._pick_maker, seen)

    async def _pick_maker(self, seen: Seen) -> None:
        from oxen_tui.screens.dialogs.pick_maker import PickMaker
        from oxen_tui.services.catalogue.whole_models import making_models

        pane, catalogue = self.made_create, self.session.catalogue
        dialog = PickMaker(pane.model_id if pane is not None else "", self.session.models.marks.favourites)
        dialog.show_models(making_models(catalogue.index), catalogue.trouble)

        def take(chosen: str | None) -> None:
            if chosen:
                self.call_later(self.create_with, chosen, seen.body, seen.parents)

        self.app.push_screen(dialog, take)
        await catalogue.load(again=catalogue.trouble is not None)
        if dialog in self.app.screen_stack:  # else it was answered meanwhile
            dialog.show_models(making_models(catalogue.index), catalogue.trouble)

    def on_attach_wanted(self, event: AttachWanted) -> None:
        self._send_to_chat(event.paths)

    def _send_to_chat(self, paths: Sequence[Path]) -> None:
        self.query_one(ChatPane).attach(paths)
        self.pane = "chat"
