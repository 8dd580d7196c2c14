from __future__ import annotations

import pytest

from oxen_tui.store.conversations import Conversation
from oxen_tui.store.errors import NotFound
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store

from .growing import answer_to, answered, shown


@pytest.fixture
async def conversation(store: Store) -> Conversation:
    return await store.conversations.create("m")


async def test_a_conversation_shows_the_path_to_its_leaf(store: Store, conversation: Conversation) -> None:
    await answered(store, conversation.id, "a", "A")
    await answered(store, conversation.id, "b", "B")

    path = await store.messages.path(conversation.id)
    assert [message.text for message in path] == ["a", "A", "b", "B"]
    assert [message.role for message in path] == ["user", "assistant"] * 2
    assert [message.parent_id for message in path] == [None, *(message.id for message in path[:-1])]
    assert {(message.sibling, message.siblings) for message in path} == {(1, 1)}
    assert path[0].ending is Ending.DONE


async def test_only_the_last_messages_of_a_path_are_read_when_that_is_asked(
    store: Store, conversation: Conversation
) -> None:
    parent = None
    for number in range(9):
        parent = (await store.messages.add_question(conversation.id, f"q{number}", "m", parent)).id
    whole = await store.messages.path(conversation.id)
    assert await store.messages.path(conversation.id, 3) == whole[-3:]
    assert await store.messages.path(conversation.id, 100) == whole


async def test_an_edited_question_stands_beside_the_old_one(store: Store, conversation: Conversation) -> None:
    first, _ = await answered(store, conversation.id, "a", "A")
    edited = await store.messages.add_question(conversation.id, "a!", "m", first.parent_id)

    assert (edited.sibling, edited.siblings) == (2, 2)
    assert await shown(store, conversation.id) == ["a! 2/2"]
    await store.messages.show(first.id)
    assert await shown(store, conversation.id) == ["a 1/2", "A"]
    assert [message.text for message in await store.messages.siblings(edited.id)] == ["a", "a!"]


async def test_roots_of_other_conversations_are_no_siblings(store: Store, conversation: Conversation) -> None:
    other = await store.conversations.create("m")
    await answered(store, other.id, "x", "X")
    await answered(store, conversation.id, "a", "A")

    assert await shown(store, conversation.id) == ["a", "A"]


async def test_switching_goes_to_the_newest_leaf_of_that_branch(store: Store, conversation: Conversation) -> None:
    question, first = await answered(store, conversation.id, "a", "A1")
    await answered(store, conversation.id, "b", "B")
    await answer_to(store, question, "A2")
    below = await store.messages.add_question(conversation.id, "c", "m", first.id)
    await answer_to(store, below, "C")
    second = (await store.messages.siblings(first.id))[1]

    await store.messages.show(second.id)
    assert await shown(store, conversation.id) == ["a", "A2 2/2"]
    await store.messages.show(first.id)
    assert await shown(store, conversation.id) == ["a", "A1 1/2", "c 2/2", "C"]


async def test_deleting_the_last_answer_ends_at_its_question(store: Store, conversation: Conversation) -> None:
    _, answer = await answered(store, conversation.id, "a", "A")
    deletion = await store.messages.delete(answer.id)
    assert await shown(store, conversation.id) == ["a"]

    await store.messages.undo(deletion)
    assert await shown(store, conversation.id) == ["a", "A"]


async def test_deleting_a_branch_shows_the_one_before_it(store: Store, conversation: Conversation) -> None:
    question, _ = await answered(store, conversation.id, "a", "A1")
    second = await answer_to(store, question, "A2")
    third = await answer_to(store, question, "A3")

    await store.messages.delete(third.id)
    assert await shown(store, conversation.id) == ["a", "A2 2/2"]
    first = await store.messages.delete(second.id)
    assert await shown(store, conversation.id) == ["a", "A1"]
    await store.messages.undo(first)
    assert await shown(store, conversation.id) == ["a", "A2 2/2"]


async def test_deleting_what_is_not_shown_changes_only_the_count(store: Store, conversation: Conversation) -> None:
    question, first = await answered(store, conversation.id, "a", "A1")
    await answer_to(store, question, "A2")

    await store.messages.delete(first.id)
    assert await shown(store, conversation.id) == ["a", "A2"]


