"""Files are read below allowed folders, and nowhere else whatever a path says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oxen_tui.services.tools.files import ReadFileTool
from oxen_tui.services.tools.tool import ToolFailed
from tests.services.tool_doubles import FakeUse


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / "tides.md").write_text("one\ntwo\nthree\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


async def read(folder: Path, path: str, **more: int) -> str:
    return (await ReadFileTool([str(folder)]).run({"path": path, **more}, FakeUse())).text


async def test_a_text_file_is_read_by_either_kind_of_path(notes: Path) -> None:
    assert await read(notes, "tides.md") == "one\ntwo\nthree"
    assert await read(notes, str(notes / "tides.md")) == "one\ntwo\nthree"
    assert await read(notes, "tides.md", from_line=2, lines=1) == "two"


async def test_folders_are_listed(notes: Path) -> None:
    assert await read(notes, str(notes)) == f"2 in {notes}:\ndeep/\ntides.md"
    assert await read(notes, ".") == f"Allowed folders:\n{notes}/"


@pytest.mark.parametrize(
    "path", ["../secret.txt", "deep/../../secret.txt", "/etc/passwd", "link", "inner/secret.txt"]
)
async def test_nothing_outside_is_read_by_dots_links_or_full_paths(notes: Path, path: str) -> None:
    (notes / "link").symlink_to(notes.parent / "secret.txt")
    (notes / "inner").symlink_to(notes.parent)
    with pytest.raises(ToolFailed, match="There is no"):
        await read(notes, path)


async def test_what_is_outside_sounds_the_same_as_what_is_nowhere(notes: Path) -> None:
    words = []
    for path in ("../secret.txt", "../nothing.txt"):
        with pytest.raises(ToolFailed) as error:
            await read(notes, path)
        words.append(error.value.sentence.replace(path, ""))
    assert words[0] == words[1]


async def test_an_allowed_folder_may_itself_be_a_link(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "shortcut").symlink_to(notes)
    assert await read(tmp_path / "shortcut", "tides.md") == "one\ntwo\nthree"


async def test_what_is_no_text_or_no_file_is_said(notes: Path) -> None:
    (notes / "bytes").write_bytes(b"\x89PNG\0\0")
    (notes / "latin").write_bytes("Gr\xfc\xdfe".encode("latin-1"))
    os.mkfifo(notes / "pipe")
    for path, words in (("bytes", "no text file"), ("latin", "no text in UTF-8"), ("pipe", "no regular file")):
        with pytest.raises(ToolFailed, match=words):
            await read(notes, path)
    with pytest.raises(ToolFailed, match="there is no line 9"):
        await read(notes, "tides.md", from_line=9)


async def test_only_the_beginning_of_a_large_file_is_read(notes: Path) -> None:
    (notes / "large").write_text("ä" * 3_000_001, encoding="utf-8")
    text = await read(notes, "large")
    assert text.endswith("bytes more were not read]")
    assert len(text) < 2_600_000


def test_without_folders_it_says_what_to_write() -> None:
    assert "settings.toml" in ReadFileTool([]).trouble
