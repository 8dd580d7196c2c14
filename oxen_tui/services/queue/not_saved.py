"""Why a result is not on the disk."""

from __future__ import annotations

import errno
from pathlib import Path

from oxen_tui.system_words import why


class NotSaved(Exception):
    """A result could not be fetched or kept. Nothing half is left under a result's name."""

    def __init__(self, sentence: str, *, expired: bool = False, may_retry: bool = True) -> None:
        """
        Args:
            sentence: What went wrong and what can be done, for the user.
            expired: The address is no longer good; a fresh one from the server's row may help.
            may_retry: Whether fetching again by itself, a little later, could help.
        """
        super().__init__(sentence)
        self.sentence = sentence
        self.expired = expired
        self.may_retry = may_retry


def disk_refused(error: OSError, folder: Path) -> NotSaved:
    """What the system says of the disk, in words; asking again by itself would not help."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotSaved(f"The disk of {folder} is full: free some room, then save it again.", may_retry=False)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotSaved(f"{folder} cannot be written: make it writable for you, then save it again.", may_retry=False)
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return NotSaved(f"{folder} cannot be made: there is a file of that name.", may_retry=False)
    if error.errno == errno.ENAMETOOLONG:
        return NotSaved("The name is longer than the disk takes: choose a shorter one.", may_retry=False)
    return NotSaved(f"It could not be written to {folder}: {why(error)}.", may_retry=False)
