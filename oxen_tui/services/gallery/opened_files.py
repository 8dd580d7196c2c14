"""Files of the disk that the user opens to look at: what they are, and the request that is found with them.

To look at a file changes nothing: it is not put into the gallery, nor anywhere else, unless the user asks for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from oxen_tui.media.facts import MediaFacts, NotMedia, read_facts
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.media.request_note import RequestNote, read_note
from oxen_tui.safe_text import clean_line
from oxen_tui.store.job import Job, JobState, Origin, ResultFile
from oxen_tui.system_words import why

MOST_OF_A_FOLDER: Final = 2_000
"""Files of one folder that are looked at."""
_DEEPEST: Final = 16


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One file."""

    path: Path
    facts: MediaFacts | None
    """None where it is nothing that can be shown."""
    note: RequestNote | None = None
    trouble: str = ""
    """Why it cannot be shown, in words."""

    @property
    def name(self) -> str:
        """Without folders, to be shown."""
        return clean_line(self.path.name, 200)

    def as_job(self, number: int, now: datetime) -> Job:
        """The file as a result would be, to be shown like one, or to be kept as one.

        Args:
            number: Its id: below 0 while it is not in the store.
            now: When it was opened.
        """
        facts, note = self.facts, self.note
        kind = facts.kind if facts is not None else "image"
        file = ResultFile(
            str(self.path),
            facts.mime if facts is not None else "",
            facts.size if facts is not None else 0,
            *((facts.width, facts.height) if facts is not None else ()),
        )
        if facts is not None:
            file = replace(
                file,
                seconds=facts.seconds,
                frames_per_second=facts.frames_per_second,
                has_sound=facts.has_sound,
            )
        job = Job(number, 0, 0, "", kind, JobState.DONE, now, origin=Origin.OPENED, ended_at=now, file=file)
        if note is None:
            return job
        body = _with_neighbours(note.body, self.path.parent)
        return replace(job, model=note.model, prompt=note.prompt, body=body, estimate=note.estimate, cost=note.cost)


def look(path: Path) -> OpenedFile:
    """What a file is. Blocks for the disk, some milliseconds; nothing of it is decoded."""
    try:
        path = path.expanduser().absolute()
    except RuntimeError:  # a home folder that nobody knows
        return OpenedFile(path, None, trouble="There is no such home folder.")
    try:
        return OpenedFile(path, read_facts(path), read_note(path))
    except NotMedia as error:
        return OpenedFile(path, None, trouble=error.sentence)


def look_at_all(paths: Iterable[Path]) -> list[OpenedFile]:
    """The files that were named, and of each folder the pictures, clips and sounds in it, by name. Blocks."""
    found: list[OpenedFile] = []
    for path in paths:
        try:
            folder = path.expanduser()
            is_folder = folder.is_dir()
        except (OSError, RuntimeError):
            is_folder = False
        found += _in_folder(folder) if is_folder else [look(path)]
    return found


class ResultRows(Protocol):
    """What is asked of the store (`store.jobs.Jobs`)."""

    async def add(self, jobs: list[Job]) -> tuple[Job, ...]: ...


async def keep(job: Job, rows: ResultRows, now: datetime) -> Job:
    """Puts a file into the gallery; it stays where it lies.

    Raises:
        StoreError: It is not there.
    """
    (kept,) = await rows.add([replace(job, id=0, created_at=now, ended_at=now)])
    return kept


def _in_folder(folder: Path) -> list[OpenedFile]:
    try:
        names = sorted((each.name for each in folder.iterdir()), key=str.casefold)
    except OSError as error:
        return [OpenedFile(folder, None, trouble=f"It cannot be read: {why(error)}.")]
    files = [folder / name for name in names if not name.startswith(".")]
    shown = [look(path) for path in files[:MOST_OF_A_FOLDER] if _may_be_medium(path)]
    return shown or [OpenedFile(folder, None, trouble="There is no picture, clip or sound in this folder.")]


def _may_be_medium(path: Path) -> bool:
    """Whether it begins like one: a folder holds other files too, of which nothing need be said."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
    except OSError:
        return False
    return kind is not None and kind.is_medium


def _with_neighbours(body: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The request with inputs found again: of those only names are noted, and they may lie beside the file."""
    return {name: _found_again(value, folder, 0) for name, value in body.items()}


def _found_again(value: Any, folder: Path, depth: int) -> Any:
    if isinstance(value, str) and value.startswith("file:") and not value.startswith("file:/"):
        beside = folder / Path(value.removeprefix("file:")).name
        return beside.as_uri() if beside.is_file() else value
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {name: _found_again(each, folder, depth + 1) for name, each in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [_found_again(each, folder, depth + 1) for each in value]
    return value
