"""The sheet of a job: what the page beside the list says of it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from oxen_tui.file_size import file_size
from oxen_tui.panes.jobs.units import Unit
from oxen_tui.panes.jobs.words import Watched, elapsed, file_name, price
from oxen_tui.services.charged_amounts import may_still_be_told
from oxen_tui.store.job import Job, JobState, Origin, ResultFile
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.jobs.sheet import JobFact, JobMember, JobSheet, JobTime
from oxen_tui.widgets.picture.animated_words import animated
from oxen_tui.widgets.wording import counted, money, running_time

_ORIGINS = {
    Origin.CHAT: "asked for in a chat",
    Origin.TOOL: "asked for by a model",
    Origin.ELSEWHERE: "begun elsewhere",
}
_SIZES = ("resolution", "size", "image_size", "aspect_ratio")


def sheet_of(unit: Unit, now: datetime, queue: Watched, *, stale: str = "") -> JobSheet:
    """What is known of a row of the list, now.

    Args:
        unit: The row.
        now: The moment.
        queue: Asked for what is usual.
        stale: `as of 14:02` while the server is not reached, else "".
    """
    job, several = unit.first, len(unit.jobs) > 1
    return JobSheet(
        key=unit.key,
        state=unit.state,
        word=_several(unit) if several else "",
        when=_when(job, now),
        model=f"{job.model} {unit.part}".strip(),
        what=_what(job),
        kind=job.kind,
        prompt=job.prompt,
        said=tuple(_said(unit, stale)),
        caption=_caption(unit),
        time=_time(unit, now, queue),
        facts=tuple(_facts(unit, now)),
        members=tuple(_member(each, now) for each in unit.jobs) if several else (),
        request={"model": job.model, **job.body},
        events=tuple(_events(job, now)) if not several else (),
    )


def request_of(job: Job) -> Mapping[str, Any]:
    """The request as it is copied."""
    return {"model": job.model, **job.body}


def file_words(file: ResultFile) -> str:
    """`1536×1024 · PNG · 2.1 MB`, `6 s · 24 fps · sound · MP4 · 8.2 MB`, `animated, 24 frames, 2.4 s · GIF`."""
    dot = f" {glyph('dot')} "
    parts = []
    if file.width and file.height:
        parts.append(f"{file.width}{glyph('times')}{file.height}")
    if file.is_animated:
        parts.append(animated(file.seconds, file.frames_per_second))
    elif file.seconds:
        parts.append(f"{file.seconds:.3g} s")
    if file.frames_per_second and not file.is_animated:
        parts.append(f"{file.frames_per_second:.3g} fps")
    if file.has_sound is not None and file.seconds:
        parts.append("sound" if file.has_sound else "no sound")
    name = file.mime.rpartition("/")[2].removeprefix("x-").upper()
    return dot.join([*parts, name, file_size(file.size)])


def _several(unit: Unit) -> str:
    states = [state for state in JobState if unit.having(state)]
    if len(states) == 1:
        return f"{states[0].value} {unit.part}"
    return ", ".join(f"{len(unit.having(state))} {state.value}" for state in states)


def _when(job: Job, now: datetime) -> str:
    if job.state.is_active or job.ended_at is None:
        return f"sent {_moment(job.sent_at or job.created_at, now)}"
    return f"ended {_moment(job.ended_at, now)}"


def _moment(moment: datetime, now: datetime) -> str:
    """`14:02:08` of today, else `3 June 14:02`."""
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return f"{local:%H:%M:%S}"
    return f"{local.day} {local:%b %H:%M}"


def _what(job: Job) -> str:
    """Kind, length and size as they were asked for."""
    parts = [job.kind]
    duration = job.body.get("duration", job.body.get("seconds"))
    if isinstance(duration, int | float) and not isinstance(duration, bool):
        parts.append(f"{duration:g} s")
    elif isinstance(duration, str) and duration:
        parts.append(f"{duration} s" if duration.isdigit() else duration)
    size = next((value for name in _SIZES if isinstance(value := job.body.get(name), str) and value), "")
    return " ".join([*parts, size[:16]]).strip()


def _said(unit: Unit, stale: str) -> Iterator[tuple[str, str]]:
    """What went wrong, and what can be done. The server's own words are in it already."""
    job, state = unit.having(unit.state)[0], unit.state
    if stale and unit.is_active:
        yield f"The server is not reached; this is {stale}. The job goes on there.", "warn"
    for each in unit.jobs:
        if each.trouble and (each.state is state or not unit.is_active):
            ink = "err" if each.state is JobState.FAILED else "warn"
            yield each.trouble + (" Not billed." if each.billed is False else ""), ink
            break
    match state:
        case JobState.FAILED:
            again = "r runs it again" if job.retryable is not False else "the same request would fail again"
            yield f"{again} {glyph('dot')} e edits it first", "faint"
        case JobState.NOT_SAVED:
            yield "It is made and paid for. r fetches it again", "faint"
        case JobState.UNKNOWN:
            yield "It may have been made and billed all the same; it is not sent again by itself.", "faint"
        case JobState.CANCELLED if job.billed is None and job.cost is None:
            yield "Whether what was done until then is billed, the server does not say.", "faint"


