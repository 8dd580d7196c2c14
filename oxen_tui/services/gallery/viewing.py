"""What the viewer shows, one after the other: results, and files that were only opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from oxen_tui.services.gallery.opened_files import OpenedFile, look
from oxen_tui.services.gallery.showcase import Fetched, piece_name
from oxen_tui.store.job import Job, ResultFile


@dataclass(frozen=True, slots=True)
class Viewed:
    """One of them."""

    job: Job
    """As the gallery has it; of a file that is not in the gallery as it would be there, with an id below 0."""
    path: Path
    trouble: str = ""
    """Why it cannot be shown, where that is known before."""
    extension: str = ""
    """Of its kind, where it was told by its content."""
    shows: str | None = None
    """What an example of a model shows; None for what is no example."""

    @property
    def is_kept(self) -> bool:
        """Whether it is in the gallery."""
        return self.job.id > 0

    @property
    def may_be_kept(self) -> bool:
        """Whether it can be put there: an example lies where the system may clear it away."""
        return not self.is_kept and not self.trouble and self.shows is None

    @property
    def moves(self) -> bool:
        """Whether it is a clip, or a picture of several frames."""
        file = self.job.file
        return not self.trouble and (self.job.kind == "video" or (file is not None and file.is_animated))

    @property
    def size(self) -> tuple[int, int] | None:
        """Pixels, where they are known."""
        file = self.job.file
        return (file.width, file.height) if file is not None and file.width and file.height else None


def of_jobs(jobs: Iterable[Job], path: Callable[[ResultFile], Path], missing: Iterable[int] = ()) -> list[Viewed]:
    """Results, those that have a file.

    Args:
        path: Where a file of a result is.
        missing: Ids of results whose file is not there any more.
    """
    gone = frozenset(missing)
    return [
        Viewed(job, path(job.file), "The file is not there any more" if job.id in gone else "")
        for job in jobs
        if job.file is not None
    ]


def of_files(files: Sequence[OpenedFile], known: Mapping[Path, Job], now: datetime) -> list[Viewed]:
    """Files of the disk; one that is in the gallery is shown as that result.

    Args:
        known: Results by where they are.
        now: When they were opened.
    """
    viewed = []
    for number, file in enumerate(files, 1):
        job = known.get(file.path) or file.as_job(-number, now)
        viewed.append(Viewed(job, file.path, file.trouble.rstrip("."), file.facts.extension if file.facts else ""))
    return viewed


def of_examples(model_id: str, examples: Sequence[Fetched], now: datetime, before: int = 0) -> list[Viewed]:
    """Examples of a model, with the words that they were made from. Blocks for the disk.

    Args:
        model_id: Of the model.
        examples: Also those that could not be had.
        now: When they were asked for.
        before: How many were there already.
    """
    return [_of_example(model_id, each, -number, now) for number, each in enumerate(examples, before + 1)]


def _of_example(model_id: str, example: Fetched, number: int, now: datetime) -> Viewed:
    piece = example.piece
    if example.path is None:
        file = OpenedFile(Path(piece_name(piece)), None, trouble=example.trouble)
    else:
        file = look(example.path)
    job = file.as_job(number, now)
    if file.note is None:
        body = {"prompt": piece.prompt} if piece.prompt else {}
        job = replace(job, model=model_id, prompt=piece.prompt, body=body)
    extension = file.facts.extension if file.facts else ""
    return Viewed(job, file.path, file.trouble.rstrip("."), extension, piece.about or piece.title)


def kind_words(item: Viewed) -> str:
    """`PNG`, `MP4`."""
    extension = item.extension or item.path.suffix.lstrip(".")
    return {"jpg": "JPEG", "webp": "WebP"}.get(extension.lower(), extension.upper())
