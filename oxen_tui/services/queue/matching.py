"""Which rows of the server's list are the jobs whose enqueueing was never answered. Pure.

There is no key that makes sending twice harmless, so this is all there is (contract sections 1 and 6): the same
model, the same words and parameters, at the time it was sent, and not known as anything else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from oxen_tui.api.generation import Generation
from oxen_tui.api.json_values import cleaned
from oxen_tui.safe_text import clean
from oxen_tui.store.job import Job

BEFORE = timedelta(minutes=3)
"""The server's clock may be behind ours by so much,"""
AFTER = timedelta(minutes=10)
"""or ahead of it; and an enqueue may take its time."""

_NOT_ECHOED = frozenset({"model", "num_generations", "target_namespace", "target_repo", "target_directory", "prompt"})
_MEDIA = ("data:", "file:", "http://", "https://")
"""The server may put media somewhere else: their addresses come back as others."""


def matched(lost: Sequence[Job], rows: Iterable[Generation], known: Collection[str]) -> dict[int, Generation]:
    """The rows that are lost jobs, by the jobs' ids.

    Args:
        lost: Jobs that were sent and never answered.
        rows: What the server lists; may hold rows twice.
        known: The ids that belong to jobs already.
    """
    free = {row.id: row for row in rows if row.id not in known}
    found: dict[int, Generation] = {}
    for job in sorted(lost, key=lambda job: (job.sent_at or job.created_at, job.id)):
        fitting = [row for row in free.values() if fits(job, row)]
        if fitting:
            row = min(fitting, key=lambda row: _distance(job, row))
            found[job.id] = free.pop(row.id)
    return found


def fits(job: Job, row: Generation) -> bool:
    """Whether a row may be what became of a job."""
    sent_at = job.sent_at or job.created_at
    if row.model != job.model or not _in_time(sent_at, row.enqueued_at):
        return False
    prompt = job.body.get("prompt")
    if isinstance(prompt, str) and row.prompt is not None and clean(prompt) != row.prompt:
        return False
    parameters = ((name, value) for name, value in job.body.items() if name not in _NOT_ECHOED)
    return all(_same(value, row.parameters[name]) for name, value in parameters if name in row.parameters)


def _in_time(sent_at: datetime, enqueued_at: datetime | None) -> bool:
    return enqueued_at is None or sent_at - BEFORE <= enqueued_at <= sent_at + AFTER


def _distance(job: Job, row: Generation) -> float:
    return abs((row.enqueued_at - (job.sent_at or job.created_at)).total_seconds()) if row.enqueued_at else 0.0


def _same(sent: Any, echoed: Any) -> bool:
    """Whether a value came back as it was sent, as far as that can be said."""
    if isinstance(sent, str) and sent.startswith(_MEDIA):
        return isinstance(echoed, str)
    if isinstance(sent, Mapping) and isinstance(echoed, Mapping):
        return all(_same(value, echoed[name]) for name, value in sent.items() if name in echoed)
    if isinstance(sent, list | tuple) and isinstance(echoed, list | tuple):
        return len(sent) == len(echoed) and all(map(_same, sent, echoed))
    return bool(cleaned(sent) == echoed)
