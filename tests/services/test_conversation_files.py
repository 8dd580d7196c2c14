"""Files are written once and whole, and read with what is wrong said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.services.conversation_files import FileTrouble, export_conversation, import_conversations
from oxen_tui.store.store import Store


async def conversation(store: Store) -> int:
    made = await store.conversations.create("m")
    await store.messages.add_question(made.id, "Boats & ../birds", "m", None)
    return made.id


async def test_nothing_that_is_there_is_written_over(store: Store, tmp_path: Path) -> None:
    number = await conversation(store)
    paths = [await export_conversation(store, number, "json", str(tmp_path / "new")) for _ in range(2)]
    assert [path.name for path in paths] == ["Boats-..-birds.json", "Boats-..-birds-2.json"]
    assert all(path.parent == tmp_path / "new" for path in paths)


async def test_a_path_says_the_format_by_its_end(store: Store, tmp_path: Path) -> None:
    number = await conversation(store)
    path = await export_conversation(store, number, str(tmp_path / "a.HTM"), "")
    assert path.read_text().startswith("<!doctype html>")
    with pytest.raises(FileTrouble, match="says no format"):
        await export_conversation(store, number, str(tmp_path / "a.docx"), "")
    with pytest.raises(FileTrouble, match="cannot be written"):
        await export_conversation(store, number, str(path / "a.md"), "")


async def test_what_was_written_is_taken_in(store: Store, tmp_path: Path) -> None:
    path = await export_conversation(store, await conversation(store), "json", str(tmp_path))
    (added,), imported = await import_conversations(store, f" {path} ")
    assert not imported.left_out
    assert [each.text for each in await store.messages.path(added)] == ["Boats & ../birds"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", None])
async def test_what_cannot_be_read_is_said(store: Store, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "a.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileTrouble):
        await import_conversations(store, str(file))
    assert await store.conversations.recent() == []
