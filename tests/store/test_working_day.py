"""What questions carry, what tools found, and what holds for a whole conversation, survives a restart."""

from __future__ import annotations

from oxen_tui.store.attachment import Attachment, attachments_from, written_attachments
from oxen_tui.store.conversation_settings import ConversationSettings, settings_from
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store

PICTURE = Attachment("image", "ox.png", "file:///tmp/ox.png", "image/png", 412, 64, 48)


async def test_a_question_keeps_what_it_carries(store: Store) -> None:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "What is it?", "m", None, attachments=[PICTURE])
    assert (await store.messages.message(question.id)).attachments == (PICTURE,)
    card = Attachment("job", "a fox", job_id=3)
    await store.messages.set_attachments(question.id, [PICTURE, card])
    assert (await store.messages.message(question.id)).attachments == (PICTURE, card)


async def test_a_tools_result_follows_its_call_and_is_shown(store: Store) -> None:
    conversation = await store.conversations.create("m")
    question = await store.messages.add_question(conversation.id, "When?", "m", None)
    found = await store.messages.add_tool_result(question, "call_1", "clock", "14:02")
    failed = await store.messages.add_tool_result(found, "call_2", "clock", "No clock.", failed=True)
    path = await store.messages.path(conversation.id)
    assert [(each.role, each.tool_call_id, each.model, each.ending) for each in path[1:]] == [
        ("tool", "call_1", "clock", Ending.DONE),
        ("tool", "call_2", "clock", Ending.FAILED),
    ]
    assert failed.parent_id == found.id


async def test_settings_of_a_conversation_are_kept(store: Store) -> None:
    conversation = await store.conversations.create("m")
    assert conversation.settings.is_plain
    settings = ConversationSettings({"temperature": 0.2}, ("clock",), {"type": "object"}, "shape", "brief")
    await store.conversations.set_settings(conversation.id, settings)
    assert (await store.conversations.get(conversation.id)).settings == settings


async def test_pinning_and_archiving_can_be_undone(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await store.conversations.pin(conversation.id)
    await store.conversations.archive(conversation.id)
    kept = await store.conversations.get(conversation.id)
    assert (kept.pinned, kept.archived) == (True, True)
    await store.conversations.pin(conversation.id, False)
    await store.conversations.archive(conversation.id, False)
    kept = await store.conversations.get(conversation.id)
    assert (kept.pinned, kept.archived) == (False, False)


def test_what_a_newer_version_wrote_is_read_as_far_as_it_is_known() -> None:
    assert attachments_from('[{"kind": "image", "name": "ox", "depth": 3}]') == (Attachment("image", "ox"),)
    assert settings_from('{"parameters": {"top_p": 1}, "mood": "calm"}') == ConversationSettings({"top_p": 1})
    assert written_attachments([]) is None
