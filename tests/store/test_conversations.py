from __future__ import annotations

import pytest

from oxen_tui.store.conversations import Ending
from oxen_tui.store.errors import NotFound
from oxen_tui.store.store import Store

from .conftest import BEGIN
from .growing import answered


async def test_a_new_one_is_empty_and_has_a_time(store: Store) -> None:
    made = await store.conversations.create("claude-sonnet-5", "Be brief.")

    assert made == await store.conversations.get(made.id)
    assert (made.title, made.model, made.leaf_id, made.draft) == ("", "claude-sonnet-5", None, "")
    assert made.system_prompt == "Be brief."
    assert made.created_at > BEGIN
    assert await store.messages.path(made.id) == []


async def test_the_list_begins_with_the_one_changed_last(store: Store) -> None:
    first = await store.conversations.create("m")
    second = await store.conversations.create("m")
    assert [found.id for found in await store.conversations.recent()] == [second.id, first.id]

    await store.messages.add_question(first.id, "Moo?", "m", None)
    assert [found.id for found in await store.conversations.recent()] == [first.id, second.id]


async def test_the_list_comes_in_pages_without_doubles_or_gaps(store: Store) -> None:
    made = [(await store.conversations.create("m")).id for _ in range(7)]

    found, after = [], None
    while page := await store.conversations.recent(3, after):
        found += [conversation.id for conversation in page]
        after = page[-1]
    assert found == made[::-1]


async def test_the_first_question_names_it_and_later_ones_do_not(store: Store) -> None:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "Why blue?\nBecause.", "m", None)
    await store.messages.add_question(conversation.id, "And red?", "other", question.id)

    found = await store.conversations.get(conversation.id)
    assert (found.title, found.model) == ("Why blue?", "other")


async def test_a_name_given_by_the_user_stays_and_is_cleaned(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await store.conversations.rename(conversation.id, "  my \n title\x1b ")
    await store.messages.add_question(conversation.id, "Moo?", "m", None)

    assert (await store.conversations.get(conversation.id)).title == "my title␛"


async def test_a_deleted_one_is_gone_and_comes_back(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await answered(store, conversation.id, "Moo?", "Moo.")
    await store.conversations.delete(conversation.id)

    assert await store.conversations.recent() == []
    with pytest.raises(NotFound):
        await store.conversations.get(conversation.id)

    await store.conversations.restore(conversation.id)
    assert [found.id for found in await store.conversations.recent()] == [conversation.id]
    assert [message.text for message in await store.messages.path(conversation.id)] == ["Moo?", "Moo."]


async def test_drafts_are_kept_for_each_and_for_the_one_not_begun(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await store.conversations.save_draft(None, "what shall I")
    await store.conversations.save_draft(None, "what shall I ask")
    await store.conversations.save_draft(conversation.id, "half a question")

    assert await store.conversations.load_draft(None) == "what shall I ask"
    assert await store.conversations.load_draft(conversation.id) == "half a question"


async def test_the_first_question_takes_the_place_of_what_was_written_before_there_was_a_conversation(
    store: Store,
) -> None:
    await store.conversations.save_draft(None, "Moo?")
    conversation = await store.conversations.create("m")
    await store.messages.add_question(conversation.id, "Moo?", "m", None, clear_draft=True)
    assert await store.conversations.load_draft(None) == ""


async def test_a_question_that_was_the_draft_takes_its_place(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await store.conversations.save_draft(conversation.id, "Moo?")
    await store.messages.add_question(conversation.id, "Another", "m", None)
    assert await store.conversations.load_draft(conversation.id) == "Moo?"

    await store.messages.add_question(conversation.id, "Moo?", "m", None, clear_draft=True)
    assert await store.conversations.load_draft(conversation.id) == ""


@pytest.mark.parametrize(
    ("ending", "trouble"),
    [(Ending.DONE, False), (Ending.FAILED, True), (Ending.CUT_OFF, True), (Ending.STOPPED, False)],
)
async def test_the_list_shows_where_the_last_answer_is_in_trouble(
    store: Store, ending: Ending, trouble: bool
) -> None:
    conversation = await store.conversations.create("m")
    await answered(store, conversation.id, "Moo?", "Mo", ending=ending)

    assert [found.trouble for found in await store.conversations.recent()] == [trouble]