async def test_deleting_the_first_question_empties_the_conversation(store: Store, conversation: Conversation) -> None:
    question, _ = await answered(store, conversation.id, "a", "A")
    deletion = await store.messages.delete(question.id)
    assert await shown(store, conversation.id) == []
    assert (await store.conversations.get(conversation.id)).leaf_id is None

    await store.messages.undo(deletion)
    assert await shown(store, conversation.id) == ["a", "A"]


async def test_deletions_inside_each_other_are_undone_in_any_order(store: Store, conversation: Conversation) -> None:
    question, _ = await answered(store, conversation.id, "a", "A")
    inner_question, _ = await answered(store, conversation.id, "b", "B")
    inner = await store.messages.delete(inner_question.id)
    outer = await store.messages.delete(question.id)

    await store.messages.undo(inner)
    assert await shown(store, conversation.id) == []
    await store.messages.undo(outer)
    await store.messages.show(inner_question.id)
    assert await shown(store, conversation.id) == ["a", "A", "b", "B"]


async def test_what_is_added_under_a_deleted_message_is_hidden_with_it(
    store: Store, conversation: Conversation
) -> None:
    question = await store.messages.add_question(conversation.id, "a", "m", None)
    deletion = await store.messages.delete(question.id)
    await answer_to(store, question, "A")
    assert await store.messages.siblings(question.id) == []

    await store.messages.undo(deletion)
    await store.messages.show(question.id)
    assert await shown(store, conversation.id) == ["a", "A"]


async def test_steps_to_another_branch_go_on_from_the_one_that_is_shown(
    store: Store, conversation: Conversation
) -> None:
    question, first = await answered(store, conversation.id, "a", "A")
    await answered(store, conversation.id, "b", "B")
    second = await answer_to(store, question, "A2")
    third = await answer_to(store, question, "A3")

    assert await store.messages.step(third.id, -1) == second.id
    assert await store.messages.step(third.id, -1) == first.id
    assert await shown(store, conversation.id) == ["a", "A 1/3", "b", "B"]
    assert await store.messages.step(third.id, -1) is None
    assert await shown(store, conversation.id) == ["a", "A 1/3", "b", "B"]
    assert await store.messages.step(first.id, 2) == third.id
    assert await store.messages.step(question.id, 1) is None
    assert await shown(store, conversation.id) == ["a", "A3 3/3"]


async def test_a_step_from_a_branch_that_is_not_shown_begins_at_its_message(
    store: Store, conversation: Conversation
) -> None:
    question, first = await answered(store, conversation.id, "a", "A")
    second = await answer_to(store, question, "A2")
    other = await store.messages.add_question(conversation.id, "a!", "m", None)

    assert await store.messages.step(second.id, -1) == first.id
    assert await store.messages.step(question.id, 1) == other.id
    await store.messages.delete(second.id)
    assert await store.messages.step(second.id, -1) is None


async def test_a_message_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.messages.message(99)
    with pytest.raises(NotFound):
        await store.messages.show(99)


async def test_recent_questions_come_oldest_first(store: Store, conversation: Conversation) -> None:
    for text in ("one", "two", "three"):
        await answered(store, conversation.id, text, "…")

    assert await store.messages.recent_questions(2) == ["two", "three"]


async def test_a_path_to_a_message_does_not_move_the_leaf(store: Store, conversation: Conversation) -> None:
    _, first = await answered(store, conversation.id, "a", "A")
    await answered(store, conversation.id, "b", "B")

    assert [message.text for message in await store.messages.path_to(first.id)] == ["a", "A"]
    assert await shown(store, conversation.id) == ["a", "A", "b", "B"]


async def test_a_branch_is_shown_with_the_model_to_go_on_with(store: Store) -> None:
    conversation = await store.conversations.create("one")
    question = await store.messages.add_question(conversation.id, "Why?", "one", None)
    first = await store.answers.begin(conversation.id, question.id, "one", {})
    await store.answers.begin(conversation.id, question.id, "two", {})
    await store.messages.show(first.id)
    assert (await store.conversations.get(conversation.id)).model == "two"
    await store.messages.show(first.id, model="one")
    shown = await store.conversations.get(conversation.id)
    assert (shown.model, shown.leaf_id) == ("one", first.id)
