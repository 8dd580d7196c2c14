"""Files that conversations are taken in from: read entry by entry, and what is wrong with one said in words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from oxen_tui.services.conversation import import_file
from oxen_tui.services.conversation.import_file import NotReadable, entries, file_text


def packed(file: Path, **members: str) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_json", ".json"), content)
    return file


@pytest.mark.parametrize(
    ("content", "values"),
    [
        ("[]", []),
        (" [ 1 , [2, 3]\r\n,{}\t] \n", [1, [2, 3], {}]),
        ('{"a": [1]}', [{"a": [1]}]),
        ("7", [7]),
    ],
)
def test_a_list_is_read_one_by_one_and_anything_else_as_one(content: str, values: list[object]) -> None:
    assert list(entries(content)) == values


@pytest.mark.parametrize("content", ["", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1] 2", "[1]]", "{}{}", "[{]}"])
def test_what_is_no_json_is_said_wherever_it_goes_wrong(content: str) -> None:
    with pytest.raises(NotReadable, match="nothing was taken from it"):
        list(entries(content))


def test_the_line_of_the_damage_is_told() -> None:
    with pytest.raises(NotReadable, match="line 3"):
        list(entries("[1,\n2,\nx]"))


def test_the_archive_that_chatgpt_gives_is_looked_into(tmp_path: Path) -> None:
    file = packed(tmp_path / "export.zip", user_json="{}", deep__conversations_json="[1]")
    assert file_text(file) == "[1]"


def test_an_archive_without_conversations_or_with_damage_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"without conversations\.json"):
        file_text(packed(tmp_path / "a.zip", user_json="{}"))
    file = packed(tmp_path / "b.zip", conversations_json="[" + "1," * 9_000 + "1]")
    whole = file.read_bytes()
    file.write_bytes(whole[:45] + b"\xff" * 8 + whole[53:])
    with pytest.raises(NotReadable, match="damaged or locked"):
        file_text(file)


@pytest.mark.parametrize("end", [".json", ".zip"])
def test_more_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(import_file, "LARGEST", 5)
    file = tmp_path / f"a{end}"
    if end == ".zip":
        packed(file, conversations_json="[1, 2]")
    else:
        file.write_text("[1, 2]")
    with pytest.raises(NotReadable, match="is larger than"):
        file_text(file)


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes("[]".encode("utf-16"))
    with pytest.raises(NotReadable, match="no text in UTF-8"):
        file_text(tmp_path / "a.json")
