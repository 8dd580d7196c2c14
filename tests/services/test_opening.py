"""Opening files with the system's programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.services.opening import CannotOpen, open_outside, opener


def everywhere(name: str) -> str | None:
    return f"/usr/bin/{name}"


def nowhere(name: str) -> str | None:
    return None


def test_the_desktop_opens_files() -> None:
    assert opener("linux", {"DISPLAY": ":0"}, everywhere) == ["/usr/bin/xdg-open"]
    assert opener("linux", {"WAYLAND_DISPLAY": "wayland-0"}, everywhere) == ["/usr/bin/xdg-open"]
    assert opener("darwin", {}, everywhere) == ["/usr/bin/open"]
    only_gio = lambda name: "/bin/gio" if name == "gio" else None  # noqa: E731
    assert opener("linux", {"DISPLAY": ":0"}, only_gio) == ["/bin/gio", "open"]


@pytest.mark.parametrize(
    ("platform", "environment"),
    [
        ("linux", {}),
        ("linux", {"SSH_TTY": "/dev/pts/1", "WAYLAND_DISPLAY": "w"}),
        ("darwin", {"SSH_CONNECTION": "x"}),
    ],
)
def test_where_there_is_no_desktop_that_is_said(platform: str, environment: dict[str, str]) -> None:
    with pytest.raises(CannotOpen) as said:
        opener(platform, environment, everywhere)
    assert "no desktop" in said.value.sentence


def test_where_no_program_is_installed_that_is_said() -> None:
    with pytest.raises(CannotOpen) as said:
        opener("linux", {"DISPLAY": ":0"}, nowhere)
    assert "xdg-open" in said.value.sentence
    with pytest.raises(CannotOpen):
        open_outside(Path("/tmp/a.png"), {})
