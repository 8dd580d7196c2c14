from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oxen_tui.store.errors import StoreUnavailable
from oxen_tui.store.instance import Instance

_CHILD = """
import sys
from pathlib import Path
from oxen_tui.store.instance import Instance
print(Instance.begin(Path(sys.argv[1])).id, flush=True)
sys.stdin.read()
"""


def test_it_lives_until_it_ends(tmp_path: Path) -> None:
    one, other = Instance.begin(tmp_path), Instance.begin(tmp_path)
    assert one.lives(other.id)
    assert one.lives(one.id)

    other.end()
    assert not one.lives(other.id)
    one.end()
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_killed_is_dead_at_once_and_its_mark_is_cleared(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        name = child.stdout.readline().strip()
        mine = Instance.begin(tmp_path)
        assert mine.lives(name)
        child.kill()
        child.wait()
        assert not mine.lives(name)
    assert [file.stem for file in tmp_path.iterdir()] == [mine.id]
    mine.end()


def test_marks_of_the_dead_are_cleared_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "dead.lock").touch()
    living = Instance.begin(tmp_path)
    mine = Instance.begin(tmp_path)

    assert {file.stem for file in tmp_path.iterdir()} == {living.id, mine.id}
    mine.end()
    living.end()


def test_a_program_that_was_started_from_here_does_not_hold_the_lock(tmp_path: Path) -> None:
    mine = Instance.begin(tmp_path)
    assert not os.get_inheritable(mine._descriptor)
    mine.end()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreUnavailable):
        Instance.begin(tmp_path / "taken")
