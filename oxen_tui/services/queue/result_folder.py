"""The folder of results: files arrive under a temporary name and get their own when they are whole. All of it blocks.

Two programs may share it, and either may be killed at any moment: a temporary file is locked by who writes it, so
that the next start can tell what is left over from what is on its way.
"""

from __future__ import annotations

import fcntl
import filecmp
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from oxen_tui.services.queue.file_names import numbered

_COMING: Final = ".coming"
_TRASH: Final = ".trash"
_MOST_OF_A_NAME: Final = 10_000


class Coming:
    """A file on its way. Close it, whatever became of it."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            OSError: It cannot be made.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            self.path = folder / f"{uuid.uuid4().hex}.part"
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            self.file: BinaryIO = os.fdopen(descriptor, "r+b")
            _lock(self.file, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_nlink:
                return
            self.file.close()  # another start took it for a dead one's between our two calls

    def put(self, target: Path) -> Path:
        """Gives it its name, or that with a number where another file has it. It is on the disk then.

        The same bytes are not kept twice: they came before, and the program was killed before it could note that.

        Raises:
            OSError: It has no name then.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.is_file() and filecmp.cmp(self.path, target, shallow=False):
            return target
        return _without_overwriting(self.path, target)

    def close(self) -> None:
        """Lets go of it, and of what came, unless it was put in its place."""
        self.path.unlink(missing_ok=True)
        try:
            self.file.close()
        except OSError:
            pass  # the rest of a file that nobody wants did not fit on the disk


class ResultFolder:
    """Results by their names relative to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder

    def begin(self) -> Coming:
        """A file to write a result into.

        Raises:
            OSError: The disk.
        """
        return Coming(self.path / _COMING)

    def clear_left_over(self) -> None:
        """Removes the temporary files of programs that are no more. A disk that does not let us is left as it is."""
        for path in (self.path / _COMING).glob("*.part"):
            try:
                with path.open("r+b") as file:
                    if _lock(file):
                        path.unlink(missing_ok=True)
            except OSError:
                continue  # gone meanwhile, or read-only: fetching will say so

    def holds(self, name: str) -> bool:
        """Whether a name means a file of ours: not a user's own that was only opened here."""
        return not Path(name).is_absolute() and ".." not in Path(name).parts

    def to_trash(self, name: str, now: float) -> None:
        """Moves a file, and its note, into the trash.

        Args:
            name: Of the file. Nothing happens where there is none.
            now: Unix seconds; from then on its time in the trash counts.

        Raises:
            OSError: The disk.
        """
        for each in (name, f"{name}.json"):
            if (self.path / each).exists():
                (self.path / _TRASH / each).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.utime(self.path / each, (now, now))
                os.replace(self.path / each, self.path / _TRASH / each)

    def restore(self, name: str) -> bool:
        """Moves a file, and its note, back.

        Returns:
            Whether it is there now.

        Raises:
            OSError: The disk.
        """
        for each in (name, f"{name}.json"):
            if (self.path / _TRASH / each).exists() and not (self.path / each).exists():
                (self.path / each).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.replace(self.path / _TRASH / each, self.path / each)
        return (self.path / name).exists()

    def empty_trash(self, before: float) -> int:
        """Deletes what was put into the trash before a moment (unix seconds).

        Returns:
            How many results are gone for good; notes are not counted.

        Raises:
            OSError: The disk.
        """
        gone = 0
        for path in [path for path in (self.path / _TRASH).rglob("*") if path.is_file()]:
            if path.stat().st_mtime <= before:
                is_note = path.suffix == ".json" and path.with_suffix("").suffix != ""
                path.unlink(missing_ok=True)
                gone += not is_note
        return gone


def copy_out(source: Path, target: Path, notes: Callable[[Path], Path]) -> Path:
    """Copies a file, and the note beside it, to a name that is free, under which it is whole or not at all.

    Args:
        source: The file.
        target: Where it is wanted; numbered if that is taken.
        notes: Gives the place of a file's note.

    Returns:
        Where it is now.

    Raises:
        OSError: The disk. There may then be a folder that was not there, and no more.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # Seldom more than a moment old, and never left where a user keeps files: no lock is needed.
    temporary = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        _copy(source, temporary)
        placed = _without_overwriting(temporary, target)
        if (note := notes(source)).exists():
            _copy(note, temporary)
            _without_overwriting(temporary, notes(placed))
    finally:
        temporary.unlink(missing_ok=True)
    return placed


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())


def _without_overwriting(temporary: Path, target: Path) -> Path:
    """Moves a file to a name, or that with a number. Unlike a rename, this never takes the place of another file."""
    for number in range(1, _MOST_OF_A_NAME):
        place = numbered(target, number)
        try:
            os.link(temporary, place)
        except FileExistsError:
            continue
        except OSError:
            if not _reserved(place):  # a file system without second names
                continue
            os.replace(temporary, place)
        else:
            temporary.unlink()
        _sync_folder(place.parent)
        return place
    raise FileExistsError(None, "There are ten thousand files of that name", str(target))


def _reserved(place: Path) -> bool:
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """So that the name, too, survives a loss of power. Some network disks refuse this for folders."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _lock(file: BinaryIO, how: int = fcntl.LOCK_EX | fcntl.LOCK_NB) -> bool:
    """Whether the file is ours now: False where another program has it, and where the disk knows no locks."""
    try:
        fcntl.flock(file.fileno(), how)
    except OSError:
        return False
    return True
