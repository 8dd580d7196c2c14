"""Results on the disk: fetched as soon as they are made, looked at, kept with the request they came from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from oxen_tui.services.not_saved import NotSaved
from oxen_tui.store.job import Job, ResultFile

if TYPE_CHECKING:
    from oxen_tui.api.client import Client

__all__ = ["NotSaved", "OnProgress", "Results"]

OnProgress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes so far, and the bytes in all where the server says them."""


class Results:
    """The results of one store. What blocks runs in threads."""

    def __init__(self, folder: Path, client: Callable[[], Awaitable[Client]], *, now: Callable[[], datetime]) -> None:
        """
        Args:
            folder: Where they are kept (`Paths.results`); made when the first comes.
            client: Gives the client of the place.
            now: The moment, with its time zone.
        """
        self.folder = folder

    async def begin(self) -> None:
        """Clears away what programs left that were killed while they fetched. Never raises for the disk's sake."""
        raise NotImplementedError

    def path(self, file: ResultFile) -> Path:
        """Where a result lies, or lay before it was put into the trash."""
        return self.folder / file.name

    async def fetch(
        self, job: Job, url: str | None, data: bytes | None = None, on_progress: OnProgress | None = None
    ) -> ResultFile:
        """Fetches a result and keeps it, with its request.

        Args:
            job: What it is the result of. Its `ended_at`, or now, gives the file's name.
            url: Where it is; a `data:` URL too.
            data: Its bytes, where the answer held them.
            on_progress: Told how it comes.

        Raises:
            NotSaved: With the reason in words.
        """
        raise NotImplementedError

    async def save_as(self, job: Job, to: str) -> Path:
        """Copies a result to where the user wants it, and its request along.

        Args:
            job: With a file.
            to: A folder, or a path with `{date}` `{time}` `{model}` `{prompt}` `{seed}` `{id}` in it; `~` is the
                home folder. What is there already is never overwritten.

        Returns:
            The file that was written.

        Raises:
            NotSaved: With the reason in words.
        """
        raise NotImplementedError

    async def to_trash(self, job: Job) -> None:
        """Puts a result into the trash, where it stays until `empty_trash`.

        Raises:
            NotSaved: The disk does not let us.
        """
        raise NotImplementedError

    async def restore(self, job: Job) -> None:
        """Takes a result out of the trash again.

        Raises:
            NotSaved: It is not there any more, or the disk does not let us.
        """
        raise NotImplementedError

    async def empty_trash(self, older_than: timedelta = timedelta(0)) -> int:
        """Deletes for good what has been in the trash for that long.

        Returns:
            How many results are gone.
        """
        raise NotImplementedError
