"""The queue against the demo service over a socket: whatever that plays, nothing is lost, nothing paid twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette

from oxen_tui.api.model import Model
from oxen_tui.api.secret import Secret
from oxen_tui.demo.serve import serving
from oxen_tui.demo.service import TOKEN, create_service
from oxen_tui.paths import find_paths
from oxen_tui.services.queue.generation_queue import GenerationQueue
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session import Session, open_session
from oxen_tui.store.job import Job, JobState

PATIENCE = 20.0
"""Seconds, for a busy machine."""

PAINTER = {
    "id": "painter",
    "endpoint": "/images/generate",
    "capabilities": {"input": ["text", "image"], "output": ["image"]},
    "pricing": {"method": "per_image", "cost_per_image": 0.25},
    "request_schema": {
        "type": "object",
        "required": ["prompt"],
        "properties": {
            "prompt": {"type": "string"},
            "input_image": {"type": "string", "format": "uri", "nullable": True},
        },
    },
    "x-demo": {"seconds": [2, 3]},
}


@dataclass
class Demo:
    app: Starlette
    base: str

    def accepted(self) -> Counter[str]:
        """How many jobs the server has of each prompt."""
        return Counter(job.prompt for job in self.app.state.demo.queue.jobs.values())


@pytest.fixture
def demo() -> Iterator[Demo]:
    app = create_service([PAINTER], pace=20.0)
    with serving(app) as base:
        yield Demo(app, base)


@pytest.fixture
async def session(demo: Demo, tmp_path: Path) -> AsyncIterator[Session]:
    async with await opened(demo, tmp_path) as session:
        yield session


async def opened(demo: Demo, home: Path) -> Session:
    paths = find_paths({"OXEN_TUI_HOME": str(home)})
    paths.make_folders()
    return await open_session(Place("local", demo.base, "local", "local", Secret(TOKEN)), paths)


async def until(queue: GenerationQueue, condition: Callable[[], bool]) -> None:
    """Waits for changes until something is so."""
    changed = asyncio.Event()
    end = queue.subscribe(lambda _: changed.set())
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                changed.clear()
                await changed.wait()
    finally:
        end()


async def sent(session: Session, prompt: str, **options: object) -> tuple[Job, ...]:
    model = Model.from_json(PAINTER)
    return await session.generations.send({"prompt": prompt}, model=model, **options)  # type: ignore[arg-type]


async def test_whatever_happens_on_the_way_each_request_is_made_once(demo: Demo, session: Session) -> None:
    queue = session.generations
    queue.looking = True
    ways = {
        "an ox": "done",
        "fault: duplicates": "done",
        "fault: unknown status": "done",
        "fault: 500": "done",
        "fault: no answer": "done",
        "fault: failed": "failed",
        "fault: credits": "failed",
        "fault: 402": "failed",
        "fault: empty list": "failed",
        "fault: 429 300": "failed",
        "fault: 429 1 once": "done",
    }
    await asyncio.gather(*(sent(session, prompt) for prompt in ways))
    await until(queue, lambda: {job.prompt: str(job.state) for job in queue.jobs} == ways)

    refused = ("fault: 402", "fault: empty list", "fault: 429 300")
    assert demo.accepted() == {prompt: 1 for prompt in ways if prompt not in refused}
    for job in queue.jobs:
        assert (job.file is not None) == (job.state is JobState.DONE)
        assert job.file is None or session.results.path(job.file).stat().st_size == job.file.size
        assert (job.trouble != "") == (job.state is JobState.FAILED)


async def test_a_cancel_is_told_as_it_went(demo: Demo, session: Session) -> None:
    queue = session.generations
    first, second = (await sent(session, "an ox"))[0], (await sent(session, "fault: late delete"))[0]

    said = await queue.cancel([first.id, second.id])

    assert list(said) == [second.id]
    await until(queue, lambda: [str(job.state) for job in queue.jobs] == ["done", "cancelled"])


async def test_a_local_picture_is_put_into_the_request(session: Session) -> None:
    queue = session.generations
    await sent(session, "an ox", sync=True)
    await until(queue, lambda: queue.jobs[0].state is JobState.DONE)
    file = queue.jobs[0].file
    assert file is not None
    body = {"prompt": "the same at dusk", "input_image": session.results.path(file).as_uri()}

    await queue.send(body, model=Model.from_json(PAINTER))
    await until(queue, lambda: queue.jobs[0].state is JobState.DONE)

    assert queue.jobs[0].body == body


async def test_results_that_ended_meanwhile_are_fetched_after_a_restart(demo: Demo, tmp_path: Path) -> None:
    async with await opened(demo, tmp_path) as first:
        await sent(first, "an ox", count=2)
    async with await opened(demo, tmp_path) as second:
        await second.generations.begin()
        await until(second.generations, lambda: all(job.state is JobState.DONE for job in second.generations.jobs))
        assert len(second.generations.jobs) == 2
    assert demo.accepted() == {"an ox": 2}
