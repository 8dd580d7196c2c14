"""`oxen-tui open`: what is handed to the app, and what is said where there is nothing to show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from oxen_tui.commands.open import open_files
from oxen_tui.services.gallery.opened_files import OpenedFile
from tests.media.media_files import picture


class Opener:
    """Takes what would open the app."""

    def __init__(self) -> None:
        self.files: Sequence[OpenedFile] = ()

    def __call__(self, *, files: Sequence[OpenedFile]) -> int:
        self.files = files
        return 0


def run(*paths: Path) -> tuple[Result, Opener]:
    opener = Opener()
    return CliRunner().invoke(open_files, [str(path) for path in paths], obj=opener), opener


def test_pictures_are_opened_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(picture("PNG"))

    result, opener = run(tmp_path / "b.png", tmp_path / "a.png")

    assert result.exit_code == 0
    assert [file.name for file in opener.files] == ["b.png", "a.png"]


def test_a_folder_is_opened_with_all_that_is_in_it(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(picture("PNG"))

    assert [file.name for file in run(tmp_path)[1].files] == ["a.png", "b.png"]


def test_a_wrong_file_among_others_is_shown_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    (tmp_path / "b.png").write_bytes(b"<html></html>")

    result, opener = run(tmp_path)
    assert [file.name for file in opener.files] == ["a.png"]  # of a folder only what can be shown
    result, opener = run(tmp_path / "b.png", tmp_path / "a.png")
    assert (result.exit_code, [bool(file.trouble) for file in opener.files]) == (0, [True, False])


def test_where_nothing_can_be_shown_it_is_said_why(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(b"<html></html>")

    result, opener = run(tmp_path / "page.png", tmp_path / "nowhere.png")

    assert result.exit_code == 2
    assert result.output.splitlines()[0] == "oxen-tui: There is nothing to show"
    assert "page.png: it is a web page" in result.output
    assert "nowhere.png: the file cannot be read: no such file or directory" in result.output
    assert opener.files == ()


def test_a_name_with_control_characters_does_nothing(tmp_path: Path) -> None:
    name = "a\x1b]0;gone\x07.png"
    (tmp_path / name).write_bytes(b"no picture\x00")

    result, _ = run(tmp_path / name)

    assert result.exit_code == 2
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


def test_many_wrong_files_are_counted(tmp_path: Path) -> None:
    result, _ = run(*(tmp_path / f"{number}.png" for number in range(9)))

    assert "4 more likewise." in result.output
