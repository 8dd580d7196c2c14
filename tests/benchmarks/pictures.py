"""Lines 15-17: what a picture costs to show, to move and to hide, and whether keys wait for it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PIL import Image

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.graphics_terminal import GraphicsTerminal
from tests.benchmarks.percentile import median, percentile
from tests.benchmarks.programs import PRINT_LOOP
from tests.benchmarks.session import LOST_SECONDS, NeverShown
from tests.benchmarks.terminal import Terminal

SHOW, SCROLL, ASK = "\x1bOQ", "\x1bOR", "\x1bOS"
SLOW = 62_500
"""Bytes a second: 500 kbit/s."""
STEPS = 5
LETTERS = 40
_VIEWER = Path(__file__).parent / "baselines" / "picture_viewer.py"


def measure_pictures(bench: Bench) -> list[Figure]:
    """Bytes do not depend on the machine, so one run of each way is enough."""
    photo = make_photo(bench.folder / "photo.png")
    figures = []
    for key, images, light in (
        ("picture-full", "tgp", "off"),
        ("picture-light", "tgp", "on"),
        ("picture-half", "half", "off"),
    ):
        bench.say(f"{key} at 100x30")
        with _open(bench, photo, images, light) as terminal:
            figures.append(Figure(key, _bytes(terminal, SHOW) / 1000))
            if images == "tgp" and light == "off":
                scrolled = [_bytes(terminal, SCROLL) for _ in range(STEPS)]
                opened, closed = _bytes(terminal, ASK), _bytes(terminal, ASK)
                figures.append(Figure("picture-scroll", (median(scrolled) or 0) / 1000))
                # Textual paints the whole screen twice when a dialog closes.
                figures.append(Figure("picture-dialog", max(opened, closed) / 1000, f"opened {opened:,} B"))
    bench.say("keys while a picture goes out over 500 kbit/s")
    figures.append(_keys(bench, photo))
    return figures


def make_photo(file: Path) -> Path:
    """A picture of 1,024 by 1,024 with soft light, an edge and grain, always the same."""
    dice = random.Random(5)
    grain = Image.frombytes("L", (512, 512), dice.randbytes(512 * 512)).resize((1024, 1024), Image.Resampling.BICUBIC)
    light = [Image.radial_gradient("L").resize((1024, 1024)).rotate(turn) for turn in (0, 45)]
    bands = [*light, Image.linear_gradient("L").resize((1024, 1024)).rotate(30)]
    picture = Image.merge("RGB", [Image.blend(band, grain, 0.06) for band in bands])
    picture.paste((190, 40, 30), (520, 500, 900, 880))
    picture.save(file)
    return file


def _open(bench: Bench, photo: Path, images: str, light: str, rate: float = 0.0) -> GraphicsTerminal:
    home = bench.new_home()
    home.mkdir(parents=True)
    environment = PRINT_LOOP.environment(home, bench.server.base_url) | {"PYTHONPATH": str(bench.app.code)}
    command = (sys.executable, str(_VIEWER), str(photo), images, light)
    terminal = GraphicsTerminal(command, environment, home, rate=rate)
    if not terminal.wait_until(terminal.painted, 20.0):
        terminal.close()
        raise NeverShown("the viewer did not come up")
    terminal.wait_for_quiet(1.0)
    return terminal


def _bytes(terminal: Terminal, key: str) -> int:
    """What a key has written, until nothing more comes."""
    mark = terminal.mark()
    terminal.send(key)
    terminal.wait_for_quiet(0.8)
    return terminal.bytes_since(mark)


def _keys(bench: Bench, photo: Path) -> Figure:
    """The echo of keys typed while the picture is on its way."""
    with _open(bench, photo, "tgp", "off", SLOW) as terminal:
        mark = terminal.mark()
        terminal.send(SHOW)
        # Until the upload has begun: before that, a key waits for nothing.
        terminal.wait_until(lambda: b"a=T" in b"".join(terminal.writes[mark:]), 5.0)
        echoes = []
        for _ in range(LETTERS):
            if b"m=0;" in b"".join(terminal.writes[mark:]):
                break
            watch, sent = terminal.send_letter()
            seen = terminal.wait_for(watch, LOST_SECONDS)
            echoes.append(LOST_SECONDS if seen is None else seen - sent)
        terminal.wait_for_quiet(0.8)
        took = terminal.times[-1] - sent
        late = percentile(echoes, 0.95)
        detail = f"{len(echoes)} keys, median {(median(echoes) or 0) * 1000:.0f} ms, the rest of it took {took:.1f} s"
        return Figure("picture-keys", None if late is None else late * 1000, detail)
