"""Makes an index of an answer or of a file. Work for a thread: at 50,000 models it takes seconds.

The thread stops for a moment every few milliseconds. Otherwise the interpreter would leave it the processor for five
milliseconds at each turn, and every key would wait for that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from oxen_tui.api.model_list import entries
from oxen_tui.services.catalogue.columns import Columns
from oxen_tui.services.catalogue.index import CatalogueIndex, far_text, near_text, prepare
from oxen_tui.services.catalogue.listing import Listing, listing_of
from oxen_tui.services.catalogue.query import Query
from oxen_tui.services.catalogue.rows import Standing
from oxen_tui.services.catalogue.selection import select
from oxen_tui.store.catalogue_cache import Body, BodyInMemory, CatalogueCache, digest_of

_SLICE_SECONDS = 0.003
_PAUSE_SECONDS = 0.0005

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Made:
    """A catalogue at one moment."""

    index: CatalogueIndex
    body: Body
    """What the listings' `start` and `end` are places of."""
    digest: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A model that a search of the server found."""

    id: str
    listing: Listing | None
    """None for models that are known already."""
    text: bytes
    """The model as it came; empty where it is known."""


class Stopped(ValueError):
    """The program ends, and nobody waits for the work."""


def from_file(cache: CatalogueCache) -> Made | None:
    """The catalogue that was kept; None if there is none that can be read."""
    kept = cache.load()
    if kept is None:
        return None
    try:
        index = _index(Columns.from_lines(kept.lines))
    except (ValueError, TypeError, IndexError):
        kept.body.close()
        return None
    return Made(_ready(index, kept.fetched_at), kept.body, kept.digest, kept.fetched_at)


def from_answer(
    body: bytes, cache: CatalogueCache | None, fetched_at: datetime, stop: threading.Event | None = None
) -> Made:
    """The catalogue of an answer, which is also kept, unless it is empty.

    Raises:
        ValueError: The answer is no list, or breaks off.
        Stopped: `stop` was set.
    """
    listings = (listing_of(*entry) for entry in _in_slices(entries(body), stop))
    columns = Columns.of(listing for listing in listings if listing is not None)
    index = _ready(_index(columns, stop), fetched_at)
    if cache is None or not len(index):
        return Made(index, BodyInMemory(body), digest_of(body), fetched_at)
    kept, digest = cache.save(fetched_at, columns.to_lines(), body)
    return Made(index, kept, digest, fetched_at)


def hits_of(body: bytes, known: Container[str], stop: threading.Event | None = None) -> list[Hit]:
    """What a search found, in the server's order.

    Raises:
        ValueError: The answer is no list, or breaks off.
        Stopped: `stop` was set.
    """
    hits = []
    for entry in _in_slices(entries(body), stop):
        listing = listing_of(entry.value)
        if listing is not None and listing.id in known:
            hits.append(Hit(listing.id, None, b""))
        elif listing is not None:
            hits.append(Hit(listing.id, listing, body[entry.start : entry.end]))
    return hits


def _index(columns: Columns, stop: threading.Event | None = None) -> CatalogueIndex:
    near = _in_slices(map(near_text, columns.id, columns.name), stop)
    far = _in_slices(map(far_text, columns.developer, columns.summary), stop)
    return CatalogueIndex(columns, list(near), list(far))


def _in_slices(
    work: Iterable[Part], stop: threading.Event | None, pause: Callable[[float], object] = time.sleep
) -> Iterator[Part]:
    begun = time.monotonic()
    for part in work:
        yield part
        if time.monotonic() - begun > _SLICE_SECONDS:
            if stop is not None and stop.is_set():
                raise Stopped
            pause(_PAUSE_SECONDS)
            begun = time.monotonic()


def _ready(index: CatalogueIndex, now: datetime) -> CatalogueIndex:
    """With all worked out that the first key in the filter would wait for."""
    select(prepare(index), "", Query(), Standing(), now)
    return index
