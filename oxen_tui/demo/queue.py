"""The queue of generations: jobs that move through their states as the clock goes on (contract section 6).

Nothing here trusts a timer: `settle` moves every job to where the clock says it is. Timers only call it in time.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal

from .errors import not_found
from .events import Events
from .faults import Asked, Faults
from .files import FileStore, StoredFile
from .inputs import Given, Unusable, fetched, media_of
from .json_values import Json, text
from .models import Model
from .pricing import price_of
from .schema_check import problems
from .studio import Made, Order, make

ACTIVE = frozenset({"queued", "processing"})
LATE = 2.0
"""Seconds by which a cancel of the fault "late delete" comes too late."""
PATIENCE = 2.0
"""Seconds (real ones) a read waits for a drawing that is due but not yet done."""
PAINTERS = 2
"""Drawings under way at the same time: each takes a core."""


@dataclass(slots=True, eq=False)
class Job:
    """One generation."""

    id: str
    model: Model
    parameters: Json
    """The request as it is echoed, without the fields of the queue itself."""
    prompt: str
    namespace: str
    repo: str | None
    directory: str | None
    base: str
    """Origin the request came by, for addresses in events."""
    enqueued_at: float
    starts_at: float
    ends_at: float
    run_seconds: float
    """How long it works at pace 1; what time-billed models charge for."""
    seed: object
    asked: Asked | None
    trouble: str | None = None
    """The message it will fail with, decided when it was accepted."""
    retryable: bool | None = None
    odd_status: bool = False
    status: str = "queued"
    started_at: float | None = None
    completed_at: float | None = None
    cost: Decimal | None = None
    file: StoredFile | None = None
    drawing: asyncio.Task[Made] | None = None

    def wants(self, fault: str) -> bool:
        """Whether the prompt asked for this fault."""
        return self.asked is not None and self.asked.name == fault

    @property
    def active(self) -> bool:
        """Whether it may still change."""
        return self.status in ACTIVE


@dataclass(slots=True)
class Queue:
    """All jobs, oldest first."""

    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]
    pace: float
    seed: int
    files: FileStore
    events: Events
    faults: Faults
    jobs: dict[str, Job] = field(default_factory=dict)
    _painters: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PAINTERS))
    _errands: set[asyncio.Task[None]] = field(default_factory=set)
    _count: int = 0

    def add(
        self,
        model: Model,
        parameters: Json,
        base: str,
        place: tuple[str, str | None, str | None],
        asked: Asked | None,
    ) -> Job:
        """Accept a job.

        Args:
            parameters: The request with its media kept in files.
            place: Namespace, repository and directory for the result.
        """
        self._count += 1
        dice = random.Random(f"{self.seed}:{self._count}")
        now, run = self.clock(), run_time(model, dice)
        waits = dice.uniform(0.4, 1.6)
        job = Job(
            id=str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            model=model,
            parameters=parameters,
            prompt=text(parameters.get("prompt")),
            namespace=place[0],
            repo=place[1],
            directory=place[2],
            base=base,
            enqueued_at=now,
            starts_at=now + self._hurried(waits),
            ends_at=now + self._hurried(waits + run),
            run_seconds=run,
            seed=parameters.get("seed", dice.getrandbits(31)),
            asked=asked,
            odd_status=self.faults.due("unknown_status") or bool(asked and asked.name == "unknown status"),
        )
        job.trouble, job.retryable = self._foreseen(job)
        if job.trouble:
            job.ends_at = min(job.ends_at, job.starts_at + self._hurried(2.0))
        self.jobs[job.id] = job
        errand = asyncio.create_task(self._carry(job))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)
        return job

    def get(self, name: str) -> Job:
        """A job by its id.

        Raises:
            Refused: 404, also for one that vanished after its end.
        """
        job = self.jobs.get(name)
        if job is None or (job.wants("vanish") and not job.active):
            raise not_found()
        return job

    def cancel(self, job: Job) -> None:
        """Cancel what is still active; what has ended stays as it is."""
        if not job.active:
            return
        if job.wants("late delete") or self.faults.due("late_delete"):
            # The cancel lost the race: the work is finished all the same.
            job.ends_at = min(job.ends_at, self.clock() + self._hurried(LATE))
            return
        started = job.status == "processing"
        job.status, job.completed_at = "cancelled", self.clock()
        job.cost = None if started else Decimal(0)
        if job.drawing is not None:
            job.drawing.cancel()

    async def settle(self, patience: float = PATIENCE) -> None:
        """Move every job to where the clock says it is; wait a little for drawings that are due."""
        self._move()
        late = {job.drawing for job in self.jobs.values() if self._due(job) and job.drawing}
        unfinished = {drawing for drawing in late if not drawing.done()}
        if unfinished and patience > 0:
            await asyncio.wait(unfinished, timeout=patience)
        self._move()

    def _hurried(self, seconds: float) -> float:
        return seconds / self.pace if self.pace > 0 else 0.0

    def _due(self, job: Job) -> bool:
        return job.status == "processing" and not job.wants("stuck") and self.clock() >= job.ends_at

    def _move(self) -> None:
        now = self.clock()
        for job in self.jobs.values():
            if job.status == "queued" and now >= job.starts_at:
                job.status, job.started_at = "processing", job.starts_at
                if job.trouble is None:
                    job.drawing = asyncio.create_task(self._draw(job))
            if not self._due(job):
                continue
            if job.trouble is not None:
                self._end(job, "failed")
            elif job.drawing is not None and job.drawing.done() and not job.drawing.cancelled():
                error = job.drawing.exception()
                if error is not None:
                    known = isinstance(error, Unusable)
                    job.trouble = str(error) if known else f"The demo could not draw this: {error!r}"
                self._end(job, "failed" if error else "succeeded")

    def _end(self, job: Job, status: str) -> None:
        job.status, job.completed_at = status, max(job.ends_at, job.starts_at)
        body: Json = {"generation_id": job.id, "status": status, "media_type": job.model.kind}
        if status == "succeeded" and job.file is not None:
            pricing = job.model.entry.get("pricing")
            rates: Json = pricing if isinstance(pricing, dict) else {}
            job.cost = price_of(rates, job.model.schema, job.parameters, job.run_seconds)
            body |= {"model": job.model.id, "url": self.files.sign(job.file, job.base)}
        else:
            job.cost = Decimal(0)
            body["error"] = job.trouble
        self.events.tell("media_generation_completed", body)

    async def _carry(self, job: Job) -> None:
        """Wake up when the job is due; if the clock then disagrees, the next read moves it."""
        await self.sleep(max(0.0, job.starts_at - self.clock()) + 0.005)
        await self.settle(0)
        await self.sleep(max(0.0, job.ends_at - self.clock()) + 0.005)
        await self.settle(0)
        if job.drawing is not None:
            await asyncio.wait({job.drawing})
            await self.settle(0)

    async def _draw(self, job: Job) -> Made:
        async with self._painters:
            made = await asyncio.to_thread(self._made, job)
            folder = job.directory or "outputs"
            path = f"{folder}/{job.id}.{made.ending}"
            job.file = await asyncio.to_thread(
                self.files.put, job.namespace, job.repo or "playground", path, made.content, made.media_type
            )
            return made

    def _made(self, job: Job) -> Made:
        given = tuple(Given(name, fetched(url, self.files)[1]) for name, url in media_of(job.parameters))
        made = make(order_of(job.model, job.parameters, given, job.seed))
        if job.wants("bad file"):
            return Made(b"<!doctype html><title>502</title>bad gateway", made.media_type, made.ending)
        if job.wants("half file"):
            return Made(made.content[: len(made.content) // 2], made.media_type, made.ending)
        return made

    def _foreseen(self, job: Job) -> tuple[str | None, bool | None]:
        """The failure a job is heading for, if any, and whether trying again could help."""
        found = problems(job.model.schema, job.parameters)
        if found:
            return "; ".join(found), False
        if job.wants("credits"):
            return "Insufficient credits", False
        if job.wants("failed") or "fail" in job.prompt.lower().split():
            return "The model gave up on this prompt, as it asked for a failure.", True
        if job.model.deployment not in (None, "active"):
            return f"The deployment {job.model.id} is {job.model.deployment}: activate it first", False
        fails = job.model.fails_now()
        if fails is not None:
            return text(fails.get("message"), "The provider gave up."), fails.get("retryable") is True
        return None, None


def order_of(model: Model, parameters: Json, given: tuple[Given, ...], seed: object) -> Order:
    """What the studio needs for a request to a model."""
    return Order(model.kind, model.schema, parameters, given, text(model.behaviour.get("media_type")), seed)


def run_time(model: Model, dice: random.Random) -> float:
    """Seconds one generation takes at pace 1.

    The catalogue's own figures are those of a real service; a demo is a few times quicker, in the same order.
    """
    hint = model.behaviour.get("seconds")
    if isinstance(hint, list) and len(hint) == 2:
        took = dice.uniform(float(hint[0]), float(hint[1]))
        return min(60.0, max(10.0, took / 4)) if model.kind == "video" else min(12.0, max(1.5, took / 2.5))
    return {"video": dice.uniform(15, 40), "audio": dice.uniform(2, 5)}.get(model.kind, dice.uniform(3, 8))
