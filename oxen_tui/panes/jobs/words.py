"""What is said of jobs: time, money, what is left, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from oxen_tui.file_size import file_size, part_of_size
from oxen_tui.panes.jobs.units import Unit
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.store.job import Job, JobState, ResultFile
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.jobs.row import JobRow, SmallPicture
from oxen_tui.widgets.wording import money, running_time


class Watched(Protocol):
    """What is known of jobs on their way; `services.generation_queue.GenerationQueue` is one."""

    def progress(self, job_id: int) -> tuple[int, int | None] | None: ...

    def typical(self, model: str, kind: str) -> Typical | None: ...


def file_name(file: ResultFile) -> str:
    """Without the folder of its day."""
    return PurePath(file.name).name


def elapsed(job: Job, now: datetime) -> float | None:
    """Seconds from the sending of a job to its end, or to now; None where it is not known."""
    begin = job.sent_at or job.created_at
    if job.state.is_active and job.state is not JobState.SAVING:
        return max(0.0, (now - begin).total_seconds())
    if job.ended_at is None:
        return None
    return max(0.0, (job.ended_at - begin).total_seconds())


def price(jobs: Sequence[Job]) -> tuple[str, str]:
    """What jobs cost, or will, and the tone for it. The server's word goes before our reckoning; unknown is `?`."""
    charged = [0.0 if job.billed is False and job.cost is None else job.cost for job in jobs]
    said = [cost for cost in charged if cost is not None]
    if len(said) == len(jobs):
        return money(sum(said)), "text"
    # Of what was cancelled or failed nobody knows whether the whole price was charged.
    open_ended = [job for job, cost in zip(jobs, charged, strict=True) if cost is None]
    if any(job.state in (JobState.CANCELLED, JobState.FAILED) or job.estimate is None for job in open_ended):
        return "?", "warn"
    return money(sum(said) + sum(job.estimate or 0.0 for job in open_ended), estimate=True), "text"


def under_way(jobs: Sequence[Job]) -> str:
    """What the jobs that go on will cost; `≥` where some price is not known."""
    going = [job for job in jobs if job.state.is_active and job.cost is None]
    known = [job.estimate for job in going if job.estimate is not None]
    if not going or not known:
        return ""
    return money(sum(known), estimate=True) if len(known) == len(going) else f"≥{money(sum(known))}"


def row_of(
    unit: Unit,
    now: datetime,
    queue: Watched,
    *,
    marked: bool = False,
    stale: str = "",
    picture: SmallPicture | None = None,
) -> JobRow:
    """A row as it is drawn now.

    Args:
        unit: What it stands for.
        now: The moment.
        queue: Asked for what comes and how long it takes.
        marked: Whether the user marked it.
        stale: `as of 14:02` while the server is not reached, else "".
        picture: Of its result.
    """
    state, first = unit.state, unit.first
    times = [seconds for job in unit.jobs if (seconds := elapsed(job, now)) is not None]
    note, tone, share, bar_tone = _note(unit, state, now, queue)
    ticks = state in (JobState.SENDING, JobState.WAITING, JobState.RUNNING)
    if stale and ticks:
        note, tone, share = stale, "warn", None
    amount, amount_tone = price(unit.jobs)
    return JobRow(
        state,
        first.model,
        part=unit.part,
        kind=first.kind,
        number=len(unit.jobs),
        prompt=" ".join(first.prompt.split()) or "no prompt",
        time=running_time(max(times)) if times else "-",
        price=amount,
        price_tone=amount_tone,
        note=note,
        note_tone=tone,
        aside=_aside(unit, state),
        share=share,
        bar_tone=bar_tone,
        marked=marked,
        fold=unit.fold,
        picture=picture,
        ticks=ticks,
    )


def _aside(unit: Unit, state: JobState) -> str:
    if state is JobState.NOT_SAVED:
        return "r fetches it again"
    if state is JobState.FAILED and all(job.billed is False for job in unit.jobs):
        return "not billed"
    return ""


_Note = tuple[str, str, float | None, str]
"""Words, their tone, how far a bar is filled, its tone."""


