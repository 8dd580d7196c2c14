"""The long work on a catalogue, in a thread. What it needs is loaded there too: a start need not wait for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Container
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oxen_tui.services.catalogue.making import Hit, Made
    from oxen_tui.store.catalogue_cache import CatalogueCache


async def from_file(cache: CatalogueCache) -> Made | None:
    """See `making.from_file`."""

    def work() -> Made | None:
        from oxen_tui.services.catalogue.making import from_file

        return from_file(cache)

    return await asyncio.to_thread(work)


async def from_answer(body: bytes, cache: CatalogueCache | None, now: datetime, stop: threading.Event) -> Made:
    """See `making.from_answer`."""

    def work() -> Made:
        from oxen_tui.services.catalogue.making import from_answer

        return from_answer(body, cache, now, stop)

    return await asyncio.to_thread(work)


async def hits_of(body: bytes, known: Container[str], stop: threading.Event) -> list[Hit]:
    """See `making.hits_of`."""

    def work() -> list[Hit]:
        from oxen_tui.services.catalogue.making import hits_of

        return hits_of(body, known, stop)

    return await asyncio.to_thread(work)
