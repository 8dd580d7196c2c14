"""The program itself in a terminal, and what a user does in it."""

from __future__ import annotations

import itertools
import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import ClassVar

from tests.journeys.forked_program import ForkServer
from tests.journeys.terminal import Terminal, by_command, has

ENTER, ESC, TAB = "\r", "\x1b", "\t"
UP, DOWN = "\x1b[A", "\x1b[B"
BACKSPACE = "\x7f"
CTRL_UP = "\x1b[1;5A"

_CLOSING_LINE = re.compile(r"\d tokens · (?:~?\$[\d.]+ · )?[\d.]+ s$", re.MULTILINE)
_ARRIVES = re.compile(r"▍|esc stop|(?:waiting|thinking|writing|calling|retrying) \d+ s")

PROJECT = Path(__file__).resolve().parents[2]


def ctrl(letter: str) -> str:
    """What a terminal sends for ctrl and a letter."""
    return chr(ord(letter) & 0x1F)


def alt(key: str) -> str:
    """What a terminal sends for alt and a key."""
    return f"\x1b{key}"


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the caller's but the search path; everything of the program's below `home`."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "OXEN_TUI_HOME": str(home / "oxen-tui"),
        "PYTHONPATH": str(PROJECT),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "127.0.0.1,localhost",
        **more,
    }


READ_WHEN_IT_RUNS = {"OXEN_API_KEY", "OXEN_BASE_URL", "OXEN_MODEL", "OXEN_TUI_HOME", "EDITOR", "SSH_CONNECTION"}
"""Variables that nothing reads when it is imported. With any other the program is started by the whole command."""


class OxenTui(Terminal):
    """`oxen-tui` as a user starts it."""

    forks: ClassVar[ForkServer | None] = None
    """Makes starts cheap, while there is one."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 90,
        rows: int = 30,
        module: str = "oxen_tui",
        forked: bool = True,
        **variables: str,
    ) -> None:
        """
        Args:
            home: A folder of this user; exists.
            arguments: Of the command line.
            columns: Of the terminal: below 100 the list of conversations is behind its key.
            module: What is run; a module of a test may start the same program differently.
            forked: Whether its modules may be there already; else it is started by the whole command.
            variables: Of the environment.
        """
        self.home = home
        self._words = (f"echo{number}" for number in itertools.count(1))
        begin = by_command([sys.executable, "-m", module, *arguments], environment(home, **variables), home)
        if forked and self.forks is not None and variables.keys() <= READ_WHEN_IT_RUNS:
            begin = partial(self.forks.start, module, arguments, environment(home, **variables), home)
        super().__init__(begin, columns, rows)

    @property
    def kept(self) -> Path:
        """The folder under which the program keeps everything."""
        return self.home / "oxen-tui"

    def wait_until_ready(self) -> None:
        """Until the composer takes keys."""
        self.wait_for("Message, / for commands", "enter send")

    def ask(self, question: str) -> None:
        """Type a question and send it."""
        self.send(question + ENTER)

    def echo_keys(self) -> None:
        """Type a word and see it in the composer within a second, then take it away again."""
        word = next(self._words)
        self.send(word)
        self.wait_for(word, seconds=1.0)
        self.send(BACKSPACE * len(word))
        self.wait_gone(word)

    def wait_for_answer(self, *texts: str) -> None:
        """Until the answer on screen is complete: a closing line stands under it, and nothing arrives.

        Args:
            texts: To be on the screen with it, the first above that line. It tells the answer from the one before,
                and from the question that is not yet asked.
        """

        def complete(shown: str) -> bool:
            closing = [found.start() for found in _CLOSING_LINE.finditer(shown)]
            begins = max((shown.rfind(text) for text in texts[:1]), default=-1)
            return closing != [] and begins < closing[-1] and not _ARRIVES.search(shown)

        self.wait_until(
            lambda shown: all(has(shown, text) for text in texts) and complete(shown), what=f"an answer, {texts!r}"
        )

    def read(self) -> None:
        """Go from the composer into the conversation: keys now act on a message."""
        self.send(CTRL_UP)
        self.wait_for("y copy")

    def quit(self) -> int:
        """Leave by key while nothing runs; the exit code."""
        self.wait_gone("esc stop")  # all of an answer may be there a moment before its end is
        self.send(ctrl("q"))
        return self.wait_for_end()
