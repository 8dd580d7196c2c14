"""What can go wrong with the disk, by what a caller does about it.

    StoreError
     ├─ StoreUnavailable   it cannot be opened; also a SetupError: the program says it and ends
     ├─ StoreFull          the disk is full: go on in memory, try again later
     ├─ StoreReadOnly      it can be read but not written: the same
     ├─ StoreBusy          another program holds it for too long: the same
     ├─ StoreDamaged       a part of the file cannot be read
     ├─ NotFound           the row is not there (any more)
     └─ StillAnswering     the answer is being written, here or by another running program

Nothing that was in the store is changed by any of them: a write happens whole or not at all.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from oxen_tui.setup_error import SetupError
from oxen_tui.system_words import why

_ROOM_NEEDED = 256 * 1024
"""Bytes. With less than this free, an I/O error is taken for a full disk: SQLite does not always say which."""


class StoreError(Exception):
    """The store could not do what was asked."""

    def __init__(self, title: str, advice: str) -> None:
        Exception.__init__(self, f"{title}. {advice}")  # by name: SetupError, beside us in one class, takes two
        self.title = title
        """What is wrong, in a short line without a full stop."""
        self.advice = advice
        """What to do about it, in whole sentences."""


class StoreUnavailable(StoreError, SetupError):
    """The store cannot be opened. Whatever was in the file is left as it is."""


class StoreFull(StoreError):
    """The disk has no room for this write."""


class StoreReadOnly(StoreError):
    """The store may be read but not written."""


class StoreBusy(StoreError):
    """Another program kept the store locked for longer than we wait."""


class StoreDamaged(StoreError):
    """The file is not what was written. It is never deleted or repaired in place."""


class NotFound(StoreError):
    """There is no such conversation or message, or it was deleted."""


class StillAnswering(StoreError):
    """The answer is still being written."""


def explain(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The error in words, or None when it can only be a mistake of this program."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path)):
        return StoreFull(
            f"The disk of {path.parent} is full",
            "What was saved before is safe. Free some room.",
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return StoreReadOnly(
            f"The store {path} cannot be written",
            "Make the file and its folder writable for you.",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(
            f"Another program holds the store {path}",
            "Close what uses the file, such as a backup or a database browser.",
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamaged(
            f"The store {path} is damaged",
            "It is left as it is. Put a backup in its place, or move the file away to begin with an empty store.",
        )
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS):
        return StoreReadOnly(
            f"The disk of {path.parent} failed",
            f"The system says: {error}. Check the disk or the network mount it is on.",
        )
    return None


def explain_opening(error: OSError, path: Path) -> StoreUnavailable:
    """Why the folder or the file could not even be made."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreUnavailable(f"The disk of {path.parent} is full", "Free some room and start again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreUnavailable(
            f"The store {path} cannot be written",
            "Make the file and its folder writable for you, or set OXEN_TUI_HOME to a folder that is.",
        )
    return StoreUnavailable(
        f"The store {path} cannot be opened: {why(error)}",
        "Set OXEN_TUI_HOME to a folder where files can be kept.",
    )


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_NEEDED
    except OSError:
        return False
