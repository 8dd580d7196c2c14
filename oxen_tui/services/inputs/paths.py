"""Paths of media, completed while they are typed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from oxen_tui.safe_text import clean_line
from oxen_tui.services.media_addresses import home_expanded
from oxen_tui.services.schema.media import MediaKind

_MOST_SEEN: Final = 20_000
"""Entries of one folder that are looked at."""

_MOST_GIVEN: Final = 50

ENDINGS: Final[Mapping[MediaKind, frozenset[str]]] = {
    MediaKind.IMAGE: frozenset(["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif"]),
    MediaKind.VIDEO: frozenset(["mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv"]),
    MediaKind.AUDIO: frozenset(["wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac"]),
}


async def complete_path(text: str, kinds: frozenset[MediaKind]) -> tuple[str, ...]:
    """Paths that go on from a text, as they would be typed (`~` stays): at most 50, those beginning so first.

    Folders come first and end with a slash, then files whose names say one of these kinds (any file for no kinds).
    Hidden ones need their dot. A folder that cannot be read has nothing in it. Looks in a thread.
    """
    return await asyncio.to_thread(_completed, text, kinds)


def _completed(text: str, kinds: frozenset[MediaKind]) -> tuple[str, ...]:
    if text == "~":
        return ("~/",)
    if "\0" in text:
        return ()
    folder, slash, begun = text.rpartition("/")
    start = folder + slash
    endings = frozenset(ending for kind in kinds for ending in ENDINGS[_plain(kind)])
    sought = begun.casefold()
    found = [
        (not name.casefold().startswith(sought), not is_folder, name.casefold(), name + "/" * is_folder)
        for name, is_folder in _listed(home_expanded(start) or ".")
        if sought in name.casefold()
        and (begun.startswith(".") or not name.startswith("."))
        and (is_folder or not endings or name.rpartition(".")[2].lower() in endings)
        # What would be cleaned cannot be typed either.
        and clean_line(name) == name
    ]
    return tuple(start + name for _, _, _, name in sorted(found)[:_MOST_GIVEN])


def _listed(folder: str) -> Iterator[tuple[str, bool]]:
    """Names in a folder, with whether each is one itself."""
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_SEEN):
                yield entry.name, entry.is_dir()
    except OSError:
        return  # not there, not ours, or no folder: there is nothing to offer


def _plain(kind: MediaKind) -> MediaKind:
    return MediaKind.IMAGE if kind is MediaKind.MASK else kind
