"""The programs that are measured: the app, and what it is compared with."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.answer_server import MODEL
from tests.benchmarks.server_process import PROJECT

_BASELINES = Path(__file__).parent / "baselines"


@dataclass(frozen=True, slots=True)
class Program:
    """A chat in a terminal that streams from the answer server."""

    name: str
    command: tuple[str, ...]
    code: Path = PROJECT
    """Where it imports from."""

    def environment(self, home: Path, base_url: str) -> dict[str, str]:
        """A clean environment: nothing of the caller's but the search path."""
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        folders = {
            "HOME": home,
            "XDG_CONFIG_HOME": home / "config",
            "XDG_DATA_HOME": home / "data",
            "XDG_CACHE_HOME": home / "cache",
            "XDG_STATE_HOME": home / "state",
            "OXEN_TUI_HOME": home / "oxen-tui",
            "PYTHONPATH": self.code,
        }
        return {
            **kept,
            **{name: str(folder) for name, folder in folders.items()},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "NO_PROXY": "127.0.0.1,localhost",
            "OXEN_API_KEY": "dummy",
            "OXEN_BASE_URL": base_url,
            "OXEN_MODEL": MODEL,
            "BENCH_BASE_URL": base_url,
        }


def _baseline(name: str) -> Program:
    return Program(name, (sys.executable, str(_BASELINES / f"{name}.py")))


PRINT_LOOP = _baseline("print_loop")
LIMIT_STATIC = _baseline("limit_static")
BARE_TEXTUAL = _baseline("bare_textual")


def the_app(folder: Path, command: str = "") -> Program:
    """The app of this project, or what `command` says instead of it.

    A copy is made in `folder` and that is run: otherwise an edit made meanwhile would be measured in one round only.
    """
    if command:
        return Program("app", tuple(shlex.split(command)))
    shutil.copytree(PROJECT / "oxen_tui", folder / "oxen_tui", ignore=shutil.ignore_patterns("__pycache__"))
    return Program("app", (sys.executable, "-m", "oxen_tui"), folder)
