"""A server with a queue, results that come at once, and time that only passes when a test lets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from oxen_tui.api.chat import KeptAlive
from oxen_tui.api.errors import ApiError, NotFound
from oxen_tui.api.generation import Generation, GenerationCompleted, GenerationPage, GenerationStatus, MediaResult
from oxen_tui.api.model import Model
from oxen_tui.services.queue.client import OnProgress, OnRetry
from oxen_tui.services.queue.generation_queue import GenerationQueue
from oxen_tui.store.job import Job, ResultFile
from oxen_tui.store.store import Store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PAINTER = Model("ox-painter", outputs=frozenset({"image"}))
FILMER = Model("ox-filmer", outputs=frozenset({"video"}))
ACTIVE = (GenerationStatus.QUEUED, GenerationStatus.PROCESSING, GenerationStatus.UNKNOWN)


class FakeClock:
    """Virtual time. `pass_` wakes whoever sleeps, in order."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.sleepers: list[tuple[float, int, asyncio.Event]] = []
        self._order = count()

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        sleeper = (self.seconds + seconds, next(self._order), asyncio.Event())
        self.sleepers.append(sleeper)
        try:
            await sleeper[2].wait()
        finally:
            if sleeper in self.sleepers:
                self.sleepers.remove(sleeper)

    def wake_next(self, until: float) -> bool:
        """Goes to the next end of a sleep, if that is not after `until`."""
        due = min(self.sleepers, default=None)
        if due is None or due[0] > until:
            return False
        self.sleepers.remove(due)
        self.seconds = max(self.seconds, due[0])
        due[2].set()
        return True


@dataclass(frozen=True)
class Refuse:
    """The request is not taken."""

    error: ApiError


@dataclass(frozen=True)
class Lose:
    """The request is taken, and its answer is lost."""

    error: ApiError


@dataclass(frozen=True)
class Hang:
    """The request is taken, and the answer waits for this."""

    answer: asyncio.Event


@dataclass(frozen=True)
class Pause:
    """The client waits before it sends the request once more."""

    error: ApiError
    seconds: float


Answer = Refuse | Lose | Hang | Pause | int
"""A number: so many rows are in the answer, whatever was asked for."""


