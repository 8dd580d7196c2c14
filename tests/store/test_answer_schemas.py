"""Schemas are found again where they were used, and the one that is being written is kept."""

from __future__ import annotations

from oxen_tui.services.conversation.answer_request import response_format
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.store import Store

BILL = {"type": "object", "title": "bill"}
NOTE = {"type": "object", "title": "note"}


async def test_schemas_of_conversations_and_of_single_questions_are_found_once(store: Store) -> None:
    assert await store.answer_schemas.recent(10) == []
    plain = await store.conversations.create("m")
    await store.conversations.create("m", "", ConversationSettings(schema=BILL, schema_name="The bill"))
    question = await store.messages.add_question(plain.id, "How much?", "m", None)
    for schema in (NOTE, BILL):
        await store.answers.begin(plain.id, question.id, "m", {"response_format": response_format(schema)})
    await store.answers.begin(plain.id, question.id, "m", {"response_format": {"type": "json_object"}})
    assert await store.answer_schemas.recent(10) == [("The bill", BILL), ("note", NOTE)]
    assert await store.answer_schemas.recent(1) == [("The bill", BILL)]


async def test_what_is_written_is_kept_until_it_is_taken_away(store: Store) -> None:
    schemas = store.answer_schemas
    assert await schemas.draft() == ""
    await schemas.keep_draft('{"type": ')
    await schemas.keep_draft('{"type": "obj')
    assert await schemas.draft() == '{"type": "obj'
    assert await store.conversations.load_draft(None) == ""
    await schemas.keep_draft("")
    assert await schemas.draft() == ""
