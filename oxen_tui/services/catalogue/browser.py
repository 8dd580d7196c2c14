"""All that a user does with the catalogue, in one hand for whoever shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.changes import Changes
from oxen_tui.services.catalogue.deployments import DeploymentClient, Deployments
from oxen_tui.services.catalogue.found_words import load_matcher
from oxen_tui.services.catalogue.marks import MarksClient, ModelMarks
from oxen_tui.services.catalogue.rows import Standing
from oxen_tui.services.catalogue.search import ModelSearch
from oxen_tui.services.catalogue.visits import ModelVisits
from oxen_tui.services.clock import Clock
from oxen_tui.store.model_notes import ModelNotes


class BrowserClient(MarksClient, DeploymentClient, Protocol):
    """The part of the client that is needed here."""


class ModelBrowser:
    """One catalogue, and what this user has to do with it."""

    def __init__(
        self,
        catalogue: Catalogue,
        notes: ModelNotes,
        client: Callable[[], Awaitable[BrowserClient]],
        clock: Clock,
        *,
        has_key: bool,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.catalogue = catalogue
        """The models."""
        self.marks = ModelMarks(notes, client, has_key=has_key)
        """Favourites, and models used lately."""
        self.visits = ModelVisits(notes, catalogue, now=clock.now)
        """What is new since the last look."""
        self.search = ModelSearch(catalogue, lambda: self.standing, now=clock.now, sleep=sleep)
        """What the filter finds."""
        self.deployments = Deployments(client, catalogue, monotonic=clock.monotonic, sleep=sleep)
        """Waking custom models."""
        self._marks_known = False

    @property
    def standing(self) -> Standing:
        """What models are to this user at this moment."""
        return Standing(self.marks.favourites, self.marks.used, self.changes.by_id)

    @property
    def changes(self) -> Changes:
        """What is new, gone or changed in price since the last visit."""
        return self.visits.changes

    async def begin(self) -> None:
        """The user looks at the catalogue. Shows what is kept at once, and asks the server behind.

        To be awaited by a worker: subscribers of `catalogue` and `marks` hear of each step.

        Raises:
            StoreError: What is kept cannot be read.
        """
        await self.visits.begin()
        await self.catalogue.load()
        self.catalogue.refresh_behind()
        await asyncio.to_thread(load_matcher)
        if not self._marks_known or self.marks.trouble is not None:
            self._marks_known = True
            await self.marks.load()

    async def refresh(self) -> None:
        """Asks for the list and the favourites again, and waits for them.

        Raises:
            StoreError: What is kept cannot be read or written.
        """
        await self.catalogue.load(again=True)
        await self.marks.load()

    async def end(self) -> None:
        """The user looks away: what is new now is not new the next time.

        Raises:
            StoreError: That cannot be kept.
        """
        await self.visits.end()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when a search might find something else. What comes back ends that."""
        ends = self.catalogue.subscribe(listener), self.marks.subscribe(listener)

        def end() -> None:
            for each in ends:
                each()

        return end
