"""A model makes pictures and clips: priced and asked about, sent once through the queue, and waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.api.model import Model
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.tools.generation import MakeTool
from oxen_tui.services.tools.models import ListModelsTool
from oxen_tui.services.tools.tool import Answered, Refused, ToolFailed, Verdict
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.job import Job, JobState, Origin, ResultFile
from tests.services.catalogue_models import chat, entry, schema, video
from tests.services.fake_models_client import FakeModelsClient
from tests.services.jobs_made import job_made
from tests.services.tool_doubles import FakeUse, FakeUser

FILE = ResultFile("2026/kelp.png", "image/png", 1000, 1024, 768)
RATIO = {"type": "string", "enum": ["1:1", "16:9"]}
MODELS = (
    chat("talker"),
    entry(
        "edits",
        request_schema=schema("prompt", required=["image_url"], image_url={"type": "string", "format": "uri"}),
    ),
    entry("paints", request_schema=schema("prompt", aspect_ratio=RATIO)),
    entry("unpriced", pricing=None, request_schema=schema("prompt")),
    video("films", request_schema=schema("prompt", image_url={"type": "string", "format": "uri"})),
)


class Queue:
    """Takes a request, and ends its job when told to."""

    def __init__(self, *jobs: Job) -> None:
        self.jobs = tuple(jobs)
        self.sent: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
        self.end: Job | None = None
        """How the job stands at the next look."""
        self.listeners: list[Callable[[frozenset[int]], None]] = []

    def job(self, job_id: int) -> Job | None:
        return next((job for job in self.jobs if job.id == job_id), None)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    async def begin(self) -> None:
        pass

    async def send(self, body: Mapping[str, Any], *, model: Model, **more: Any) -> tuple[Job, ...]:
        self.sent.append((body, {"model": model.id, **more}))
        job = job_made(id=7, model=model.id, kind=model.kind.value, state=JobState.WAITING, estimate=more["estimate"])
        self.jobs = (job, *self.jobs)
        if self.end is not None:
            asyncio.get_running_loop().call_soon(self.becomes, self.end)
        return (job,)

    def becomes(self, job: Job) -> None:
        self.jobs = (job, *(each for each in self.jobs if each.id != job.id))
        for listener in list(self.listeners):
            listener(frozenset({job.id}))


@pytest.fixture
async def catalogue() -> AsyncIterator[Catalogue]:
    made = Catalogue(FakeModelsClient(*MODELS))
    await made.load()
    yield made
    await made.close()


def tool(
    catalogue: Catalogue, queue: Queue, kind: str = "image", *, budget: str = "", stars: tuple[str, ...] = ()
) -> MakeTool:
    async def favourites() -> Mapping[str, bool]:
        return dict.fromkeys(stars, True)

    return MakeTool(
        kind,
        catalogue,
        lambda: queue,
        favourites,
        lambda file: Path("/results") / file.name,
        lambda _: budget or None,
        wait=0.05,
    )


def _done(**fields: Any) -> Job:
    return job_made(**{"id": 7, "model": "paints", "state": JobState.DONE, "file": FILE, "estimate": 0.04, **fields})


async def test_a_picture_is_priced_asked_about_sent_and_waited_for(catalogue: Catalogue) -> None:
    queue, use = Queue(), FakeUse()
    queue.end = _done()

    found = await tool(catalogue, queue).run({"prompt": "kelp", "settings": {"aspect_ratio": "16:9"}}, use)

    (question,) = use.user.asked
    assert question.title == "Make a picture?"
    assert question.facts == (
        ("model", "paints"),
        ("prompt", "kelp"),
        ("aspect_ratio", "16:9"),
        ("price", "~$0.04 for 1 image"),
    )
    assert (question.yes, question.scope, question.warning) == ("makes it  ~$0.04", "pictures by paints", "")
    ((body, more),) = queue.sent
    assert body == {"model": "paints", "prompt": "kelp", "aspect_ratio": "16:9"}
    assert (more["origin"], more["message_id"], more["estimate"]) == (Origin.TOOL, 2, 0.04)
    assert found.text.splitlines()[:4] == [
        "made, 1024×768",
        "job: 7",
        "model: paints",
        "file: /results/2026/kelp.png",
    ]
    assert use.attached == [Attachment("job", "paints", job_id=7)]
    assert use.told == ["sending", "waiting"]
    assert queue.listeners == []


async def test_a_no_costs_nothing(catalogue: Catalogue) -> None:
    queue = Queue()
    with pytest.raises(Refused):
        await tool(catalogue, queue).run({"prompt": "kelp"}, FakeUse(FakeUser(Answered(Verdict.NO))))
    assert queue.sent == []


async def test_a_budget_and_an_unknown_price_are_asked_about_each_time(catalogue: Catalogue) -> None:
    queue, use = Queue(), FakeUse()
    queue.end = _done()

    await tool(catalogue, queue, budget="Go over the budget?").run({"prompt": "kelp"}, use)
    await tool(catalogue, queue).run({"prompt": "kelp", "model": "unpriced"}, use)

    assert use.user.asked[0].warning == "Go over the budget?"
    assert (use.user.asked[1].scope, use.user.asked[1].yes) == ("", "makes it  price unknown")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"model": "nobody"}, "There is no model nobody"),
        ({"model": "films"}, "films makes no pictures but video"),
        ({"settings": {"aspect_ratio": "5:4"}}, "paints would refuse this request: aspect_ratio"),
        ({"from_job": 99}, "Job 99 has no result here. Jobs with results: none."),
        ({"model": "edits"}, "edits would refuse this request: image_url"),
    ],
)
async def test_what_would_be_refused_is_said_before_anybody_is_asked(
    catalogue: Catalogue, arguments: dict[str, Any], words: str
) -> None:
    queue, use = Queue(), FakeUse()
    with pytest.raises(ToolFailed, match=words):
        await tool(catalogue, queue).run({"prompt": "kelp", **arguments}, use)
    assert (queue.sent, use.user.asked) == ([], [])


async def test_an_earlier_result_is_what_it_begins_with(catalogue: Catalogue) -> None:
    queue = Queue(_done(id=3))
    queue.end = _done(kind="video", model="films", file=replace(FILE, mime="video/mp4", seconds=6.0))

    found = await tool(catalogue, queue, "video").run({"prompt": "waves", "from_job": 3}, FakeUse())

    ((body, more),) = queue.sent
    assert body == {"model": "films", "prompt": "waves", "image_url": "file:///results/2026/kelp.png"}
    assert more["parents"] == (3,)
    assert found.text.startswith("made, 1024×768, 6 s\n")


async def test_without_a_model_it_is_the_one_used_last_then_a_starred_one(catalogue: Catalogue) -> None:
    queue = Queue()
    queue.end = _done()
    await tool(catalogue, queue, stars=("unpriced",)).run({"prompt": "kelp"}, FakeUse())
    await tool(catalogue, Queue(*queue.jobs), stars=()).run({"prompt": "kelp"}, use := FakeUse())

    assert queue.sent[0][1]["model"] == "unpriced"
    assert dict(use.user.asked[0].facts)["model"] == "paints"  # the job that was done by it


async def test_a_failure_goes_to_the_model_with_whether_it_was_billed(catalogue: Catalogue) -> None:
    queue = Queue()
    queue.end = _done(state=JobState.FAILED, file=None, trouble="The filter refused it.", billed=False)
    with pytest.raises(ToolFailed) as error:
        await tool(catalogue, queue).run({"prompt": "kelp"}, FakeUse())
    assert error.value.sentence == "Job 7 failed. The filter refused it. It was not billed."


async def test_what_takes_too_long_goes_on_in_the_queue(catalogue: Catalogue) -> None:
    queue = Queue()
    found = await tool(catalogue, queue).run({"prompt": "kelp"}, FakeUse())
    assert found.text.startswith("still waiting\nJob 7 goes on in the queue")
    assert queue.listeners == []


async def test_models_are_listed_with_prices_and_one_of_them_with_its_fields(catalogue: Catalogue) -> None:
    listing = ListModelsTool(catalogue)

    found = (await listing.run({"kind": "image", "words": "PAINTS"}, FakeUse())).text
    one = (await listing.run({"model": "paints"}, FakeUse())).text

    assert found == "1 found\n- paints (image, $0.04 each)"
    assert "- aspect_ratio (enum): 1:1, 16:9" in one
    assert (await listing.run({"limit": 2}, FakeUse())).text.startswith("5 found, the first 2:\n")
    with pytest.raises(ToolFailed, match="There is no model x"):
        await listing.run({"model": "x"}, FakeUse())