class FakeServer:
    """Plays the service and the client of it."""

    def __init__(self, clock: FakeClock, first_id: int = 1) -> None:
        self.clock = clock
        self.rows: dict[str, Generation] = {}
        self.hidden: set[str] = set()
        """Rows that nobody is told of any more."""
        self.unlisted: set[str] = set()
        """Rows that the lists leave out."""
        self.asked: list[str] = []
        self.answers: list[Answer] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.trouble: ApiError | None = None
        """What every read is answered with."""
        self.late_cancels = False
        self.has_history = True
        self.has_events = True
        self.doubles = False
        self.streams: list[asyncio.Queue[GenerationCompleted]] = []
        self.at_once: MediaResult | ApiError = MediaResult("https://r/once.png")
        self._ids = count(first_id)

    async def __call__(self) -> FakeServer:
        return self

    def put(self, model: str = "ox-painter", prompt: str = "an ox", **fields: Any) -> Generation:
        """A row that somebody else queued."""
        row = Generation(f"g{next(self._ids)}", GenerationStatus.QUEUED, model, "image", prompt)
        row = replace(row, enqueued_at=self.clock.now(), **fields)
        self.rows[row.id] = row
        return row

    def move(self, generation_id: str, status: str, **fields: Any) -> None:
        """Puts a row into another status."""
        word = GenerationStatus.from_json(status)
        if word.has_ended:
            fields = {"completed_at": self.clock.now(), **fields}
        if word is GenerationStatus.SUCCEEDED:
            fields = {"result_url": f"https://r/{generation_id}.png", **fields}
        said = status if word is GenerationStatus.UNKNOWN else ""
        self.rows[generation_id] = replace(self.rows[generation_id], status=word, status_word=said, **fields)

    def announce(self, generation_id: str) -> None:
        """Sends an event."""
        row = self.rows[generation_id]
        for stream in self.streams:
            stream.put_nowait(GenerationCompleted(row.id, row.status, "image", row.model, row.result_url, None))

    def asked_for(self, word: str) -> int:
        """How often."""
        return self.asked.count(word)

    # --- the client

    async def enqueue(self, body: Mapping[str, Any], on_retry: OnRetry | None = None) -> tuple[Generation, ...]:
        self.asked.append("enqueue")
        self.bodies.append(body)
        answer = self.answers.pop(0) if self.answers else None
        while isinstance(answer, Pause):
            assert on_retry is not None
            on_retry(answer.error, 1, answer.seconds)
            await self.clock.sleep(answer.seconds)
            answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Refuse):
            raise answer.error
        asked = int(body.get("num_generations", 1))
        number = answer if isinstance(answer, int) else asked
        kept = {name: value for name, value in body.items() if name not in ("model", "prompt", "num_generations")}
        rows = [
            self.put(str(body["model"]), str(body.get("prompt", "")), parameters=kept) for _ in range(max(number, 0))
        ]
        if isinstance(answer, Lose):
            raise answer.error
        if isinstance(answer, Hang):
            await answer.answer.wait()
        return tuple(Generation(row.id, row.status) for row in rows)

    async def generate_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        return self._made("generate", body)

    async def edit_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        return self._made("edit", body)

    def _made(self, word: str, body: Mapping[str, Any]) -> tuple[MediaResult, ...]:
        self.asked.append(word)
        self.bodies.append(body)
        if isinstance(self.at_once, ApiError):
            raise self.at_once
        return (self.at_once,)

    async def queue(self, *, status: str | None = None, model: str | None = None) -> tuple[Generation, ...]:
        self.asked.append("list" if status is None else f"list {status}")
        self._read()
        wanted = [row for row in self.rows.values() if row.id not in self.hidden | self.unlisted]
        if status is None:
            found = [row for row in wanted if row.status in ACTIVE]
        else:
            found = [row for row in wanted if row.status == status and model in (None, row.model)]
        return tuple(found * 2 if self.doubles else found)

    async def queue_row(self, generation_id: str) -> Generation:
        self.asked.append(f"row {generation_id}")
        self._read()
        if generation_id in self.hidden or generation_id not in self.rows:
            raise NotFound(status=404)
        return self.rows[generation_id]

    async def cancel(self, generation_id: str) -> None:
        self.asked.append(f"cancel {generation_id}")
        self._read()
        if generation_id in self.hidden or generation_id not in self.rows:
            raise NotFound(status=404)
        if self.rows[generation_id].status in ACTIVE and not self.late_cancels:
            self.move(generation_id, "cancelled")

    async def generations(self, page: int = 1, page_size: int = 50, *, model: str | None = None) -> GenerationPage:
        self.asked.append("history")
        self._read()
        if not self.has_history:
            raise NotFound(status=404)
        listed = [row for row in self.rows.values() if row.id not in self.hidden | self.unlisted]
        return GenerationPage(tuple(row for row in listed if model in (None, row.model)))

    async def generation(self, generation_id: str) -> Generation:
        self.asked.append(f"history {generation_id}")
        self._read()
        if not self.has_history or generation_id in self.hidden or generation_id not in self.rows:
            raise NotFound(status=404)
        return self.rows[generation_id]

    async def events(self) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]:
        self.asked.append("events")
        if not self.has_events:
            raise NotFound(status=404)
        stream: asyncio.Queue[GenerationCompleted] = asyncio.Queue()
        self.streams.append(stream)
        try:
            yield KeptAlive()
            while True:
                yield await stream.get()
        finally:
            self.streams.remove(stream)

    def _read(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class FakeResults:
    """Keeps nothing, at once; or does what a test put into `answers`."""

    def __init__(self) -> None:
        self.fetched: list[tuple[int, str | None]] = []
        self.data: list[bytes | None] = []
        self.answers: list[Exception | asyncio.Event] = []
        self.has_begun = False

    async def begin(self) -> None:
        self.has_begun = True

    async def fetch(
        self, job: Job, url: str | None, data: bytes | None = None, on_progress: OnProgress | None = None
    ) -> ResultFile:
        self.fetched.append((job.id, url))
        self.data.append(data)
        answer = self.answers.pop(0) if self.answers else None
        if on_progress is not None:
            on_progress(5, 10)
        if isinstance(answer, asyncio.Event):
            await answer.wait()
        elif answer is not None:
            raise answer
        return ResultFile(f"{job.id}.png", "image/png", 10)


class QueueBench:
    """A queue over all that."""

    def __init__(self, store: Store, clock: FakeClock, server: FakeServer, **wishes: Any) -> None:
        self.store, self.clock, self.server = store, clock, server
        self.results = FakeResults()
        self.told: list[frozenset[int]] = []
        self.queue = GenerationQueue(
            store,
            server,
            self.results,
            model={PAINTER.id: PAINTER, FILMER.id: FILMER}.get,
            now=clock.now,
            monotonic=clock.monotonic,
            sleep=clock.sleep,
            **wishes,
        )
        self.queue.subscribe(self.told.append)

    async def settle(self) -> None:
        """Lets all that can happen now happen: also what waits for the disk."""
        for _ in range(12):
            # Each of the store's threads works in order: what was asked before is done.
            await self.store._database.write(lambda _: None, durable=False)
            await self.store._database.read(lambda _: None)
            for _ in range(10):
                await asyncio.sleep(0)

    async def pass_(self, seconds: float) -> None:
        """Lets time pass."""
        until = self.clock.seconds + seconds
        await self.settle()
        while self.clock.wake_next(until):
            await self.settle()
        self.clock.seconds = until

    async def until(self, condition: Callable[[], bool], longest: float = 600.0) -> None:
        """Lets time pass until something is so."""
        end = self.clock.seconds + longest
        await self.settle()
        while not condition():
            assert self.clock.wake_next(end), "it did not happen"
            await self.settle()

    async def send(self, prompt: str = "an ox", model: Model = PAINTER, **options: Any) -> tuple[Job, ...]:
        """Sends a request."""
        return await self.queue.send({"model": model.id, "prompt": prompt}, model=model, **options)

    def states(self) -> list[str]:
        """Of all jobs, the oldest first."""
        return [str(job.state) for job in sorted(self.queue.jobs, key=lambda job: job.id)]

    def only(self) -> Job:
        """The only job."""
        (job,) = self.queue.jobs
        return job


async def open_bench(path: Path, clock: FakeClock, server: FakeServer, **wishes: Any) -> QueueBench:
    """Another running program on the same store; `wishes` as `GenerationQueue`."""
    return QueueBench(await Store.open(path, clock.now), clock, server, **wishes)


async def close_bench(bench: QueueBench) -> None:
    """Ends a program in order."""
    await bench.queue.close()
    await bench.store.close()


def ids(jobs: Sequence[Job]) -> list[int]:
    """Of jobs."""
    return [job.id for job in jobs]
