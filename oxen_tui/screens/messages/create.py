"""What the create pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.create.pane import CreatePane
    from oxen_tui.panes.wanted import ChatWanted, RequestWanted
    from oxen_tui.screens.dialogs.command_palette import Command


class CreateMessages(PaneScreen, part=True):
    """Makes the create pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    def make_pane(self, pane: str) -> Widget:
        if pane != "create":
            return super().make_pane(pane)
        from oxen_tui.panes.create.pane import CreatePane

        return CreatePane(self.session)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        made = self.made_create
        if self.pane != "create" or made is None:
            return super().commands()
        return [*(Command(*command) for command in made.commands), *super().commands()]

    @property
    def made_create(self) -> CreatePane | None:
        """The pane, if it was gone to before."""
        made = self.made("create")
        if made is None:
            return None
        from oxen_tui.panes.create.pane import CreatePane

        return made if isinstance(made, CreatePane) else None

    async def create_with(
        self, model_id: str, body: Mapping[str, Any] | None = None, parents: Sequence[int] = ()
    ) -> None:
        """Go to the form of this model, filled with a request where one is given."""
        from oxen_tui.panes.create.pane import CreatePane

        pane = await self.ready_pane("create")
        assert isinstance(pane, CreatePane)
        if body is None:
            pane.take_model(model_id)
        else:
            pane.take_request(model_id, body, parents)
        self.pane = "create"

    async def on_request_wanted(self, event: RequestWanted) -> None:
        await self.create_with(event.model_id, event.body, event.parents)

    def on_chat_wanted(self, event: ChatWanted) -> None:
        self.query_one(ChatPane).start_with(event.model_id)
        self.pane = "chat"

    def on_create_page_sent(self, event: CreatePane.Sent) -> None:
        self.say(f"{event.words} sent · 4 opens the queue")

    async def on_create_page_model_wanted(self, event: CreatePane.ModelWanted) -> None:
        from oxen_tui.screens.dialogs.pick_maker import PickMaker
        from oxen_tui.services.catalogue.whole_models import making_models

        pane, catalogue = self.made_create, self.session.catalogue
        if pane is None:
            return
        dialog = PickMaker(pane.model_id, self.session.models.marks.favourites)

        def take(chosen: str | None) -> None:
            if chosen:
                pane.take_model(chosen)

        self.app.push_screen(dialog, take)
        await catalogue.load(again=catalogue.trouble is not None)
        if dialog in self.app.screen_stack:  # else it was answered meanwhile
            dialog.show_models(making_models(catalogue.index), catalogue.trouble)

    def on_create_page_file_wanted(self, event: CreatePane.FileWanted) -> None:
        from oxen_tui.screens.dialogs.pick_file import PickFile

        def take(path: str | None) -> None:
            if path and (pane := self.made_create) is not None:
                pane.take_medium(event.key, path)

        self.app.push_screen(PickFile(event.kinds, self.session.clock.now()), take)

    async def on_create_page_result_wanted(self, event: CreatePane.ResultWanted) -> None:
        from oxen_tui.screens.dialogs.pick_result import PickResult
        from oxen_tui.store.errors import StoreError

        try:
            found = await self.session.store.jobs.results()
        except StoreError as error:
            self.say(str(error), trouble=True)
            return
        jobs = [job for job in found if job.kind in event.kinds]

        def take(job_id: str | None) -> None:
            job = next((job for job in jobs if str(job.id) == job_id), None)
            if job is not None and job.file is not None and (pane := self.made_create) is not None:
                pane.take_medium(event.key, str(self.session.results.path(job.file)))

        self.app.push_screen(PickResult(jobs, self.session.clock.now()), take)
