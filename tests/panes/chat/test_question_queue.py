"""The list of questions that wait, and what of it is on the disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oxen_tui.panes.chat.question_queue import QuestionQueue
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreFull
from oxen_tui.store.store import Store
from oxen_tui.store.waiting_questions import WaitingQuestion, WaitingQuestions

_OX = Attachment("image", "ox.png", "file:///ox.png", "image/png", 40, 24, 16)


@dataclass
class Desk:
    store: Store
    conversation_id: int
    queue: QuestionQueue
    troubles: list[str] = field(default_factory=list)

    async def on_disk(self) -> list[str]:
        await self.queue.settled()
        return [each.text for each in await self.store.waiting.load(self.conversation_id)]

    @property
    def in_memory(self) -> list[str]:
        return [each.text for each in self.queue.questions]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await Store.open(tmp_path / "s.db")
    conversation = await store.conversations.create("m")
    troubles: list[str] = []
    queue = QuestionQueue(lambda: store.waiting, troubles.append)
    queue.begin(conversation.id)
    for text in ("one", "two", "three"):
        queue.add(text, ())
    yield Desk(store, conversation.id, queue, troubles)
    await queue.settled()
    await store.close()


async def test_what_is_changed_in_memory_is_on_the_disk_a_little_later(desk: Desk) -> None:
    one, two, three = [each.id for each in desk.queue.questions]
    assert desk.queue.move(three, -1)
    assert not desk.queue.move(one, -1)
    desk.queue.change(two, "two, said better", (_OX,))
    taken = desk.queue.remove(one)
    assert desk.in_memory == await desk.on_disk() == ["three", "two, said better"]
    assert taken is not None
    desk.queue.put_back(*taken)
    assert desk.in_memory == await desk.on_disk() == ["one", "three", "two, said better"]
    assert (await desk.store.waiting.load(desk.conversation_id))[2].attachments == (_OX,)


async def test_nothing_is_asked_by_itself_while_it_is_held_or_the_first_is_written_on(desk: Desk) -> None:
    queue = desk.queue
    first, second = queue.questions[:2]
    found = []
    for edited, held in (("", False), (second.id, False), (first.id, False), ("", True)):
        queue.edited, queue.held = edited, held
        found.append(queue.next)
    assert found == [first, first, None, None]


async def test_what_is_read_again_is_held_unless_an_answer_arrives(desk: Desk) -> None:
    for answering in (True, False):
        desk.queue.begin(desk.conversation_id)
        await desk.queue.load(answering=answering)
        assert desk.in_memory == ["one", "two", "three"]
        assert desk.queue.held is not answering
    desk.queue.begin(None)
    await desk.queue.load(answering=False)
    assert desk.in_memory == []


async def test_the_disk_has_what_was_written_so_far_of_one_that_is_edited(desk: Desk) -> None:
    first = desk.queue.questions[0]
    desk.queue.keep(first.id, "one and a half", ())
    assert await desk.on_disk() == ["one and a half", "two", "three"]
    assert desk.in_memory[0] == "one"
    desk.queue.change(first.id, first.text, first.attachments)
    assert await desk.on_disk() == ["one", "two", "three"]


async def test_one_that_could_not_be_written_is_asked_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreFull("The disk is full", "Make room.")

    await desk.queue.settled()
    with monkeypatch.context() as broken:
        broken.setattr(WaitingQuestions, "put", full)
        desk.queue.add("four", ())
        await desk.queue.settled()
    assert desk.troubles == ["What waits could not be kept. The disk is full. Make room."]
    four: WaitingQuestion = desk.queue.questions[3]
    assert desk.queue.name_on_disk(four) == ""
    assert desk.queue.name_on_disk(desk.queue.questions[0]) != ""
    await desk.queue.load(answering=True)
    assert desk.in_memory == ["one", "two", "three", "four"]
