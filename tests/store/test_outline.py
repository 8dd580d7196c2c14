"""A tree in outline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewConversation, NewMessage

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_of_each_message_no_more_is_read_than_a_line_shows(store: Store) -> None:
    usage = Usage(3, 5, 8, cost=0.5)
    calls = (ToolCall("c1", "look", "{}"),)
    added = await store.whole.add(
        NewConversation(
            [
                NewMessage("q", None, "user", "Moo? " * 1_000, DAY),
                NewMessage("a", "q", "assistant", "Moo.", DAY, "m", usage=usage, cost=0.1, seconds=2.0),
                NewMessage("b", "q", "assistant", "", DAY, "n", ending=Ending.TOOL_CALLS, tool_calls=calls, cost=0.1),
            ],
            leaf="a",
        )
    )
    outline = await store.whole.outline(added)
    question, first, second = outline.messages
    assert outline.leaf_id == first.id
    assert question.text == "Moo? " * 40
    assert (first.parent_id, first.model, first.tokens, first.seconds) == (question.id, "m", 5, 2.0)
    assert (first.cost, first.cost_is_said, first.tools) == (0.5, True, ())
    assert (second.cost, second.cost_is_said, second.tools) == (0.1, False, ("look",))
    assert (second.ending, second.created_at) == (Ending.TOOL_CALLS, DAY)


async def test_what_was_deleted_is_in_no_outline_and_not_found(store: Store) -> None:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "One", "m", None)
    answer = await store.answers.begin(conversation.id, question.id, "m", {})
    await store.answers.finish(replace(answer, text="Two", ending=Ending.DONE))
    await store.messages.delete(answer.id)
    outline = await store.whole.outline(conversation.id)
    assert [each.id for each in outline.messages] == [question.id]
    assert outline.leaf_id == question.id
    assert await store.whole.holding(conversation.id, ["two"]) == set()


async def test_messages_are_found_by_parts_of_words_and_by_models(store: Store) -> None:
    conversation = await store.conversations.create("tern")
    long = await store.messages.add_question(conversation.id, "x" * 5_000 + " Straße", "tern", None)
    other = await store.messages.add_question(conversation.id, "Kelp 100%", "heron", long.id)
    holding = store.whole.holding
    assert await holding(conversation.id, ["STRASSE"]) == {long.id}
    assert await holding(conversation.id, ["elp", "hero"]) == {other.id}
    assert await holding(conversation.id, ["0%"]) == {other.id}
    assert await holding(conversation.id, []) == {long.id, other.id}


async def test_a_conversation_that_is_not_there_has_no_outline(store: Store) -> None:
    outline = await store.whole.outline(7)
    assert (list(outline.messages), outline.leaf_id) == ([], None)
