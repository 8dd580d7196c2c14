"""Conversations are copied and taken in whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oxen_tui.api.usage import Usage
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.errors import NotFound
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewConversation, NewMessage

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_a_tree_is_taken_in_with_all_its_branches(store: Store) -> None:
    usage = Usage(3, 5, 8)
    added = await store.whole.add(
        NewConversation(
            [
                NewMessage("q", None, "user", "Moo?", DAY),
                NewMessage("a", "q", "assistant", "Moo.", DAY, "m", usage=usage, cost=0.5, seconds=2.0),
                NewMessage("b", "q", "assistant", "Baa.", DAY, "m", ending=Ending.CUT_OFF, trouble="Gone."),
            ],
            leaf="a",
            model="m",
            created_at=DAY,
        )
    )
    path = await store.messages.path(added)
    assert [(each.text, each.sibling, each.siblings) for each in path] == [("Moo?", 1, 1), ("Moo.", 1, 2)]
    assert (path[1].usage, path[1].cost, path[1].seconds) == (usage, 0.5, 2.0)
    conversation = await store.conversations.get(added)
    assert (conversation.title, conversation.created_at, conversation.updated_at) == ("Moo?", DAY, DAY)
    assert [each.text for each in await store.whole.tree(added)] == ["Moo?", "Moo.", "Baa."]
    assert [each.message_id for each in await store.search.messages("baa")]


async def test_a_conversation_without_messages_is_taken_in_too(store: Store) -> None:
    added = await store.whole.add(NewConversation([], None, "Empty"))
    assert (await store.conversations.get(added)).leaf_id is None


async def test_a_fork_goes_on_beside_what_it_was_copied_from(store: Store) -> None:
    settings = ConversationSettings({"temperature": 0.1})
    conversation = await store.conversations.create("m", "Be brief.", settings)
    question = await store.messages.add_question(conversation.id, "One", "m", None)
    answer = await store.answers.begin(conversation.id, question.id, "m", {"top_p": 1})
    await store.answers.finish(replace(answer, text="1", ending=Ending.DONE))
    await store.messages.add_question(conversation.id, "Two", "m", answer.id)

    forked = await store.whole.fork(answer.id)

    copy = await store.conversations.get(forked)
    assert (copy.title, copy.system_prompt, copy.settings, copy.forked_from) == (
        "One (branch)",
        "Be brief.",
        settings,
        answer.id,
    )
    assert [each.text for each in await store.messages.path(forked)] == ["One", "1"]
    assert [each.text for each in await store.messages.path(conversation.id)] == ["One", "1", "Two"]


async def test_what_is_left_out_is_left_out_of_the_copy_too(store: Store) -> None:
    conversation = await store.conversations.create("m")
    first = await store.messages.add_question(conversation.id, "One", "m", None)
    second = await store.messages.add_question(conversation.id, "Two", "m", first.id)
    third = await store.messages.add_question(conversation.id, "Three", "m", second.id)
    await store.conversations.set_settings(conversation.id, ConversationSettings(left_out=second.id))

    forked = await store.whole.fork(third.id)
    copied = await store.messages.path(forked)
    assert (await store.conversations.get(forked)).settings.left_out == copied[1].id
    earlier = await store.whole.fork(first.id)
    assert (await store.conversations.get(earlier)).settings.left_out is None


async def test_an_answer_that_streams_is_cut_off_in_the_copy(store: Store) -> None:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "One", "m", None)
    answer = await store.answers.begin(conversation.id, question.id, "m", {})
    forked = await store.whole.fork(answer.id)
    assert (await store.messages.path(forked))[-1].ending is Ending.CUT_OFF


async def test_what_is_not_there_cannot_be_forked(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.whole.fork(4)
