"""Questions that wait: on the disk until they are asked, and asked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.store.attachment import Attachment
from oxen_tui.store.store import Store
from oxen_tui.store.waiting_questions import NotWaiting, WaitingQuestion
from tests.store.conftest import FakeClock

_OX = Attachment("image", "ox.png", "file:///ox.png", "image/png", 40, 24, 16)
_ONE, _TWO, _THREE = (
    WaitingQuestion("a", "One?", (_OX,)),
    WaitingQuestion("b", "Two?"),
    WaitingQuestion("c", "Three?"),
)


async def _with_three(store: Store) -> int:
    conversation = await store.conversations.create("m")
    for each in (_ONE, _TWO, _THREE):
        await store.waiting.put(conversation.id, each)
    return conversation.id


async def test_they_are_there_the_next_time_in_their_order(store_file: Path) -> None:
    first = await Store.open(store_file, FakeClock())
    conversation_id = await _with_three(first)
    await first.close()

    second = await Store.open(store_file, FakeClock())
    assert await second.waiting.load(conversation_id) == (_ONE, _TWO, _THREE)
    assert await second.waiting.load(conversation_id + 1) == ()
    await second.close()


async def test_they_are_changed_moved_and_taken_away_by_their_ids(store: Store) -> None:
    conversation_id = await _with_three(store)
    changed = WaitingQuestion("b", "Two, said better?", (_OX,))
    await store.waiting.put(conversation_id, changed)
    await store.waiting.order(conversation_id, ["c", "a"])
    assert await store.waiting.load(conversation_id) == (_THREE, _ONE, changed)
    await store.waiting.remove(conversation_id, "a")
    await store.waiting.remove(conversation_id, "a")
    await store.waiting.put(conversation_id, _ONE, 0)
    assert await store.waiting.load(conversation_id) == (_ONE, _THREE, changed)


async def test_asking_one_takes_it_off_and_leaves_the_draft(store: Store) -> None:
    conversation_id = await _with_three(store)
    await store.conversations.save_draft(conversation_id, "half a thought")
    await store.messages.add_question(conversation_id, "One?", "m", None, waiting="a")
    assert await store.waiting.load(conversation_id) == (_TWO, _THREE)
    assert await store.conversations.load_draft(conversation_id) == "half a thought"


async def test_none_is_asked_twice(store: Store) -> None:
    conversation_id = await _with_three(store)
    await store.messages.add_question(conversation_id, "One?", "m", None, waiting="a")
    with pytest.raises(NotWaiting):
        await store.messages.add_question(conversation_id, "One?", "m", None, waiting="a")
    assert len(await store.messages.path(conversation_id)) == 1
    assert await store.waiting.load(conversation_id) == (_TWO, _THREE)