def _note(unit: Unit, state: JobState, now: datetime, queue: Watched) -> _Note:
    job = unit.having(state)[0]
    words, tone, share, bar_tone = _NOTES[state](job, unit, now, queue)
    if len(unit.jobs) > 1:
        extra, extra_tone = _of_the_others(unit, state)
        if extra:
            words = f"{words} {glyph('dot')} {extra}" if words and state is not JobState.DONE else extra
            tone = extra_tone or tone
    return words, tone, share, bar_tone


def _of_the_others(unit: Unit, state: JobState) -> tuple[str, str]:
    """`1 of 4 done`, and what went wrong with some of several."""
    number = len(unit.jobs)
    if state.is_active:
        done = len(unit.having(JobState.DONE))
        return (f"{done} of {number} done", "") if done else ("", "")
    parts, tone, trouble = [], "", ""
    for other, how in (
        (JobState.NOT_SAVED, "warn"),
        (JobState.UNKNOWN, "warn"),
        (JobState.FAILED, "err"),
        (JobState.CANCELLED, ""),
    ):
        found = unit.having(other)
        if other is state or not found:
            continue
        parts.append(f"{len(found)} of {number} {other.value}")
        tone = how or tone
        trouble = trouble or found[0].trouble
    if not parts:
        return ("", "") if state is not JobState.DONE else (f"{number} results saved", "")
    return ", ".join(parts) + (f": {trouble}" if trouble else ""), tone


def _sending(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    return job.trouble or "on its way to the server", "warn" if job.trouble else "faint", None, ""


def _waiting(job: Job, _unit: Unit, now: datetime, queue: Watched) -> _Note:
    if job.trouble:
        return job.trouble, "warn", None, ""
    typical = queue.typical(job.model, job.kind)
    if typical is None:
        return "in line", "faint", None, ""
    passed = elapsed(job, now) or 0.0
    if passed < typical.median:
        return f"usually takes {running_time(typical.median)}", "faint", None, ""
    return f"longer than usual {running_time(passed - typical.median)}", "warn", None, ""


def _running(job: Job, _unit: Unit, now: datetime, queue: Watched) -> _Note:
    if job.trouble:
        return job.trouble, "warn", None, ""
    typical = queue.typical(job.model, job.kind)
    passed = elapsed(job, now) or 0.0
    if typical is None:
        return f"the server says {job.status_word}" if job.status_word else "", "faint", None, ""
    if passed < typical.median:
        left = running_time(max(1.0, typical.median - passed))
        return f"about {left} left", "text", passed / max(typical.median, 0.001), "accent"
    return f"longer than usual {running_time(passed - typical.median)}", "warn", 1.0, "warn"


def _saving(job: Job, _unit: Unit, _now: datetime, queue: Watched) -> _Note:
    progress = queue.progress(job.id)
    if progress is None:
        if job.trouble:
            return job.trouble, "warn", None, ""
        return "fetching the result", "faint", None, ""
    came, whole = progress
    if not whole:
        return f"{file_size(came)} came", "faint", None, ""
    return part_of_size(came, whole), "faint", came / whole, "accent"


def _not_saved(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    return job.trouble or "the result could not be kept", "warn", None, ""


def _done(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    if job.deleted_at is not None:
        return "its result is in the trash", "faint", None, ""
    return (f"saved as {file_name(job.file)}" if job.file else ""), "faint", None, ""


def _failed(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    return job.trouble or "the server did not say why", "err", None, ""


def _cancelled(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    if job.billed is False:
        return "not billed", "faint", None, ""
    if job.cost is not None:
        return "billed all the same" if job.cost else "not billed", "faint", None, ""
    return "the bill is not known", "faint", None, ""


def _unknown(job: Job, _unit: Unit, _now: datetime, _queue: Watched) -> _Note:
    return job.trouble or "the server no longer lists it", "warn", None, ""


_NOTES: dict[JobState, Callable[[Job, Unit, datetime, Watched], _Note]] = {
    JobState.SENDING: _sending,
    JobState.WAITING: _waiting,
    JobState.RUNNING: _running,
    JobState.SAVING: _saving,
    JobState.NOT_SAVED: _not_saved,
    JobState.DONE: _done,
    JobState.FAILED: _failed,
    JobState.CANCELLED: _cancelled,
    JobState.UNKNOWN: _unknown,
}
