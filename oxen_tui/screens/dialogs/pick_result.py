"""Chooses a result that was made here, to be put into another request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.store.job import Job
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.row_list import Row
from oxen_tui.widgets.wording import clock

_SIGNS = {"image": "image", "video": "video", "audio": "audio"}


class PickResult(Pick):
    """Answers the id of a job whose result is a file."""

    DEFAULT_CSS = "PickResult > .dialog { width: 88; }"

    def __init__(self, jobs: Sequence[Job], today: datetime) -> None:
        """
        Args:
            jobs: With files, newest first.
            today: For the times of them.
        """
        super().__init__("A result", "words of its prompt, its model, its name", empty=["No result of that kind", ""])
        self._jobs, self._today = jobs, today

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        return [
            _row(job, self._today)
            for job in self._jobs
            if job.file and all(word in f"{job.prompt} {job.model} {job.file.name}".casefold() for word in words)
        ]


def _row(job: Job, today: datetime) -> Row:
    assert job.file is not None
    said = clean_line(job.prompt or job.file.name, 120)
    size = f"{job.file.width}×{job.file.height}" if job.file.width else ""
    local = job.created_at.astimezone()
    when = clock(job.created_at) if local.date() == today.astimezone().date() else f"{local.day} {local:%b}"
    sign = glyph(_SIGNS.get(job.kind, "other"))
    return Row(
        str(job.id),
        ((f" {sign} ", "muted"), (said, "text"), (f"  {job.model}", "faint")),
        ((f"{size:>10}", "faint"), (f"{when:>8}", "faint")),
    )
