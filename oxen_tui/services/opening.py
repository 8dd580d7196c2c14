"""Opens a file with the program that the system has for it, where there is a desktop to open it on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from oxen_tui.system_words import why


class CannotOpen(Exception):
    """There is nothing to open it with."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in a whole sentence."""


_OPENERS: Mapping[str, Sequence[Sequence[str]]] = {
    "darwin": (("open",),),
    "linux": (("xdg-open",), ("gio", "open"), ("wslview",)),
}
_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
_OVER_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


def opener(
    platform: str, environment: Mapping[str, str], find: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The command that takes a file, without the file.

    Args:
        platform: As `sys.platform` has it.
        environment: Of the process.
        find: Where a program is, or None.

    Raises:
        CannotOpen: There is no desktop here, or no such program.
    """
    remote = any(environment.get(name) for name in _OVER_SSH)
    shown = platform == "darwin" or any(environment.get(name) for name in _DESKTOP)
    if (remote and not environment.get("DISPLAY")) or not shown:
        where = "the machine this runs on" if remote else "this terminal"
        raise CannotOpen(f"There is no desktop at {where} to open it on.")
    for command in _OPENERS.get("darwin" if platform == "darwin" else "linux", ()):
        if found := find(command[0]):
            return [found, *command[1:]]
    raise CannotOpen("No program that opens files (xdg-open) is installed here.")


def open_outside(path: Path, environment: Mapping[str, str] | None = None) -> None:
    """Opens a file or a folder and does not wait for it. Its program's words go nowhere: the terminal is ours.

    Raises:
        CannotOpen: There is nothing to open it with.
    """
    command = opener(sys.platform, os.environ if environment is None else environment)
    try:
        subprocess.Popen(
            [*command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CannotOpen(f"It cannot be opened: {why(error)}.") from error
