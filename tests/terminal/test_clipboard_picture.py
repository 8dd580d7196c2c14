"""A picture from the clipboard of the desktop."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.terminal.clipboard_picture import NoPicture, clipboard_picture, commands


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_each_desktop_has_its_program() -> None:
    assert [command[0] for command in commands({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux")] == [
        "wl-paste",
        "xclip",
    ]
    assert [command[0] for command in commands({}, "darwin")] == ["pngpaste"]
    assert commands({}, "linux") == []


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}, "on your own machine"),
        ({}, "no clipboard with pictures"),
        ({"DISPLAY": ":0", "PATH": "/nowhere"}, "needs xclip"),
    ],
)
async def test_where_there_is_none_it_is_said_what_to_do(
    environment: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(NoPicture, match=words):
        await clipboard_picture(environment)


async def test_what_the_program_prints_is_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    _program(tmp_path, "wl-paste", "exit 1")
    _program(tmp_path, "xclip", "printf moo")
    environment = {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "PATH": str(tmp_path)}
    assert await clipboard_picture(environment) == b"moo"
    with pytest.raises(NoPicture, match="no picture on the clipboard"):
        await clipboard_picture({**environment, "DISPLAY": ""})
