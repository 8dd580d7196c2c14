"""Results on the disk: fetched as soon as they are made, looked at, kept with the request they came from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from oxen_tui.api.errors import ApiError, BadRequest, Forbidden, InvalidKey, NotAnApi, NotFound
from oxen_tui.media import file_kind
from oxen_tui.media.facts import MediaFacts, NotMedia, read_facts
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.media.png_text import NotPng, insert_texts, is_signed
from oxen_tui.media.request_note import RequestNote, sidecar_of, texts_for_png, write_sidecar
from oxen_tui.services.queue.file_names import UnknownField, result_name, wanted_path
from oxen_tui.services.queue.not_saved import NotSaved, disk_refused
from oxen_tui.services.queue.result_folder import Coming, ResultFolder, copy_out
from oxen_tui.store.job import Job, ResultFile

if TYPE_CHECKING:
    from oxen_tui.api.client import Client

__all__ = ["NotSaved", "OnProgress", "Results"]

OnProgress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes so far, and the bytes in all where the server says them."""

_EXPIRED = (BadRequest, Forbidden, InvalidKey, NotAnApi, NotFound)
"""What stores of files answer for an address that was good once: 400, 401, 403, 404, 410, or a page."""
_KEPT_UNSEEN = (file_kind.SVG, file_kind.PDF)
"""Not shown here, and yet what some models are paid to make."""


