"""`python -m screenshots.terminals [NAME ...]`: the app in real terminals, photographed, and looked over for ghosts.

A ghost is what is left of a picture where none is any more, or a hole in one that is: after each thing that moves
pictures about, the screen must be what it was before, to the pixel.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click
from PIL import Image

from screenshots.emulators import Emulator, environment, script_for
from screenshots.prepared_home import prepare
from screenshots.x_window import NEEDED, NotShown, Window, differing, display, running

FOLDER = Path(__file__).parent

KITTY = Emulator("kitty", "kitty")
KITTY_SSH = Emulator("kitty over ssh", "kitty", via="ssh")
XTERM = Emulator("xterm with Sixel", "xterm", sixel=True)
TMUX = Emulator("tmux", "xterm", via="tmux")

_SPECKS = 20
"""Pixels that may differ without anything being left: xterm's bold letters reach over their cells, and are cut when a
neighbour is drawn again."""

GALLERY = ("alt+5", "g")
QUEUE = ("alt+4", "g")


@dataclass(frozen=True)
class Shot:
    """One picture. `name` is that of its file."""

    name: str
    emulator: Emulator
    cells: tuple[int, int] = (120, 40)
    keys: Sequence[str] = GALLERY
    """By their X11 names."""
    haunted: bool = False
    """Whether it is looked over for ghosts after the picture was taken. Where `keys` lead must be the gallery."""


SHOTS = {
    shot.name: shot
    for shot in (
        Shot("terminal-kitty-gallery-120x40", KITTY, haunted=True),
        Shot("terminal-kitty-gallery-80x24", KITTY, (80, 24), haunted=True),
        Shot("terminal-kitty-queue-120x40", KITTY, keys=QUEUE),
        Shot("terminal-kitty-viewer-120x40", KITTY, keys=(*GALLERY, "l", "Return")),
        Shot("terminal-kitty-ssh-gallery-120x40", KITTY_SSH, haunted=True),
        Shot("terminal-xterm-sixel-gallery-120x40", XTERM, haunted=True),
        Shot("terminal-xterm-sixel-viewer-80x24", XTERM, (80, 24), (*GALLERY, "l", "Return")),
        Shot("terminal-tmux-gallery-120x40", TMUX, haunted=True),
        Shot("terminal-tmux-gallery-80x24", TMUX, (80, 24), haunted=True),
    )
}


Moves = Callable[[Window], None]


def _keys(*keys: str) -> Moves:
    return lambda window: window.press(*keys)


HAUNTS: dict[str, tuple[Moves, Moves]] = {
    "a scroll to the end": (_keys("shift+g"), _keys("g")),
    "a dialog": (_keys("F1"), _keys("Escape")),
    "the full screen": (_keys("Return"), _keys("Escape")),
    "another pane": (_keys("alt+4"), _keys("alt+5")),
    "a smaller window": (lambda window: window.resize(64, 22), Window.restore),
}
"""What moves pictures about: the way there, and the way back."""


def take(shot: Shot, say: Callable[[str], object], keep: Path | None = None) -> int:
    """Take one picture, and look it over; how many ghosts there were.

    Args:
        say: Is told what was found.
        keep: A folder for pictures of where it was on the way.

    Raises:
        NotShown: The app did not come up.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asyncio.run(prepare(folder / "home"))
        app = [sys.executable, "-m", "oxen_tui", "--demo"]
        home = {"OXEN_TUI_HOME": str(folder / "home")}
        script = stack.enter_context(script_for(shot.emulator, app, home, folder))
        screen = stack.enter_context(display())
        command = shot.emulator.command(shot.cells, script)
        stack.enter_context(running(command, {**environment(), "DISPLAY": screen}))
        window = Window(screen, shot.cells)
        window.wait_for_the_app()
        window.press(*shot.keys)
        clean = window.settled()
        file = FOLDER / f"{shot.name}.png"
        clean.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
        say(f"{file.relative_to(FOLDER.parent)}  {file.stat().st_size // 1024} kB")
        return _haunt(shot, window, clean, say, keep) if shot.haunted else 0


def _haunt(shot: Shot, window: Window, clean: Image.Image, say: Callable[[str], object], keep: Path | None) -> int:
    ghosts = 0
    if keep:
        clean.save(keep / f"{shot.name}-0.png")
    for number, (what, (there, back)) in enumerate(HAUNTS.items(), 1):
        there(window)
        between = window.settled()
        back(window)
        after = window.settled()
        if (pixels := differing(clean, after)) > _SPECKS:
            ghosts += 1
            say(f"  after {what}: {pixels} pixels differ")
        if keep:
            between.save(keep / f"{shot.name}-{number}-there.png")
            after.save(keep / f"{shot.name}-{number}-back.png")
    say(f"  {ghosts or 'no'} ghosts")
    return ghosts


def _unknown(names: Sequence[str]) -> list[str]:
    return [name for name in names if name not in SHOTS]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder for what was seen on the way.",
)
def main(names: Sequence[str], keep: Path | None) -> None:
    """Photograph the app in real terminals.

    It needs Xvfb, xdotool and import (ImageMagick), and of the terminals kitty, xterm, tmux, ssh and sshd: what is
    not installed is left out. SCREENSHOTS_KITTY names another kitty than the one on the path. The exit code is 1
    where there were ghosts.
    """
    if lacking := [program for program in NEEDED if not shutil.which(program)]:
        raise click.ClickException(f"{', '.join(lacking)} not installed, and nothing goes without.")
    if unknown := _unknown(names):
        raise click.ClickException(f"there is no {', '.join(unknown)}. There are: {', '.join(SHOTS)}")
    # Else a terminal and its display would be left when this is ended from outside.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ghosts = 0
    for name in names or SHOTS:
        shot = SHOTS[name]
        if missing := shot.emulator.missing:
            click.echo(f"{name} left out: {missing}")
            continue
        try:
            ghosts += take(shot, click.echo, keep)
        except NotShown as trouble:
            raise click.ClickException(f"{name}: {trouble}") from trouble
    sys.exit(1 if ghosts else 0)


if __name__ == "__main__":
    main()
