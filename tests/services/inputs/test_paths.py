"""Paths, completed while they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.services.inputs.paths import complete_path
from oxen_tui.services.schema.media import MediaKind

IMAGES = frozenset({MediaKind.IMAGE})


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("Oxen", "oats", ".hidden"):
        (tmp_path / name).mkdir()
    for name in ("ox.png", "OX2.JPG", "my-ox.webp", "ox.txt", "ox.mp4", ".ox.png", "bad\x1b.png"):
        (tmp_path / name).touch()
    return tmp_path


async def test_folders_come_first_then_files_of_the_kind(home: Path) -> None:
    assert await complete_path("ox", IMAGES) == ("Oxen/", "ox.png", "OX2.JPG", "my-ox.webp")
    assert await complete_path("~/o", frozenset({MediaKind.VIDEO})) == ("~/oats/", "~/Oxen/", "~/ox.mp4")
    assert await complete_path(f"{home}/ox.", frozenset()) == (
        f"{home}/ox.mp4",
        f"{home}/ox.png",
        f"{home}/ox.txt",
        f"{home}/my-ox.webp",
    )
    assert await complete_path("my", frozenset({MediaKind.MASK})) == ("my-ox.webp",)


async def test_hidden_ones_need_their_dot() -> None:
    found = await complete_path("./.", IMAGES)
    assert found[:2] == ("./.hidden/", "./.ox.png")
    assert not any(name.startswith("./.") for name in await complete_path("./", IMAGES))


async def test_what_cannot_be_read_has_nothing_in_it() -> None:
    assert await complete_path("~", IMAGES) == ("~/",)
    for text in ("nowhere/ox", "ox.png/", "a\0b", "x" * 5000 + "/"):
        assert await complete_path(text, IMAGES) == ()


async def test_a_full_folder_gives_fifty(home: Path) -> None:
    for number in range(80):
        (home / "oats" / f"{number:02}.png").touch()
    found = await complete_path("oats/", IMAGES)
    assert (len(found), found[0]) == (50, "oats/00.png")
