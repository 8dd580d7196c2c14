"""Examples that a model shows of itself (`showcase.gallery`, contract section 10), fetched only when a user asks.

They lie anywhere on the web and are none of the user's: fetched without the key, kept in the cache, looked at behind
the limits of every foreign picture.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urljoin

from oxen_tui.api.json_values import items, line, mapping, text
from oxen_tui.api.model import Model
from oxen_tui.atomic import write_whole
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.paths import FolderError, make_folder

MOST_BYTES = 30_000_000
"""Of one example: pictures are a few megabytes, short clips some more."""
_MOST_PIECES = 60
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Showpiece:
    """One example."""

    url: str
    title: str = ""
    prompt: str = ""
    about: str = ""
    """What it shows, or how it was made."""


class NotFetched(Exception):
    """The example is none, or cannot be kept."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ShowcaseClient(Protocol):
    """See `Client`."""

    async def download(self, url: str, into: BinaryIO, *, limit: int = ...) -> object: ...


def showpieces(model: Model, base_url: str) -> tuple[Showpiece, ...]:
    """The examples of a model; none for most.

    Args:
        base_url: Where the catalogue is from, for addresses without a host.
    """
    pieces = []
    for entry in items(mapping(model.showcase).get("gallery"))[:_MOST_PIECES]:
        known = mapping(entry)
        url = urljoin(base_url, text(known.get("src")).strip())
        if url.startswith(_WEB):
            about = line(known.get("alt")) or line(known.get("details"))
            pieces.append(Showpiece(url, line(known.get("title")), text(known.get("prompt")), about))
    return tuple(pieces)


class Showcase:
    """Fetches them into a folder of the cache."""

    def __init__(self, folder: Path, client: Callable[[], Awaitable[ShowcaseClient]]) -> None:
        self._folder = folder
        self._client = client

    def kept(self, piece: Showpiece) -> Path | None:
        """Where an example lies that was fetched before."""
        return next(iter(self._folder.glob(f"{_name(piece)}.*")), None)

    async def fetch(self, piece: Showpiece) -> Path:
        """Where an example lies, fetched now if it was not before.

        Raises:
            ApiError: It cannot be fetched.
            NotFetched: What came is neither picture nor clip nor sound, or the disk does not take it.
        """
        if (kept := await asyncio.to_thread(self.kept, piece)) is not None:
            return kept
        content = io.BytesIO()
        client = await self._client()
        await client.download(piece.url, content, limit=MOST_BYTES)
        return await asyncio.to_thread(self._keep, piece, content.getvalue())

    def _keep(self, piece: Showpiece, content: bytes) -> Path:
        kind = kind_of(content[:HEAD])
        if kind is None or kind.kind not in ("image", "video", "audio"):
            raise NotFetched("What stands there is neither a picture nor a clip.")
        place = self._folder / f"{_name(piece)}.{kind.extension}"
        try:
            make_folder(self._folder)
            write_whole(place, content)
        except FolderError as error:
            raise NotFetched(str(error)) from error
        except OSError as error:
            raise NotFetched(f"It cannot be kept: {(error.strerror or 'why is not said').lower()}.") from error
        return place


def _name(piece: Showpiece) -> str:
    return hashlib.sha256(piece.url.encode()).hexdigest()[:32]
