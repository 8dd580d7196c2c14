"""Jobs as cards of a conversation, drawn from the job as it is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from oxen_tui.panes.jobs.cards import JobCards, plain_cards
from oxen_tui.services.clock import Clock
from oxen_tui.services.session import Session
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import NotFound
from oxen_tui.store.job import Job, JobState, ResultFile
from oxen_tui.widgets.jobs.row import JobRow
from oxen_tui.widgets.transcript.card import Card
from tests.panes.jobs_made import NOW, FakeQueue, job

FOLDER = Path("/results")


def cards(queue: FakeQueue | None, *on_disk: Job) -> JobCards:
    async def get(job_id: int) -> Job:
        found = next((each for each in on_disk if each.id == job_id), None)
        if found is None:
            raise NotFound("There is no such job", "It was taken away.")
        return found

    session: Any = SimpleNamespace(
        clock=Clock(lambda: NOW),
        results=SimpleNamespace(path=lambda file: FOLDER / file.name),
        store=SimpleNamespace(jobs=SimpleNamespace(get=get)),
    )
    if queue is not None:
        session.generations = queue
    return JobCards(cast(Session, session))


def plain(number: int) -> Card:
    return Card(number, JobRow(JobState.WAITING, "moss-image-xl"))


def test_only_jobs_are_cards() -> None:
    attached = [Attachment("image", "ox.png"), Attachment("job", "moss", job_id=7), Attachment("job", "no id")]
    assert [(card.job_id, card.row.model) for card in plain_cards(attached)] == [(7, "moss")]


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        (JobState.RUNNING, "ctrl+up, x cancels"),
        (JobState.FAILED, "ctrl+up, r tries again"),
        (JobState.UNKNOWN, "ctrl+up, r tries again"),
        (JobState.NOT_SAVED, "ctrl+up, r fetches it again"),
    ],
)
def test_a_card_says_what_can_be_done_now(state: JobState, keys: str) -> None:
    card = cards(FakeQueue(job(1, state))).card(plain(1), with_prompt=True)
    assert (card.row.state, card.keys, card.inset) == (state, keys, None)
    assert card.row.prompt == "Fog in a fir forest"


def test_a_result_is_shown_with_where_it_is_until_it_is_deleted() -> None:
    done = job(1, JobState.DONE, file=ResultFile("ox.png", "image/png", 300, 60, 40))
    card = cards(FakeQueue(done)).card(plain(1), with_prompt=False)
    assert card.inset is not None
    assert (card.inset.path, card.file, card.keys) == (FOLDER / "ox.png", "/results/ox.png", "ctrl+up, enter opens")
    assert card.row.prompt == ""
    deleted = job(1, JobState.DONE, file=done.file, deleted_at=NOW)
    card = cards(FakeQueue(deleted)).card(plain(1), with_prompt=False)
    assert (card.inset, card.file) == (None, "")


def test_a_sound_has_no_picture() -> None:
    sound = job(1, JobState.DONE, kind="audio", file=ResultFile("ox.wav", "audio/wav", 300, None, None))
    card = cards(FakeQueue(sound)).card(plain(1), with_prompt=False)
    assert (card.inset, card.file, card.keys) == (None, "/results/ox.wav", "")


async def test_a_job_that_the_queue_does_not_have_is_read_and_one_of_elsewhere_says_so() -> None:
    made = cards(None, job(1, JobState.CANCELLED))
    await made.read([1, 2])
    assert made.card(plain(1), with_prompt=True).row.state is JobState.CANCELLED
    lost = made.card(plain(2), with_prompt=True)
    assert (lost.row.state, lost.keys) == (JobState.UNKNOWN, "")
    assert "not in the store" in lost.row.note
