"""A running program, known to others that share the store by a locked file.

The kernel lets go of the lock when the program ends, however it ends. So an answer whose writer was killed can be
told from one that is still being written by another terminal, exactly and without asking process numbers (which
are reused, and mean nothing across containers).
"""

from __future__ import annotations

import fcntl
import os
import uuid
from pathlib import Path
from typing import Self

from .errors import explain_opening

_SUFFIX = ".lock"


class Instance:
    """This running program's mark beside the store."""

    def __init__(self, folder: Path, name: str, descriptor: int) -> None:
        self.id = name
        """Never used again by another run."""
        self._folder = folder
        self._descriptor = descriptor

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """Makes and locks the mark, and clears away those of the dead.

        Raises:
            StoreUnavailable: The folder cannot be written, or its file system knows no locks.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            while True:
                name = uuid.uuid4().hex
                # Not inherited by an editor we start: it would keep the lock after our end.
                descriptor = os.open(folder / f"{name}{_SUFFIX}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.fstat(descriptor).st_nlink:
                    break
                os.close(descriptor)  # another start took the file for a dead one's between our two calls
        except OSError as error:
            raise explain_opening(error, folder / "lock") from error
        instance = cls(folder, name, descriptor)
        for file in folder.glob(f"*{_SUFFIX}"):
            instance.lives(file.stem)
        return instance

    def lives(self, name: str) -> bool:
        """Whether the program of that name still runs. The mark of a dead one is removed."""
        if name == self.id:
            return True
        file = self._folder / f"{name}{_SUFFIX}"
        try:
            descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        except OSError:
            return True  # cannot be told: an answer in progress is never taken from a living one
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.unlink(missing_ok=True)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    def is_alone(self) -> bool:
        """Whether no other program has its mark here. One that was killed counts until the next start."""
        return all(file.stem == self.id for file in self._folder.glob(f"*{_SUFFIX}"))

    def end(self) -> None:
        """Removes the mark."""
        (self._folder / f"{self.id}{_SUFFIX}").unlink(missing_ok=True)
        os.close(self._descriptor)
