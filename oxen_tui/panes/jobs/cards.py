"""Jobs as cards of the transcript: how each stands, in the queue's words, and its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oxen_tui.services.session import Session
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import NotFound
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.jobs.row import JobRow
from oxen_tui.widgets.markdown.insets import Inset
from oxen_tui.widgets.transcript.card import Card

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.words import Watched

_AGAIN: Final = (JobState.FAILED, JobState.CANCELLED, JobState.UNKNOWN, JobState.NOT_SAVED)


def plain_cards(attachments: Sequence[Attachment]) -> list[Card]:
    """The jobs among attachments, before anything is known of them."""
    return [
        Card(each.job_id, JobRow(JobState.WAITING, each.name))
        for each in attachments
        if each.job_id and each.kind == "job"
    ]


class JobCards:
    """Makes cards. Loads what it needs when it makes the first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[int, Job] = {}
        """Jobs that the queue does not have: it was not begun yet, or they were taken off its list."""

    def job(self, job_id: int) -> Job | None:
        """A job, as far as it is known here."""
        session = self._session
        if "generations" in session.__dict__ and (job := session.generations.job(job_id)) is not None:
            return job
        return self._read.get(job_id)

    async def read(self, job_ids: Sequence[int]) -> None:
        """Look for jobs that the queue does not have.

        Raises:
            StoreError: The disk.
        """
        for job_id in job_ids:
            if self.job(job_id) is None:
                try:
                    self._read[job_id] = await self._session.store.jobs.get(job_id)
                except NotFound:
                    continue  # of another store, in a conversation that was taken in

    def card(self, card: Card, *, with_prompt: bool) -> Card:
        """A card as it is now.

        Args:
            card: As it was.
            with_prompt: Whether it says what was asked for: not where that stands above it.
        """
        from oxen_tui.panes.jobs.units import Unit
        from oxen_tui.panes.jobs.words import row_of

        job = self.job(card.job_id)
        if job is None:
            note = "this job is not in the store of this program"
            return Card(card.job_id, JobRow(JobState.UNKNOWN, card.row.model, note=note))
        row = row_of(Unit(str(job.id), (job,)), self._session.clock.now(), self._watched)
        path = self.path(job)
        inset = None
        if path is not None and job.file is not None and job.kind != "audio" and job.file.width and job.file.height:
            inset = Inset(path, job.file.width, job.file.height)
        return Card(
            job.id,
            row if with_prompt else replace(row, prompt=""),
            inset,
            _shown(path) if path is not None else "",
            _keys(job.state, inset is not None),
        )

    @property
    def _watched(self) -> Watched:
        return self._session.generations if "generations" in self._session.__dict__ else _Nobody()

    def path(self, job: Job) -> Path | None:
        """Where its result is, if it has one."""
        if job.file is None or job.deleted_at is not None:
            return None
        return self._session.results.path(job.file)


class _Nobody:
    """Stands for the queue before it was begun."""

    def progress(self, job_id: int) -> None:
        return None

    def typical(self, model: str, kind: str) -> None:
        return None


def _shown(path: Path) -> str:
    """A path with `~` for the home folder."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)


def _keys(state: JobState, has_picture: bool) -> str:
    if state.is_active:
        return "ctrl+up, x cancels"
    if state in _AGAIN:
        return "ctrl+up, r fetches it again" if state is JobState.NOT_SAVED else "ctrl+up, r tries again"
    return "ctrl+up, enter opens" if has_picture else ""
