"""Lines 12 and 13: a thousand jobs, two hundred of them under way, and how often the server is asked for them."""

from __future__ import annotations

import dataclasses
import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.many_jobs import store_jobs
from tests.benchmarks.programs import Program
from tests.benchmarks.queue_server import ACTIVE, BASE_PATH
from tests.benchmarks.server_process import PROJECT
from tests.benchmarks.session import NeverShown, NotStarted, Session

ENDED = 800
QUEUE_PANE = "\x1b4"
LAST = "G"
SECONDS, QUICK_SECONDS = 20.0, 8.0
PACE_SECONDS, QUICK_PACE_SECONDS = 60.0, 30.0
SETTLE_SECONDS = 4.0


class _Server:
    """The queue server while it runs; a context manager."""

    def __init__(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port: int = taken.getsockname()[1]
        command = [sys.executable, "-m", "tests.benchmarks.queue_server", "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=PROJECT)
        self.base_url = f"http://127.0.0.1:{self.port}{BASE_PATH}"

    def __enter__(self) -> _Server:
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            try:
                self.turn("none", moving=False)
            except OSError:
                time.sleep(0.05)
            else:
                return self
        self.__exit__()
        raise RuntimeError("the queue server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(5)

    def turn(self, kind: str, *, moving: bool) -> int:
        """Have generations of this kind, or none; the lists that were asked for until now."""
        address = f"http://127.0.0.1:{self.port}/bench/{kind}/{'on' if moving else 'off'}"
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=2) as answer:
            said: dict[str, Any] = json.load(answer)
        return int(said["lists"])


def measure_queue(bench: Bench) -> list[Figure]:
    """The pane once a second, then the app's own pace for pictures, for clips, and for nothing."""
    with _Server() as server:
        try:
            figures = _drawing(bench, server) if bench.wants(12) else []
            return figures + (_asking(bench, server) if bench.wants(13) else [])
        except (NotStarted, NeverShown) as trouble:
            bench.say(str(trouble))
            return []


def _drawing(bench: Bench, server: _Server) -> list[Figure]:
    seconds = QUICK_SECONDS if bench.quick else SECONDS
    module = (sys.executable, "-m", "tests.benchmarks.every_second")
    quick = dataclasses.replace(bench.app, command=module, code=Path(f"{bench.app.code}:{PROJECT}"))
    figures: list[Figure] = []
    with _opened(bench, server, quick, "image", moving=True) as session:
        terminal = session.terminal
        terminal.send(QUEUE_PANE)
        time.sleep(SETTLE_SECONDS)
        shown = "\n".join(terminal.screen())
        if "quill-3" not in shown or "running" not in shown:
            raise NeverShown(f"the queue was not opened\n{shown}")
        server.turn("image", moving=True)
        bench.say(f"{ENDED + ACTIVE} jobs, {ACTIVE} under way, one look a second, {seconds:.0f} s")
        mark, before = terminal.mark(), terminal.usage()
        time.sleep(seconds)
        used, polls = terminal.usage().since(before), server.turn("image", moving=False)
        said = f"{polls / seconds:.1f} looks a second, each of {ACTIVE} rows"
        figures += [
            Figure("queue-cpu", 100 * used.cpu / seconds, said, starved=used.starved_percent),
            Figure(
                "queue-bytes", terminal.bytes_since(mark) / seconds, "eight clocks in view, a job begins a second"
            ),
        ]
        terminal.send(LAST)
        time.sleep(SETTLE_SECONDS)
        mark, before = terminal.mark(), terminal.usage()
        time.sleep(seconds)
        used = terminal.usage().since(before)
        figures += [
            Figure("queue-still-bytes", terminal.bytes_since(mark), "in all, no time in view"),
            Figure("queue-still-cpu", 100 * used.cpu / seconds, "the same", starved=used.starved_percent),
        ]
    return figures


def _asking(bench: Bench, server: _Server) -> list[Figure]:
    seconds = QUICK_PACE_SECONDS if bench.quick else PACE_SECONDS
    figures: list[Figure] = []
    for kind, key in (("image", "queue-asks-images"), ("video", "queue-asks-videos"), ("none", "queue-asks-none")):
        with _opened(bench, server, bench.app, kind, moving=False) as session:
            if kind != "none":
                session.terminal.send(QUEUE_PANE)
            time.sleep(SETTLE_SECONDS)
            server.turn(kind, moving=False)
            bench.say(f"requests, {kind}, {seconds:.0f} s")
            time.sleep(seconds)
            asked = server.turn(kind, moving=False)
        words = "nobody looks" if kind == "none" else f"one for all {ACTIVE}, somebody looks"
        figures.append(Figure(key, 60 * asked / seconds, words))
    return figures


def _opened(bench: Bench, server: _Server, program: Program, kind: str, *, moving: bool) -> Session:
    """The app on a store full of jobs."""
    home = bench.new_home()
    served: Any = _Served(server.base_url)
    with Session(program, served, home):
        pass
    stores = sorted((home / "oxen-tui").rglob("*.sqlite3"))
    if len(stores) != 1:
        raise NeverShown("the app keeps no store that could be filled")
    active = ACTIVE if kind != "none" else 0
    store_jobs(stores[0], ENDED, active, kind)
    server.turn(kind, moving=moving)
    return Session(program, served, home)


@dataclasses.dataclass(frozen=True)
class _Served:
    """What a session wants of a server."""

    base_url: str
