"""Starts and ends the answer server, and reads from its log when each token was given to the connection."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.answer_server import BASE_PATH

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Served:
    """When one answer left the server; monotonic seconds."""

    arrived: float
    """When the request was there."""
    given: list[float]
    """When each event was handed to the connection."""


class ServerProcess:
    """The answer server while it runs; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "served.jsonl"
        self._log.touch()
        self._read_to = 0
        self._served: dict[str, Served] = {}
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port: int = taken.getsockname()[1]
        command = [sys.executable, "-m", "tests.benchmarks.answer_server", "--port", str(self.port)]
        self._process = subprocess.Popen([*command, "--log", str(self._log)], cwd=PROJECT)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{BASE_PATH}"

    def __enter__(self) -> ServerProcess:
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            try:
                urllib.request.urlopen(self.base_url + "/queue", timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        self.__exit__()
        raise RuntimeError("the answer server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(5)

    def served(self, sid: str, wait: float = 0.0) -> Served | None:
        """What was logged of the answer `sid`, or None when it has not ended within `wait` seconds."""
        limit = time.monotonic() + wait
        while True:
            self._read()
            if sid in self._served or time.monotonic() >= limit:
                return self._served.get(sid)
            time.sleep(0.02)

    def _read(self) -> None:
        with self._log.open() as log:
            log.seek(self._read_to)
            for line in log:
                if not line.endswith("\n"):
                    return
                self._read_to += len(line)
                said = json.loads(line)
                self._served[said["sid"]] = Served(said["arrived"], said["given"])
