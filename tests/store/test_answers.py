from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.store.answers import KILLED
from oxen_tui.store.errors import StillAnswering
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store

from .conftest import FakeClock
from .growing import shown


@pytest.fixture
async def answer(store: Store) -> Message:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "Moo?", "m", None)
    return await store.answers.begin(conversation.id, question.id, "m", {"temperature": 0.2})


async def test_a_new_answer_is_the_leaf_and_streams(store: Store, answer: Message) -> None:
    path = await store.messages.path(answer.conversation_id)
    assert path[-1] == answer
    assert (answer.ending, answer.text, answer.role) == (Ending.STREAMING, "", "assistant")
    assert answer.parameters == {"temperature": 0.2}


async def test_a_checkpointed_answer_is_read_with_all_that_came(store: Store, answer: Message) -> None:
    await store.answers.checkpoint(answer.id, "Mo", "thin", 2)
    await store.answers.checkpoint(answer.id, "o.", "king", 3)

    found = (await store.messages.path(answer.conversation_id))[-1]
    assert (found.text, found.reasoning, found.pieces, found.ending) == ("Moo.", "thinking", 5, Ending.STREAMING)


async def test_a_finished_answer_is_kept_as_it_ended(store: Store, answer: Message) -> None:
    await store.answers.checkpoint(answer.id, "Mo", "", 1)
    ended = replace(
        answer,
        text="Moo.",
        reasoning="thinking",
        reasoning_seconds=0.5,
        tool_calls=(ToolCall("call_1", "look", '{"a": "ü"}'),),
        ending=Ending.TOOL_CALLS,
        trouble="a sentence",
        seconds=2.5,
        first_token_seconds=0.25,
        usage=Usage(12, 3, 15, None, 1, None),
        cost=0.0119,
        pieces=4,
    )

    assert await store.answers.finish(ended) == ended
    assert await store.messages.message(answer.id) == ended


async def test_an_answer_without_usage_is_marked_by_none(store: Store, answer: Message) -> None:
    ended = await store.answers.finish(replace(answer, ending=Ending.DONE, text="Moo."))
    assert (ended.usage, ended.cost) == (None, None)


async def test_a_continued_answer_grows_after_what_it_had(store: Store, answer: Message) -> None:
    await store.answers.checkpoint(answer.id, "Mo", "", 1)
    await store.answers.finish(replace(answer, ending=Ending.CUT_OFF, text="Mo", trouble="cut"))
    resumed = await store.answers.resume(answer.id)
    assert (resumed.text, resumed.ending, resumed.trouble) == ("Mo", Ending.STREAMING, "")

    await store.answers.checkpoint(answer.id, "o.", "", 1)
    assert (await store.messages.message(answer.id)).text == "Moo."


async def test_an_answer_that_is_being_written_cannot_be_continued(store: Store, answer: Message) -> None:
    with pytest.raises(StillAnswering):
        await store.answers.resume(answer.id)


async def test_an_answer_of_a_living_instance_is_left_alone(store: Store, answer: Message, store_file: Path) -> None:
    await store.answers.checkpoint(answer.id, "Mo", "", 1)
    other = await Store.open(store_file, FakeClock())

    found = await other.messages.message(answer.id)
    assert (found.ending, found.text) == (Ending.STREAMING, "Mo")
    await store.answers.finish(replace(answer, text="Moo.", ending=Ending.DONE))
    assert await shown(other, answer.conversation_id) == ["Moo?", "Moo."]
    await other.close()


async def test_an_answer_whose_instance_ended_is_cut_off_with_what_came(
    store: Store, answer: Message, store_file: Path
) -> None:
    first = await Store.open(store_file, FakeClock())
    mine = await first.answers.begin(answer.conversation_id, answer.id, "m", {})
    await first.answers.checkpoint(mine.id, "half ", "because", 1)
    await first.answers.checkpoint(mine.id, "an answer", "", 2)
    await first.close()

    assert await store.answers.mark_abandoned() == 1
    found = await store.messages.message(mine.id)
    assert (found.text, found.reasoning, found.pieces) == ("half an answer", "because", 3)
    assert (found.ending, found.trouble, found.seconds) == (Ending.CUT_OFF, KILLED, None)
    assert (await store.messages.message(answer.id)).ending is Ending.STREAMING
    assert await store.answers.mark_abandoned() == 0
