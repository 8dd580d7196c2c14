"""Examples that a model shows of itself (`showcase.gallery`, contract section 10), fetched only when a user asks.

They lie anywhere on the web and are none of the user's: fetched without the key, kept in the cache, looked at behind
the limits of every foreign picture.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol

from oxen_tui.api.address import Address, joined, origin_of
from oxen_tui.api.errors import ApiError
from oxen_tui.api.json_values import items, line, mapping, text
from oxen_tui.api.model import Model
from oxen_tui.atomic import write_whole
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.paths import FolderError, make_folder
from oxen_tui.services.queue.file_names import plain
from oxen_tui.system_words import why

MOST_BYTES = 30_000_000
"""Of one example: pictures are a few megabytes, short clips some more."""
MOST_KEPT = 400_000_000
"""Bytes of all examples on the disk; those that were fetched longest ago go first."""
_MOST_PIECES = 60
_LONGEST_NAME = 48
_AT_ONCE = 3
_ANYWHERE = "https://server.invalid"


@dataclass(frozen=True, slots=True)
class Showpiece:
    """One example."""

    source: str
    """Its address as the catalogue has it, perhaps without a host."""
    title: str = ""
    prompt: str = ""
    about: str = ""
    """What it shows, and how it was made."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One example after it was asked for."""

    piece: Showpiece
    path: Path | None
    """None where it could not be had."""
    trouble: str = ""
    """Why, in words."""


class NotFetched(Exception):
    """The example is none, or cannot be kept."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ShowcaseClient(Protocol):
    """See `Client`."""

    @property
    def address(self) -> Address: ...

    async def download(self, url: str, into: BinaryIO, *, limit: int = ...) -> object: ...


def showpieces(model: Model) -> tuple[Showpiece, ...]:
    """The examples of a model; none for most."""
    pieces = []
    for entry in items(mapping(model.showcase).get("gallery"))[:_MOST_PIECES]:
        known = mapping(entry)
        source = text(known.get("src")).strip()
        if origin_of(joined(_ANYWHERE, source)) is not None:
            said = (line(known.get("alt")), line(known.get("details")))
            about = ", ".join(filter(None, said))
            pieces.append(Showpiece(source, line(known.get("title")), text(known.get("prompt")), about))
    return tuple(pieces)


class Showcase:
    """Fetches them into a folder of the cache."""

    def __init__(self, folder: Path, client: Callable[[], Awaitable[ShowcaseClient]]) -> None:
        self._folder = folder
        self._client = client

    def kept(self, piece: Showpiece) -> Path | None:
        """Where an example lies that was fetched before."""
        return next((path for path in self._place(piece).glob("*") if not path.name.startswith(".")), None)

    async def fetch_all(self, pieces: Sequence[Showpiece], told: Callable[[int, Fetched], None]) -> list[Fetched]:
        """All of them, a few at a time. One that cannot be had keeps none of the others back.

        Args:
            told: Hears of each one as soon as it is there, or cannot be had, with its place among them.
        """
        room = asyncio.Semaphore(_AT_ONCE)

        async def fetched(place: int, piece: Showpiece) -> Fetched:
            async with room:
                try:
                    outcome = Fetched(piece, await self.fetch(piece))
                except NotFetched as error:
                    outcome = Fetched(piece, None, error.sentence)
                except ApiError as error:
                    outcome = Fetched(piece, None, f"It could not be fetched. {error.title}")
            told(place, outcome)
            return outcome

        return await asyncio.gather(*map(fetched, count(), pieces))

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
        await client.download(joined(client.address.base, piece.source), content, limit=MOST_BYTES)
        return await asyncio.to_thread(self._keep, piece, content.getvalue())

    def _keep(self, piece: Showpiece, content: bytes) -> Path:
        kind = kind_of(content[:HEAD])
        if kind is None or kind.kind not in ("image", "video", "audio"):
            raise NotFetched("What stands there is neither a picture nor a clip.")
        place = self._place(piece) / f"{piece_name(piece)}.{kind.extension}"
        try:
            make_folder(place.parent)
            self._make_room(len(content))
            write_whole(place, content)
        except FolderError as error:
            raise NotFetched(str(error)) from error
        except OSError as error:
            raise NotFetched(f"It cannot be kept: {why(error)}.") from error
        return place

    def _place(self, piece: Showpiece) -> Path:
        # Without the host where the catalogue names none: the demo is at another port each day.
        return self._folder / hashlib.sha256(piece.source.encode("utf-8", "surrogateescape")).hexdigest()[:32]

    def _make_room(self, size: int) -> None:
        """Let go of the oldest where this one would be too much."""
        files = [(path.stat(), path) for path in self._folder.glob("*/*")]
        kept = sum(facts.st_size for facts, _ in files)
        for facts, path in sorted(files, key=lambda each: each[0].st_mtime):
            if kept + size <= MOST_KEPT:
                break
            path.unlink(missing_ok=True)
            kept -= facts.st_size


def piece_name(piece: Showpiece) -> str:
    """For the file: what a user sees above it, and saves it under."""
    words = (plain(said, _LONGEST_NAME) for said in (piece.title, piece.about, piece.prompt))
    return next(filter(None, words), "example").lower()
