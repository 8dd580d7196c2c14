"""Editing in the user's own editor, with real programs in its place."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from oxen_tui.panes.external_editor import EditorFailed, edit_text


def editor(tmp_path: Path, code: str) -> dict[str, str]:
    script = tmp_path / "my editor.py"
    script.write_text(f"import os, stat, sys\npath = sys.argv[-1]\n{code}\n")
    return {"EDITOR": f"{sys.executable} '{script}'"}


def test_the_text_comes_back_as_the_editor_left_it(tmp_path: Path) -> None:
    environ = editor(tmp_path, "text = open(path).read(); open(path, 'w').write(text.upper() + '\\n')")
    assert edit_text("two\nlines", environ) == "TWO\nLINES"


def test_what_comes_back_is_cleaned(tmp_path: Path) -> None:
    environ = editor(tmp_path, r"open(path, 'w').write('a\x1b[2Jb')")
    assert edit_text("", environ) == "a␛[2Jb"


def test_the_file_is_for_this_user_alone_and_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    environ = editor(
        tmp_path, f"open({str(seen)!r}, 'w').write(f'{{stat.S_IMODE(os.stat(path).st_mode):o}} {{path}}')"
    )
    edit_text("secret", environ)
    mode, _, path = seen.read_text().partition(" ")
    assert int(mode, 8) == stat.S_IRUSR | stat.S_IWUSR
    assert not Path(path).exists()


def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(EditorFailed, match="ended with an error"):
        edit_text("text", editor(tmp_path, "sys.exit(3)"))


def test_an_editor_that_is_not_there_is_named() -> None:
    with pytest.raises(EditorFailed, match="no-such-editor cannot be started"):
        edit_text("text", {"VISUAL": "no-such-editor"})
