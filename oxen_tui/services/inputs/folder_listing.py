"""What is in a folder, for choosing a medium: folders, and files whose names say that they are of a kind."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from oxen_tui.safe_text import clean_line
from oxen_tui.services.inputs.paths import ENDINGS
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.system_words import why

_MOST_SEEN: Final = 20_000
"""Entries of one folder that are looked at."""


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A file or a folder."""

    path: Path
    name: str
    """To be shown; cleaned."""
    is_folder: bool
    size: int
    """Bytes; 0 of a folder."""
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What is in one folder."""

    folder: Path
    entries: tuple[FolderEntry, ...] = ()
    """Folders by name, then files, those changed last first."""
    trouble: str = ""
    """Why it cannot be looked into, as a sentence."""


async def list_folder(folder: Path, kinds: frozenset[str]) -> FolderListing:
    """Looks into a folder, in a thread. Never raises for the disk's sake.

    Args:
        folder: To be looked into.
        kinds: Of `media.file_kind`: image, video, audio. Files of others are left out.
    """
    return await asyncio.to_thread(_listed, folder, kinds)


def _listed(folder: Path, kinds: frozenset[str]) -> FolderListing:
    endings = frozenset(ending for kind in MediaKind if kind.value in kinds for ending in ENDINGS.get(kind, ()))
    found: list[FolderEntry] = []
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_SEEN):
                if entry.name.startswith(".") or (not entry.is_dir() and _ending(entry.name) not in endings):
                    continue
                known = entry.stat()
                found.append(
                    FolderEntry(
                        Path(entry.path),
                        clean_line(entry.name, 300),
                        entry.is_dir(),
                        0 if entry.is_dir() else known.st_size,
                        datetime.fromtimestamp(known.st_mtime, UTC),
                    )
                )
    except OSError as error:
        return FolderListing(folder, (), f"This folder cannot be read: {why(error)}")
    folders = sorted((each for each in found if each.is_folder), key=lambda each: each.name.casefold())
    files = sorted((each for each in found if not each.is_folder), key=lambda each: each.changed_at, reverse=True)
    return FolderListing(folder, (*folders, *files))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
