"""Files are written once and whole, and read with what is wrong said in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oxen_tui.services.conversation.files import FileTrouble, export_conversation, import_conversations
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.job import JobState, ResultFile
from oxen_tui.store.store import Store
from tests.services.gallery_jobs import add_result
from tests.services.jobs_made import job_made


async def conversation(store: Store) -> int:
    made = await store.conversations.create("m")
    await store.messages.add_question(made.id, "Boats & ../birds", "m", None)
    return made.id


async def test_nothing_that_is_there_is_written_over(store: Store, tmp_path: Path) -> None:
    number = await conversation(store)
    paths = [await export_conversation(store, number, "json", str(tmp_path / "new")) for _ in range(2)]
    assert [path.name for path in paths] == ["Boats-..-birds.json", "Boats-..-birds-2.json"]
    assert all(path.parent == tmp_path / "new" for path in paths)


async def test_what_was_made_in_a_conversation_goes_with_it(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    made = await add_result(store, folder)
    (going_on,) = await store.jobs.add([job_made(state=JobState.WAITING)])
    question = await store.messages.add_question(
        (await store.conversations.create("m")).id,
        "/image an ox",
        "m",
        None,
        attachments=[
            Attachment("job", "moss-image-xl", job_id=made.id),
            Attachment("job", "tern", job_id=going_on.id),
            Attachment("job", "gone", job_id=99),
        ],
    )
    assert made.file is not None

    def place(file: ResultFile) -> Path:
        return folder / file.name

    number, to = question.conversation_id, str(tmp_path / "out")
    page = (await export_conversation(store, number, "html", to, place)).read_text()
    assert f'<img alt="{made.file.name}" src="data:image/png;base64,' in page
    assert "<p>[tern · waiting]</p>" in page
    assert "<p>[gone]</p>" in page
    text = (await export_conversation(store, number, "md", to, place)).read_text()
    assert f"![{made.file.name}](<{(folder / made.file.name).as_uri()}>)" in text
    assert "[moss-image-xl · done]" in (await export_conversation(store, number, "md", to)).read_text()
    kept = json.loads((await export_conversation(store, number, "json", to, place)).read_text())
    assert [each["kind"] for each in kept["messages"][0]["attachments"]] == ["job", "job", "job"]


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
