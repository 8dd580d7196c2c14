"""A program that has been started and is talked to: prompts, keys, rest."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.answer import Order
from tests.benchmarks.process_tree import Usage
from tests.benchmarks.programs import Program
from tests.benchmarks.server_process import ServerProcess
from tests.benchmarks.terminal import Terminal, Watch

ENTER = "\r"
BACKSPACE = "\x7f"
MOST_LETTERS = 80
"""Letters typed in one answer: they stay within the first row of a composer."""
LOST_SECONDS = 3.0
"""An echo that did not come counts as this."""


class NotStarted(Exception):
    """The program never echoed a key. Says what its screen showed."""


class NeverShown(Exception):
    """What was waited for did not come to the screen. Says what was there."""


@dataclass(slots=True)
class Answered:
    """What one streamed answer cost."""

    order: Order
    usage: Usage
    """From Enter until the screen was quiet again."""
    written: int
    """Bytes written to the terminal in that time."""
    end_lag: float | None = None
    """Seconds from the last token's departure until the screen showed it."""
    first_lag: float | None = None
    """The same of the first token; None when it was never painted, having scrolled by."""
    echoes: list[float] = field(default_factory=list)
    """Seconds from a key to its echo, of keys typed while the answer streamed."""

    @property
    def cpu_per_thousand(self) -> float:
        return self.usage.cpu / self.order.tokens * 1000

    @property
    def bytes_per_token(self) -> float:
        return self.written / self.order.tokens


class Session:
    """One run of a program; a context manager. `interactive` is the time from exec to the first echoed key."""

    _last_sid = 0

    def __init__(
        self, program: Program, server: ServerProcess, home: Path, columns: int = 120, rows: int = 40
    ) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.program = program
        self.server = server
        environment = program.environment(home, server.base_url)
        self.terminal = Terminal(program.command, environment, home, columns, rows)
        try:
            self.interactive = self._wait_for_echo()
        except NotStarted:
            self.terminal.close()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.close()

    def warm_up(self) -> None:
        """A short answer first: what is imported for the first request is no cost of streaming."""
        self.ask(self.order(20, 0))

    def order(self, tokens: int, rate: int) -> Order:
        Session._last_sid += 1
        return Order(tokens, rate, f"k{Session._last_sid}")

    def ask(self, order: Order, type_every: float = 0.0) -> Answered:
        """Sends the order and waits for its end on the screen; `type_every`: seconds between keys meanwhile."""
        terminal = self.terminal
        shown = terminal.watch(f"s={order.sid}")
        terminal.send(order.prompt)
        terminal.wait_for(shown, 1.0)
        terminal.wait_for_quiet(0.15, 2.0)
        mark, before = terminal.mark(), terminal.usage()
        opening, ending = terminal.watch(order.opening), terminal.watch(order.ending)
        terminal.send(ENTER)
        typed = self._follow(order, opening, ending, type_every)
        terminal.wait_for_quiet()
        answered = Answered(order, terminal.usage().since(before), terminal.bytes_since(mark))
        served = self.server.served(order.sid, 1.0)
        terminal.forget(opening)
        terminal.forget(ending)
        end = ending.at or terminal.first_on_screen(order.ending, mark)
        if served is None or end is None:
            rows = "\n".join(row for row in terminal.screen() if row)
            raise NeverShown(f"{self.program.name}: the end of {order.prompt!r} was not seen\n{rows}")
        answered.end_lag = end - served.given[-1]
        first = opening.at or (terminal.first_on_screen(order.opening, mark) if order.rate else None)
        answered.first_lag = None if first is None else first - served.given[0]
        answered.echoes = [LOST_SECONDS if echo.at is None else echo.at - sent for echo, sent in typed]
        self._clear(len(typed))
        return answered

    def _follow(self, order: Order, opening: Watch, ending: Watch, type_every: float) -> list[tuple[Watch, float]]:
        """Pumps until the end is seen, or the program is quiet though all was served; types meanwhile."""
        terminal = self.terminal
        typed: list[tuple[Watch, float]] = []
        expected = order.tokens / order.rate if order.rate else 0.0
        limit = time.monotonic() + 2 * expected + 30
        next_key = time.monotonic()
        known, changed = terminal.mark(), time.monotonic()
        while ending.at is None and not terminal.ended and (now := time.monotonic()) < limit:
            if terminal.mark() != known:
                known, changed = terminal.mark(), now
            elif now - changed > 1.5 and self.server.served(order.sid):
                break
            wait = 0.25
            if type_every and opening.at is not None and len(typed) < MOST_LETTERS:
                if now >= next_key:
                    typed.append(terminal.send_letter())
                    next_key = max(now, next_key + type_every)
                wait = min(wait, max(0.001, next_key - now))
            terminal.pump(wait)
        last = [echo for echo, _ in typed]
        terminal.wait_until(lambda: all(echo.at is not None for echo in last), 1.0)
        return typed

    def _clear(self, letters: int) -> None:
        if letters:
            self.terminal.send(BACKSPACE * letters)
            self.terminal.wait_for_quiet(0.3, 5.0)

    def _wait_for_echo(self, timeout: float = 30.0) -> float:
        """Types letters from the first painted one on, until one is echoed; seconds since exec."""
        terminal = self.terminal
        limit = time.monotonic() + timeout
        letters: list[Watch] = []
        seen: list[float] = []
        terminal.wait_until(terminal.painted, timeout)
        while not seen and time.monotonic() < limit and not terminal.ended:
            letters.append(terminal.send_letter()[0])
            terminal.wait_until(lambda: any(letter.at is not None for letter in letters), 0.025)
            seen = [letter.at for letter in letters if letter.at is not None]
        if not seen:
            rows = "\n".join(row for row in terminal.screen() if row)
            raise NotStarted(f"{self.program.name} never echoed a key\n{rows}")
        terminal.wait_for_quiet(0.3, 5.0)
        self._clear(len(letters))
        return min(seen) - terminal.started
