"""Looks at the catalogue, and what changed between them.

Whoever looks away for less than half an hour is still on the same visit: the marks of what is new would else be gone
after a glance at another pane.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.changes import Changes, changes_between, seen_in
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.store.model_notes import ModelNotes, Visit

SAME_VISIT = timedelta(minutes=30)


class ModelVisits:
    """The visits of one catalogue."""

    def __init__(self, notes: ModelNotes, catalogue: Catalogue, *, now: Callable[[], datetime]) -> None:
        self._notes = notes
        self._catalogue = catalogue
        self._now = now
        self._compared: Visit | None = None
        self._is_new = True
        self._begun = False
        self._known: tuple[CatalogueIndex, Changes] | None = None

    async def begin(self) -> None:
        """The user looks at the catalogue.

        Raises:
            StoreError: Earlier visits cannot be read.
        """
        last, before = await self._notes.visits()
        self._is_new = last is None or self._now() - last.left_at > SAME_VISIT
        self._compared = last if self._is_new else before
        self._known = None
        self._begun = True

    async def end(self) -> None:
        """The user looks away: what is listed now has been seen. Does nothing without `begin` or without a list.

        Raises:
            StoreError: It cannot be kept; the next visit is compared with an older one.
        """
        seen = seen_in(self._catalogue.index)
        if self._begun and seen:
            self._begun = False
            await self._notes.leave(seen, is_new_visit=self._is_new)

    @property
    def changes(self) -> Changes:
        """What changed since the last visit; nothing before `begin`, at the first visit, or without a list."""
        index = self._catalogue.index
        if self._compared is None or not len(index):
            return Changes()
        if self._known is None or self._known[0] is not index:
            changes = changes_between(self._compared.seen, seen_in(index))
            self._known = index, Changes(self._compared.left_at, changes)
        return self._known[1]
