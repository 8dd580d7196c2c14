"""How each terminal is started, and what it needs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from screenshots.x_window import running

KITTY_VARIABLE = "SCREENSHOTS_KITTY"
"""Names the kitty to be used, where it is not the one on the path."""

_PLACEHOLDERS = (0, 28)
"""The first kitty that can lay pictures in the text."""
_FONT = "DejaVu Sans Mono"
_POINTS = 11
_LOCALE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor", "LIBGL_ALWAYS_SOFTWARE": "1"}


@dataclass(frozen=True)
class Emulator:
    """A way from the app to the eye."""

    name: str
    terminal: str
    """"kitty" or "xterm"."""
    via: str = ""
    """"ssh" or "tmux"; empty for none."""
    sixel: bool = False

    @property
    def missing(self) -> str:
        """Why it cannot be used here; empty where it can."""
        ways = {"": [], "ssh": ["ssh", _sshd(), "ssh-keygen"], "tmux": ["tmux"]}
        needed = [kitty() if self.terminal == "kitty" else self.terminal, *ways[self.via]]
        if lacking := [Path(program).name for program in needed if not shutil.which(program)]:
            return f"{' and '.join(lacking)} not installed"
        if self.terminal == "kitty" and (version := _kitty_version()) < _PLACEHOLDERS:
            return "kitty is {}.{}, and {}.{} is needed".format(*version, *_PLACEHOLDERS)
        return ""

    def command(self, cells: tuple[int, int], script: Path) -> list[str]:
        """Starts the terminal at this size with a script in it."""
        columns, rows = cells
        if self.terminal == "kitty":
            options = {
                "remember_window_size": "no",
                "initial_window_width": f"{columns}c",
                "initial_window_height": f"{rows}c",
                "font_family": _FONT,
                "font_size": str(_POINTS),
                "cursor_blink_interval": "0",
                "update_check_interval": "0",
                "enable_audio_bell": "no",
                "shell_integration": "disabled",
            }
            return [
                kitty(),
                "--config",
                "NONE",
                *_spread("-o", (f"{name}={options[name]}" for name in options)),
                str(script),
            ]
        resources = ["metaSendsEscape: true", "cursorBlink: false"]
        if self.sixel:
            resources += ["decTerminalID: vt340", "numColorRegisters: 1024", "maxGraphicSize: 4000x4000"]
        looks = ["-u8", "-geometry", f"{columns}x{rows}", "-fa", _FONT, "-fs", str(_POINTS)]
        return ["xterm", *looks, *_spread("-xrm", (f"XTerm*{each}" for each in resources)), "-e", str(script)]


def environment() -> dict[str, str]:
    """What a terminal is started with beside what there is."""
    return _LOCALE


@contextmanager
def script_for(emulator: Emulator, command: list[str], environ: dict[str, str], folder: Path) -> Iterator[Path]:
    """A script that starts the app, through ssh or tmux where they belong to the way."""
    unset = [name for name in os.environ if name.startswith("OXEN_") or name in ("NO_COLOR", "TMUX", "TERM_PROGRAM")]
    given = {**({} if emulator.via == "ssh" else _LOCALE), "LANG": "C.UTF-8", **environ}
    inner = _write(
        folder / "app.sh",
        *(f"unset {name}" for name in unset),
        *(f"export {name}={shlex.quote(value)}" for name, value in given.items()),
        f"cd {shlex.quote(os.getcwd())}",
        f"exec {shlex.join(command)}",
    )
    if emulator.via == "tmux":
        settings = folder / "tmux.conf"
        settings.write_text(
            "set -g default-terminal tmux-256color\nset -as terminal-features ',xterm*:RGB'\n"
            "set -g status-right ''\nset -g status-left 'tmux '\n"
        )
        server = ["tmux", "-S", str(folder / "tmux.socket")]
        yield _write(folder / "outer.sh", shlex.join([*server, "-f", str(settings), "new-session", str(inner)]))
        subprocess.run([*server, "kill-server"], capture_output=True)
    elif emulator.via == "ssh":
        with _ssh_server(folder) as client:
            yield _write(folder / "outer.sh", shlex.join([*client, str(inner)]))
    else:
        yield inner


@contextmanager
def _ssh_server(folder: Path) -> Iterator[list[str]]:
    """A server of our own on this machine, with keys that are thrown away; how a client reaches it."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "user.pub",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "UsePAM": "no",
        "StrictModes": "no",
        "PidFile": "none",
    }
    (folder / "sshd.conf").write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    with running([_sshd(), "-D", "-f", str(folder / "sshd.conf")], {}):
        unknown = ["StrictHostKeyChecking=no", f"UserKnownHostsFile={os.devnull}", "ConnectionAttempts=20"]
        yield [
            *("ssh", "-q", "-tt", "-F", "none", "-p", str(port), "-i", str(folder / "user")),
            *_spread("-o", iter(unknown)),
            f"{getuser()}@127.0.0.1",
        ]


def kitty() -> str:
    """The kitty to be used."""
    return os.environ.get(KITTY_VARIABLE) or "kitty"


def _kitty_version() -> tuple[int, int]:
    said = subprocess.run([kitty(), "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _sshd() -> str:
    # Not on the path of users.
    return shutil.which("sshd") or "/usr/sbin/sshd"


def _spread(flag: str, values: Iterator[str]) -> list[str]:
    return [word for value in values for word in (flag, value)]


def _write(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)
    return file
