"""What a report of the server makes of a job. Pure: a job in, the same or another one out.

States never go back from an end, whatever a late answer says. `UNKNOWN` is no end but a gap in what we know: the
server may fill it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from oxen_tui.api.generation import Generation, GenerationStatus
from oxen_tui.api.json_values import items, mapping, text
from oxen_tui.services.queue.words import BEGUN_ELSEWHERE
from oxen_tui.store.job import Job, JobState, Origin

DEADLINES = {"video": timedelta(minutes=30)}
"""After which a job is said to be late (contract section 6); others after `DEADLINE`."""

DEADLINE = timedelta(minutes=5)

VANISHED = "The server does not list it any more: it has ended, and how is not known."
NO_REASON = "The server gave no reason."
_QUEUE_FIELDS = ("num_generations", "response_format")
_KINDS = ("image", "video", "audio")


def reported(job: Job, row: Generation, now: datetime) -> Job:
    """The job after the server said this of it; the same object where that is nothing new."""
    if job.state.has_ended and job.state is not JobState.UNKNOWN:
        return job if row.cost is None or job.cost is not None else with_cost(job, row.cost)
    if _is_old_news(job, row):
        return job
    found = replace(
        job,
        state=_state(job, row),
        status_word=row.status_word,
        generation_id=row.id,
        started_at=row.started_at or job.started_at,
        ended_at=None,
        namespace=row.target_namespace or job.namespace,
        trouble=job.trouble if is_late(job, now) and row.status.is_active else "",
    )
    if row.status.has_ended:
        found = _ended(found, row, now)
    if row.cost is not None and job.cost is None:
        found = with_cost(found, row.cost)
    return job if found == job else replace(found, seen_at=now)


def found_elsewhere(row: Generation, kind: str, now: datetime) -> Job:
    """A job that somebody else began.

    Args:
        row: From the server's list.
        kind: Of its model, for rows that do not say.
        now: For rows that do not say when they were queued.
    """
    body: dict[str, Any] = {"model": row.model, **row.parameters}
    if row.prompt is not None:
        body["prompt"] = row.prompt
    if row.target_namespace is not None:
        body["target_namespace"] = row.target_namespace
    created_at = row.enqueued_at or now
    job = Job(
        *(0, 0, 0, row.model, row.media_type if row.media_type in _KINDS else kind, JobState.WAITING, created_at),
        body=body,
        prompt=prompt_of(body),
        origin=Origin.ELSEWHERE,
        generation_id=row.id,
        sent_at=created_at,
    )
    return replace(reported(job, row, now), seen_at=now)


def vanished(job: Job, now: datetime) -> Job:
    """A job that the server listed before and does not know any more (contract section 6)."""
    if job.state not in (JobState.WAITING, JobState.RUNNING):
        return job
    return replace(job, state=JobState.UNKNOWN, trouble=VANISHED, status_word="", ended_at=now)


def late(job: Job, now: datetime) -> Job:
    """The job with a word on how long it takes, once that is longer than it should."""
    if job.trouble or job.state not in (JobState.WAITING, JobState.RUNNING) or not is_late(job, now):
        return job
    minutes = int(_deadline(job).total_seconds() // 60)
    return replace(job, trouble=f"It takes longer than {minutes} minutes. The server is asked now and then.")


def with_cost(job: Job, cost: float) -> Job:
    """The job after the server said what was charged."""
    return job if job.cost == cost else replace(job, cost=cost, billed=cost > 0)


def is_late(job: Job, now: datetime) -> bool:
    """Whether it takes longer than such jobs should."""
    return now - (job.sent_at or job.created_at) > _deadline(job)


def prompt_of(body: Mapping[str, Any]) -> str:
    """The words of a request: its prompt, or those of its shots one after the other."""
    prompt = text(body.get("prompt"))
    shots = (text(mapping(shot).get("prompt")) for shot in items(body.get("multi_prompt")))
    return prompt or " / ".join(shot for shot in shots if shot)


def kept_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """A request as it is kept: without what belongs to the sending."""
    return {name: value for name, value in body.items() if name not in _QUEUE_FIELDS}


def _is_old_news(job: Job, row: Generation) -> bool:
    """Quickly: nearly all rows of a list of hundreds say what they said before."""
    return (
        row.status.is_active
        and not job.trouble
        and not job.status_word
        and job.state is _state(job, row)
        and job.generation_id == row.id
        and job.ended_at is None
        and row.cost is None
        and row.started_at in (None, job.started_at)
        and row.target_namespace in (None, job.namespace)
    )


def _deadline(job: Job) -> timedelta:
    return DEADLINES.get(job.kind, DEADLINE)


def _state(job: Job, row: Generation) -> JobState:
    match row.status:
        case GenerationStatus.QUEUED:
            return JobState.WAITING
        case GenerationStatus.PROCESSING:
            return JobState.RUNNING
        case GenerationStatus.FAILED:
            return JobState.FAILED
        case GenerationStatus.CANCELLED:
            return JobState.CANCELLED
        case GenerationStatus.SUCCEEDED:
            # What others began is only fetched when somebody wants it.
            return JobState.NOT_SAVED if job.origin is Origin.ELSEWHERE else JobState.SAVING
    begun = row.started_at is not None or job.state is JobState.RUNNING
    return JobState.RUNNING if begun else JobState.WAITING


def _ended(job: Job, row: Generation, now: datetime) -> Job:
    ended = replace(job, ended_at=row.completed_at or now, result_url=row.result_url)
    match row.status:
        case GenerationStatus.FAILED:
            trouble = row.error_message or NO_REASON
            return replace(ended, trouble=trouble, retryable=row.error_retryable)
        case GenerationStatus.SUCCEEDED:
            trouble = BEGUN_ELSEWHERE if job.origin is Origin.ELSEWHERE else ""
            return replace(ended, took=_took(job, row, now), trouble=trouble, retryable=True if trouble else None)
    return ended


def _took(job: Job, row: Generation, now: datetime) -> float | None:
    """By one clock only: the server's and ours may differ by minutes."""
    if row.enqueued_at is not None and row.completed_at is not None:
        seconds = (row.completed_at - row.enqueued_at).total_seconds()
    elif job.sent_at is not None and row.completed_at is None:
        seconds = (now - job.sent_at).total_seconds()
    else:
        return None
    return seconds if seconds >= 0 else None
