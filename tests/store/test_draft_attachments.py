"""What is attached to a question that was not asked yet."""

from __future__ import annotations

from pathlib import Path

from oxen_tui.store.attachment import Attachment
from oxen_tui.store.store import Store
from tests.store.conftest import FakeClock

_OX = Attachment("image", "ox.png", "file:///ox.png", "image/png", 40, 24, 16)
_NOTES = Attachment("text", "notes.md", "file:///notes.md", "text/markdown", 4, text="Moo.")


async def test_it_is_there_the_next_time(store_file: Path) -> None:
    first = await Store.open(store_file, FakeClock())
    conversation = await first.conversations.create("m")
    await first.draft_attachments.save(None, [_OX])
    await first.draft_attachments.save(conversation.id, [_NOTES, _OX])
    await first.close()

    second = await Store.open(store_file, FakeClock())
    assert await second.draft_attachments.load(None) == (_OX,)
    assert await second.draft_attachments.load(conversation.id) == (_NOTES, _OX)
    await second.draft_attachments.save(None, [])
    assert await second.draft_attachments.load(None) == ()
    await second.close()


async def test_storing_the_question_takes_it_away(store: Store) -> None:
    conversation = await store.conversations.create("m")
    await store.draft_attachments.save(None, [_OX])
    await store.draft_attachments.save(conversation.id, [_OX])
    await store.messages.add_question(conversation.id, "Moo?", "m", None, attachments=[_OX], clear_draft=True)

    assert await store.draft_attachments.load(None) == ()
    assert await store.draft_attachments.load(conversation.id) == ()
