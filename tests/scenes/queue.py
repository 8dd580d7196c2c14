"""What an invented user has under way, and what came of the rest: the queue in all its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from oxen_tui.api.generation import Generation, GenerationStatus
from oxen_tui.panes.queue.pane import QueuePane
from oxen_tui.store.job import Job, JobState, ResultFile
from oxen_tui.store.store import Store
from oxen_tui.widgets.jobs.list import JobList
from oxen_tui.widgets.picture.picture import Picture
from tests.scenes.moment import NOW
from tests.scenes.results import drawn
from tests.scenes.stage import until

S = JobState
_SERVER = {S.RUNNING: GenerationStatus.PROCESSING, S.WAITING: GenerationStatus.QUEUED}


def _ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def _job(model: str, state: JobState, prompt: str, seconds: float, **fields: Any) -> Job:
    """A job that was sent so many seconds before the scene."""
    sent = _ago(seconds)
    usual: dict[str, Any] = {"kind": "video", "sent_at": sent, "namespace": "ada"}
    usual["body"] = {"prompt": prompt, **fields.pop("asked", {})}
    usual["generation_id"] = f"5d1c{len(prompt):04x}-0d5b-4a55-9a51-0c6b7a2f9f10"
    known: dict[str, Any] = usual | fields
    return Job(0, 0, 0, model, state=state, created_at=sent, prompt=prompt, **known)


_LIGHTHOUSE = "A lighthouse at dusk, the beam sweeps slowly over a quiet sea. Long lens, no people."
_ASKED = {"duration": 6, "resolution": "720p", "seed": 4127}

ACTIVE: tuple[tuple[Job, int], ...] = (
    (_job("kelp-motion-1", S.WAITING, "Aurora over a fjord, time lapse", 31, estimate=0.76), 1),
    (_job("moss-image-xl", S.RUNNING, "Teapot on linen, packshot, soft window", 26, kind="image", estimate=0.04,
          started_at=_ago(25)), 4),
    (_job("tern-2-pro", S.RUNNING, _LIGHTHOUSE, 22, estimate=0.6, started_at=_ago(20), asked=_ASKED), 1),
)  # fmt: skip
"""With how many of a request there are; the last one stands on top."""

ENDED = (
    _job("gull-express", S.UNKNOWN, "Poppy, macro, shallow focus", 3900, estimate=0.12, ended_at=_ago(3000)),
    _job("drift-lite", S.CANCELLED, "Mountains, layered paper cut", 1500, estimate=0.15, ended_at=_ago(1481)),
    _job("plume-video", S.FAILED, "Harbour at night, neon on wet stone", 420, estimate=0.5, ended_at=_ago(418),
         billed=False, trouble="image is larger than 10 MB"),
)  # fmt: skip

USUAL = {("tern-2-pro", "video"): (52.0, 54.0, 70.0), ("moss-image-xl", "image"): (11.0, 12.0, 16.0)}
"""Seconds that the user's own runs took before; they are not listed any more."""


def rows() -> tuple[Generation, ...]:
    """What the server says of those that go on."""
    return tuple(
        Generation(
            _name(job, place),
            _SERVER[job.state],
            job.model,
            job.kind,
            job.prompt,
            enqueued_at=job.sent_at,
            started_at=job.started_at,
            target_namespace="ada",
        )
        for job, number in ACTIVE
        for place in range(number)
    )


def _name(job: Job, place: int) -> str:
    return f"{job.generation_id}-{place}" if place else job.generation_id or ""


async def make_queue(store: Store, folder: Path) -> None:
    """Puts all of it into the store, and two results into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for (model, kind), runs in USUAL.items():
        for took in runs:
            past = _job(model, S.DONE, "before", 90_000, kind=kind, took=took, ended_at=_ago(89_000), hidden=True)
            await store.jobs.add([replace(past, generation_id=None)])
    for job in ENDED:
        await store.jobs.add([job])
    for name, prompt, seconds in (
        ("1352-moss-image-xl-7f3a.png", "Fog in a fir forest, first light", 640),
        ("1349-moss-image-xl-1b80.png", "Lighthouse at dusk on a dark headland", 820),
    ):
        content = drawn(prompt, 3, (480, 320), "image")
        (folder / name).write_bytes(content)
        file = ResultFile(name, "image/png", len(content), 480, 320)
        done = _job("moss-image-xl", S.DONE, prompt, seconds, kind="image", estimate=0.04, cost=0.04, file=file)
        await store.jobs.add([replace(done, ended_at=_ago(seconds - 12))])
    for job, number in ACTIVE:
        await store.jobs.add([replace(job, generation_id=_name(job, place)) for place in range(number)])


async def queue(pilot: Pilot[Any]) -> None:
    """Go to the queue, and wait until it was asked for and its pictures are there."""
    await pilot.press("alt+4")
    await until(pilot, lambda: bool(pilot.app.screen.query(QueuePane)), "the queue")
    pane = pilot.app.screen.query_one(QueuePane)
    listed = pane.query_one(JobList)
    await until(pilot, lambda: len(listed.keys) == 8, "the jobs")
    await until(pilot, lambda: pane.queue.checked_at is not None, "the server's list")
    pane._tick()  # or the line above says when that was at the next second
    await pilot.pause()
    await until(pilot, lambda: all(row_has_picture(pane, key) for key in listed.in_view), "the pictures")


async def queue_result(pilot: Pilot[Any]) -> None:
    """The same with the cursor on a result, and its request open."""
    await queue(pilot)
    pane = pilot.app.screen.query_one(QueuePane)
    listed = pane.query_one(JobList)
    for _ in range(20):
        if pane.unit is not None and pane.unit.first.file is not None:
            break
        await pilot.press("j")
    await pilot.press("t")
    await until(pilot, lambda: all(row_has_picture(pane, key) for key in listed.in_view), "the pictures")
    picture = pane.query_one(Picture)
    await until(pilot, lambda: picture.path is not None and not picture.busy, "the picture beside them")


def row_has_picture(pane: QueuePane, key: str) -> bool:
    """Whether a job that has a result shows it."""
    unit = pane._units.by_key[key]
    tile = pane._list.columns.tile
    return unit.first.file is None or not tile or pane._pictures.of(unit, tile) is not None