class Results:
    """The results of one store. What blocks runs in threads."""

    def __init__(self, folder: Path, client: Callable[[], Awaitable[Client]], *, now: Callable[[], datetime]) -> None:
        """
        Args:
            folder: Where they are kept (`Paths.results`); made when the first comes.
            client: Gives the client of the place.
            now: The moment, with its time zone.
        """
        self._folder = ResultFolder(folder)
        self._client = client
        self._now = now

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self._folder.path

    async def begin(self) -> None:
        """Clears away what programs left that were killed while they fetched. Never raises for the disk's sake."""
        await asyncio.to_thread(self._folder.clear_left_over)

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
        try:
            coming = await asyncio.to_thread(self._folder.begin)
        except OSError as error:
            raise disk_refused(error, self.folder) from error
        try:
            await self._receive(coming.file, url, data, on_progress)
            return await asyncio.to_thread(self._keep, coming, job)
        except OSError as error:
            raise disk_refused(error, self.folder) from error
        finally:
            coming.close()

    async def save_as(self, job: Job, to: str) -> Path:
        """Copies a result to where the user wants it, and its request along.

        Args:
            job: With a file.
            to: A folder, or a path with `{date}` `{time}` `{model}` `{prompt}` `{seed}` `{id}` `{kind}` in it; `~`
                is the home folder. What is there already is never overwritten.

        Returns:
            The file that was written.

        Raises:
            NotSaved: With the reason in words.
        """
        if job.file is None:
            raise NotSaved("There is no result to save.", may_retry=False)
        source = self.path(job.file)
        if not await asyncio.to_thread(source.is_file):
            raise NotSaved("The result is not on the disk any more.", may_retry=False)
        extension = source.suffix.lstrip(".").lower()
        moment = job.ended_at or job.created_at
        try:
            target = await asyncio.to_thread(wanted_path, to, job, moment, extension)
        except UnknownField as error:
            raise NotSaved(error.sentence, may_retry=False) from error
        except RuntimeError as error:  # a home folder that nobody knows
            raise NotSaved(f"There is no home folder for {to.partition('/')[0]}.", may_retry=False) from error
        try:
            return await asyncio.to_thread(copy_out, source, target, sidecar_of)
        except OSError as error:
            raise disk_refused(error, target.parent) from error

    async def to_trash(self, job: Job) -> None:
        """Puts a result into the trash, where it stays until `empty_trash`. A user's own file is left where it is.

        Raises:
            NotSaved: The disk does not let us.
        """
        if job.file is not None and self._folder.holds(job.file.name):
            move = partial(self._folder.to_trash, job.file.name, self._now().timestamp())
            try:
                await asyncio.to_thread(move)
            except OSError as error:
                raise disk_refused(error, self.folder) from error

    async def restore(self, job: Job) -> None:
        """Takes a result out of the trash again.

        Raises:
            NotSaved: It is not there any more, or the disk does not let us.
        """
        if job.file is None or not self._folder.holds(job.file.name):
            return
        try:
            is_there = await asyncio.to_thread(self._folder.restore, job.file.name)
        except OSError as error:
            raise disk_refused(error, self.folder) from error
        if not is_there:
            raise NotSaved("The result is not in the trash any more.", may_retry=False)

    async def empty_trash(self, older_than: timedelta = timedelta(0)) -> int:
        """Deletes for good what has been in the trash for that long. Only ever because somebody asked.

        Returns:
            How many results are gone.

        Raises:
            NotSaved: The disk does not let us.
        """
        before = (self._now() - older_than).timestamp()
        try:
            return await asyncio.to_thread(self._folder.empty_trash, before)
        except OSError as error:
            raise disk_refused(error, self.folder) from error

    # --- how a result comes ---------------------------------------------------------------------------------------

    async def _receive(
        self, file: BinaryIO, url: str | None, data: bytes | None, on_progress: OnProgress | None
    ) -> None:
        if data is not None:
            await asyncio.to_thread(file.write, data)
            return
        if not url:
            raise NotSaved("The server gave no address for the result.", expired=True)
        try:
            client = await self._client()
            await client.download(url, file, on_progress=on_progress)
        except ApiError as error:
            said = error.server_text or error.advice
            raise NotSaved(
                f"The result could not be fetched. {error.title}: {said}",
                expired=isinstance(error, _EXPIRED),
                may_retry=error.may_retry,
            ) from error

    def _keep(self, coming: Coming, job: Job) -> ResultFile:
        coming.file.flush()
        facts = _looked_at(coming.path)
        note = _note(job)
        if facts.mime == file_kind.PNG.mime and (noted := self._with_note(coming.file, note)) is not None:
            try:
                return self._placed(noted, job, facts)
            finally:
                noted.close()
        placed = self._placed(coming, job, facts)
        write_sidecar(self.path(placed), note)
        return placed

    def _with_note(self, file: BinaryIO, note: RequestNote) -> Coming | None:
        """The same picture with its request in it; None where it cannot have that."""
        file.seek(0)
        if is_signed(file):  # its origin could not be proved any more
            return None
        file.seek(0)
        noted = self._folder.begin()
        try:
            insert_texts(file, noted.file, texts_for_png(note))
        except NotPng:
            noted.close()
            return None
        except OSError:
            noted.close()
            raise
        return noted

    def _placed(self, coming: Coming, job: Job, facts: MediaFacts) -> ResultFile:
        moment = job.ended_at or self._now()
        path = coming.put(self.folder / result_name(job, moment, facts.extension))
        return ResultFile(
            path.relative_to(self.folder).as_posix(),
            facts.mime,
            path.stat().st_size,
            facts.width,
            facts.height,
            facts.seconds,
            facts.frames_per_second,
            facts.has_sound,
        )


def _looked_at(path: Path) -> MediaFacts:
    try:
        return read_facts(path)
    except NotMedia as error:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
        if kind in _KEPT_UNSEEN:
            return MediaFacts("image", kind.mime, path.stat().st_size, extension=kind.extension)
        # Written words are an answer about the address, whatever its status was; a fresh address may do better.
        is_answer = kind is not None and kind.kind in ("page", "text")
        raise NotSaved(f"What came is no result. {error.sentence}", expired=is_answer) from error


def _note(job: Job) -> RequestNote:
    seed = job.body.get("seed")
    return RequestNote(
        model=job.model,
        prompt=job.prompt,
        body=job.body,
        kind=job.kind,
        seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else None,
        generation_id=job.generation_id or "",
        made_at=job.ended_at or job.created_at,
        estimate=job.estimate,
        cost=job.cost,
    )
