"""Everything ever said is found, as soon as it was said."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.store.message import Ending
from oxen_tui.store.search import BEGIN, END, match_query
from oxen_tui.store.store import Store


async def ask(store: Store, text: str, conversation: int | None = None) -> tuple[int, int]:
    if conversation is None:
        conversation = (await store.conversations.create("m")).id
    question = await store.messages.add_question(conversation, text, "m", None)
    return conversation, question.id


async def found(store: Store, words: str, conversation: int | None = None) -> list[int | None]:
    return [each.message_id for each in await store.search.messages(words, conversation_id=conversation)]


async def test_all_words_are_found_in_any_order_newest_first(store: Store) -> None:
    _, first = await ask(store, "Lighthouses flash in the dusk")
    _, second = await ask(store, "At dusk a lighthouse flashes")
    await ask(store, "An ox at dusk")
    assert await found(store, "dusk lighthouse") == [second, first]
    assert await found(store, "flash dusk") == [first]


async def test_the_last_word_may_be_a_beginning_unless_a_space_ends_it(store: Store) -> None:
    _, message = await ask(store, "Lighthouses flash")
    assert await found(store, "flash light") == [message]
    assert await found(store, "light flash") == []
    assert await found(store, "flash light ") == []


async def test_words_in_quotes_stand_one_after_the_other(store: Store) -> None:
    _, message = await ask(store, "the quick brown ox")
    assert await found(store, '"quick brown"') == [message]
    assert await found(store, '"brown quick"') == []


async def test_accents_and_case_do_not_matter(store: Store) -> None:
    _, message = await ask(store, "Ein Ochse über dem CAFÉ")
    assert await found(store, "UBER cafe") == [message]


async def test_what_was_found_is_marked_in_one_line(store: Store) -> None:
    await ask(store, "one\ntwo\nthree")
    (hit,) = await store.search.messages("two")
    assert hit.snippet == f"one {BEGIN}two{END} three"
    assert (hit.title, hit.role) == ("one", "user")


async def test_an_answer_is_found_once_it_ended(store: Store) -> None:
    conversation, question = await ask(store, "Why?")
    answer = await store.answers.begin(conversation, question, "m", {})
    await store.answers.checkpoint(answer.id, "Because of oxen", "", 1)
    assert await found(store, "oxen") == []
    message = await store.messages.message(answer.id)
    await store.answers.finish(replace(message, ending=Ending.DONE))
    assert await found(store, "oxen") == [answer.id]


async def test_what_was_deleted_is_not_found_until_it_is_restored(store: Store) -> None:
    conversation, question = await ask(store, "An ox")
    deletion = await store.messages.delete(question)
    assert await found(store, "ox") == []
    await store.messages.undo(deletion)
    assert await found(store, "ox") == [question]
    await store.conversations.delete(conversation)
    assert await found(store, "ox") == []


async def test_one_conversation_can_be_searched_alone_and_page_by_page(store: Store) -> None:
    conversation, first = await ask(store, "An ox")
    _, second = await ask(store, "Another ox", conversation)
    await ask(store, "A third ox")
    assert await found(store, "ox", conversation) == [second, first]
    page = await store.search.messages("ox", 1, conversation_id=conversation, before=second)
    assert [each.message_id for each in page] == [first]


async def test_titles_are_found_by_any_part_of_a_word(store: Store) -> None:
    conversation, _ = await ask(store, "100% of lighthouses")
    await ask(store, "1000 oxen")
    hits = await store.search.titles("house 0%")
    assert [(each.conversation_id, each.message_id) for each in hits] == [(conversation, None)]
    assert await store.search.titles("  ") == ()


@given(st.text(max_size=20))
def test_nothing_that_is_typed_is_an_operator(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
    if query := match_query(words.replace("\0", "")):
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
    connection.close()
