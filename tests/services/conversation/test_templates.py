"""Prompt templates are files of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.services.conversation.templates import Templates, TemplateTrouble


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    return Templates(tmp_path / "config" / "templates")


def test_none_are_there_before_the_first_is_kept(templates: Templates) -> None:
    assert templates.all() == []
    assert not templates.folder.exists()
    assert templates.save("Letter", "Dear {{name}}") is None
    assert (templates.folder / "Letter.md").read_text() == "Dear {{name}}\n"
    (letter,) = templates.all()
    assert (letter.name, letter.text, letter.description) == ("Letter", "Dear {{name}}", "Dear {{name}}")


def test_what_is_replaced_or_deleted_comes_back(templates: Templates) -> None:
    templates.save("a", "one\n\ntwo")
    assert templates.save("a", "three") == "one\n\ntwo"
    assert templates.delete("a") == "three"
    assert templates.all() == []
    templates.save("a", "three")
    assert templates.get("a").content == "three"


def test_a_name_is_found_in_any_case_and_by_its_beginning(templates: Templates) -> None:
    for name in ("Letter", "list", "listing"):
        templates.save(name, "text")
    assert [each.name for each in templates.all()] == ["Letter", "list", "listing"]
    assert templates.get("letter").name == "Letter"
    assert templates.get("LET").name == "Letter"
    assert templates.get("list").name == "list"
    with pytest.raises(TemplateTrouble, match="Several templates begin so: Letter, list, listing"):
        templates.get("l")
    with pytest.raises(TemplateTrouble, match="No template is called poem: /template lists them"):
        templates.get("poem")


def test_a_new_name_may_not_be_another_ones(templates: Templates) -> None:
    templates.save("a", "one")
    templates.save("b", "two")
    with pytest.raises(TemplateTrouble, match="a template called b already"):
        templates.rename("a", "b")
    templates.rename("a", "A letter")
    assert [each.name for each in templates.all()] == ["A letter", "b"]
    with pytest.raises(TemplateTrouble, match="cannot be renamed"):
        templates.rename("gone", "c")


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a\x1bb", "x" * 81, "a:b"])
def test_a_name_that_is_no_file_of_the_folder_is_refused(templates: Templates, name: str) -> None:
    with pytest.raises(TemplateTrouble, match="A template cannot be called"):
        templates.save(name, "text")
    assert not templates.folder.exists()


def test_files_of_others_are_read_as_far_as_they_can_be(templates: Templates, tmp_path: Path) -> None:
    templates.folder.mkdir(parents=True)
    (templates.folder / "odd.md").write_bytes(b"\xef\xbb\xbfone\r\ntw\xff\x1b[2Jo")
    (templates.folder / "long.md").write_bytes(b"x" * 200_001)
    (templates.folder / "folder.md").mkdir()
    (templates.folder / "notes.txt").write_text("no")
    (templates.folder / "gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "dotfiles.md").write_text("linked")
    (templates.folder / "linked.md").symlink_to(tmp_path / "dotfiles.md")
    assert [each.name for each in templates.all()] == ["linked", "odd"]
    assert templates.get("odd").text == "one\ntw\ufffd␛[2Jo"
    with pytest.raises(TemplateTrouble, match="larger than 200 KB"):
        templates.get("long")
    templates.save("linked", "written")
    assert (tmp_path / "dotfiles.md").read_text() == "written\n"
    assert (templates.folder / "linked.md").is_symlink()


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TemplateTrouble, match="cannot be written"):
        Templates(tmp_path / "file" / "templates").save("a", "b")
    with pytest.raises(TemplateTrouble, match="cannot be read"):
        Templates(tmp_path / "file").all()