def _caption(unit: Unit) -> str:
    if unit.having(JobState.DONE):
        return ""
    return "what goes into it; the result is not here yet" if unit.is_active else "what went into it"


def _time(unit: Unit, now: datetime, queue: Watched) -> JobTime | None:
    times = [seconds for job in unit.jobs if (seconds := elapsed(job, now)) is not None]
    if not times:
        return None
    going = unit.is_active and unit.state is not JobState.SAVING
    typical = queue.typical(unit.first.model, unit.first.kind) if going else None
    if typical is None:
        return JobTime(max(times), going)
    return JobTime(max(times), going, typical.median, typical.slow)


def _facts(unit: Unit, now: datetime) -> Iterator[JobFact]:
    jobs, job = unit.jobs, unit.first
    known = [each.estimate for each in jobs if each.estimate is not None]
    complete = len(known) == len(jobs)
    yield JobFact("Estimate", money(sum(known), estimate=True) if complete else "price unknown")
    amount, _ = price(jobs)
    if all(each.cost is not None or each.billed is False for each in jobs):
        yield JobFact("Actual", amount, "text+strong")
    else:
        told_later = any(job.cost is None and may_still_be_told(job, now) for job in jobs)
        unsaid = "when it ends" if unit.is_active else "not told yet" if told_later else "the server does not say"
        yield JobFact("Actual", unsaid, "faint")
    seed = job.body.get("seed")
    if isinstance(seed, int) and not isinstance(seed, bool):
        yield JobFact("Seed", str(seed))
    if len(jobs) == 1:
        if job.file is not None:
            yield JobFact("File", file_name(job.file))
            yield JobFact("Result", file_words(job.file))
        yield JobFact("Id", _short(job.generation_id) if job.generation_id else "not given yet", "faint")
    if job.namespace:
        yield JobFact("Billed to", job.namespace)
    if job.parents:
        yield JobFact("Made from", counted(len(job.parents), "result"))
    if origin := _ORIGINS.get(job.origin):
        yield JobFact("From", origin, "faint")


def _short(name: str) -> str:
    """`5d1c…9f10`: enough to know it again. y copies all of it."""
    return name if len(name) <= 12 else f"{name[:4]}{glyph('ellipsis')}{name[-4:]}"


def _member(job: Job, now: datetime) -> JobMember:
    words = file_name(job.file) if job.file is not None else job.trouble
    seconds = elapsed(job, now)
    return JobMember(job.state, words, running_time(seconds) if seconds is not None else "")


def _events(job: Job, now: datetime) -> Iterator[tuple[str, str]]:
    """What is known to have happened, in its order."""
    moments = [
        (job.created_at if job.origin is not Origin.ELSEWHERE else None, "written down here"),
        (job.sent_at, "accepted by the server" if job.generation_id else "sent"),
        (job.started_at, "begun"),
        (job.ended_at, "ended at the server" if job.file or job.state is JobState.SAVING else job.state.value),
    ]
    known = [(moment, words) for moment, words in moments if moment is not None]
    known.sort(key=lambda entry: entry[0])
    for moment, words in known:
        yield _moment(moment, now), words
    if job.file is not None:
        yield _moment(job.ended_at or job.created_at, now), f"saved as {file_name(job.file)}"
