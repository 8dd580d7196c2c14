"""A picture from the clipboard, by the programs of the desktop that this runs on.

A terminal hands over text only; kitty's own extension for other types is known to no other terminal. Over ssh the
clipboard is on another machine, and nothing here can reach it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Final

_SECONDS: Final = 5.0
_MOST_BYTES: Final = 60_000_000
_SSH: Final = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


class NoPicture(Exception):
    """There is none to be had.

    Attributes:
        sentence: Why, and what to do.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def commands(environment: Mapping[str, str], platform: str = sys.platform) -> list[Sequence[str]]:
    """What may print the clipboard's picture here, the likeliest first; whether they are there is not looked at."""
    if any(environment.get(name) for name in _SSH):
        return []
    if platform == "darwin":
        return [("pngpaste", "-")]
    found: list[Sequence[str]] = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append(("wl-paste", "--no-newline", "--type", "image/png"))
    if environment.get("DISPLAY"):
        found.append(("xclip", "-selection", "clipboard", "-target", "image/png", "-out"))
    return found


async def clipboard_picture(environment: Mapping[str, str] | None = None) -> bytes:
    """The picture on the clipboard, as PNG.

    Raises:
        NoPicture: With a sentence.
    """
    environment = os.environ if environment is None else environment
    wanted = commands(environment)
    if not wanted:
        if any(environment.get(name) for name in _SSH):
            raise NoPicture(
                "The clipboard is on your own machine: copy the picture here (scp), then /attach its path"
            )
        raise NoPicture("There is no clipboard with pictures here: save the picture, then /attach its path")
    installed = [command for command in wanted if shutil.which(command[0], path=environment.get("PATH"))]
    if not installed:
        names = " or ".join(command[0] for command in wanted)
        raise NoPicture(f"Pasting pictures needs {names}: install it, or save the picture and /attach its path")
    for command in installed:
        if content := await _printed(command):
            return content
    raise NoPicture("There is no picture on the clipboard")


async def _printed(command: Sequence[str]) -> bytes:
    """What a program prints; nothing if it fails, hangs, or prints without end."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return b""  # it went away since it was looked for
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_SECONDS):
            content = bytearray()
            while part := await process.stdout.read(1 << 16):
                content += part
                if len(content) > _MOST_BYTES:
                    return b""
            return bytes(content) if await process.wait() == 0 else b""
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
