"""One window on a display of its own: keys go in, pictures come out."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TypeVar

from PIL import Image, ImageChops

NEEDED = ("Xvfb", "xdotool", "import")
"""On Debian: xvfb, xdotool, imagemagick."""

_T = TypeVar("_T")

_SCREEN = (2000, 1300)
_DEADLINE = 60.0  # seconds for anything that is waited for; it usually takes one
_STILL = 1.5  # seconds without a change, after which a screen is taken to be finished
_COLOURS = 24
"""A terminal in which nothing runs yet has fewer."""


class NotShown(Exception):
    """What was waited for did not come to the screen."""


class Window:
    """The window of the only program on a display."""

    def __init__(self, display: str, cells: tuple[int, int]) -> None:
        self._environ = {**os.environ, "DISPLAY": display}
        self._cells = cells
        self._id = self._wait(self._found, "a window")
        self._do("windowfocus", self._id)
        self._size = self.picture().size

    def press(self, *keys: str) -> None:
        """Press keys by their X11 names, one after the other, each when the one before has had its effect."""
        for key in keys:
            self._do("key", key)
            self.settled()

    def resize(self, columns: int, rows: int) -> None:
        """Make it so many cells in size, as far as cells are all alike."""
        (width, height), (of_columns, of_rows) = self._size, self._cells
        self._do("windowsize", self._id, str(width * columns // of_columns), str(height * rows // of_rows))
        self.settled()

    def restore(self) -> None:
        """Make it as large as it was."""
        self._do("windowsize", self._id, *map(str, self._size))
        self.settled()

    def picture(self) -> Image.Image:
        """What it shows now."""
        taken = subprocess.run(
            ["import", "-silent", "-window", self._id, "png:-"], env=self._environ, capture_output=True, check=True
        )
        return Image.open(BytesIO(taken.stdout)).convert("RGB")

    def wait_for_the_app(self) -> None:
        """Wait until more than a prompt is there, and nothing changes any more."""
        self._wait(lambda: self.picture().getcolors(_COLOURS) is None, "the app")
        self.settled()

    def settled(self) -> Image.Image:
        """The first picture that stays as it is."""
        seen, since = self.picture(), time.monotonic()
        end = since + _DEADLINE
        while time.monotonic() < end:
            time.sleep(0.2)
            now = self.picture()
            if differing(seen, now):
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > _STILL:
                return now
        raise NotShown("it never stands still")

    def _found(self) -> str:
        asked = self._do("search", "--onlyvisible", "--name", ".")
        return (asked.split() or [""])[-1]

    def _wait(self, look: Callable[[], _T], what: str) -> _T:
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end:
            if there := look():
                return there
            time.sleep(0.1)
        raise NotShown(f"{what} did not appear in {_DEADLINE:.0f} s")

    def _do(self, *words: str) -> str:
        return subprocess.run(["xdotool", *words], env=self._environ, capture_output=True, text=True).stdout


def differing(one: Image.Image, other: Image.Image) -> int:
    """How many pixels are not the same."""
    if one.size != other.size:
        return max(one.width * one.height, other.width * other.height)
    grey = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value else 0)
    return grey.histogram()[255]


@contextmanager
def display() -> Iterator[str]:
    """A display of its own, by its name."""
    reading, writing = os.pipe()
    server = [
        *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"),
        *("-screen", "0", "{}x{}x24".format(*_SCREEN)),
    ]
    with running(server, {}, keep=(writing,)):
        os.close(writing)
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"


@contextmanager
def running(command: Sequence[str], environ: Mapping[str, str], keep: Sequence[int] = ()) -> Iterator[None]:
    """A program that lives as long as the block, with all it started."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        pass_fds=keep,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            if _ended(process.pid, number):
                break
            time.sleep(0.5)
        process.wait()


def _ended(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return True
    return False
