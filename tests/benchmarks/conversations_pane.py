"""Lines 14 and 19: ten thousand conversations are started with, opened, scrolled through, and searched."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.many_conversations import marker, store_many, word
from tests.benchmarks.percentile import median, percentile, ratio
from tests.benchmarks.session import ENTER, NeverShown, NotStarted, Session

CONVERSATIONS = "\x13"
"""ctrl+s: to the list, where the cursor stands on the conversation that is open."""
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"
FILTER, CLEAR, LEAVE = "/", "\x15", "\x1b"
PAGES, ROWS = 40, 20
QUIET = 0.2
"""Seconds without a byte that end what one key led to: a search goes on in a thread after the key was echoed."""
QUERIES = (word(0), word(40), f"{word(3)} {word(1_500)}", f'"{word(1)} {word(2)}"')
"""The most used word, one in between, a rare one beside a common one, and two in a row."""


@dataclass(slots=True)
class Looked:
    """Seconds of all rounds."""

    starts: list[float] = field(default_factory=list)
    few_starts: list[float] = field(default_factory=list)
    """The same without any conversation."""
    opened: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    filters: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    starved: list[float] = field(default_factory=list)


def measure_conversations(bench: Bench) -> list[Figure]:
    """Each round starts the app anew, on an empty store and on the full one."""
    home, empty, looked = bench.new_home(), bench.new_home(), Looked()
    try:
        with Session(bench.app, bench.server, home):
            pass
        stores = sorted((home / "oxen-tui").rglob("*.sqlite3"))
        if len(stores) != 1:
            raise NeverShown("the app keeps no store that could be filled")
        bench.say("storing 10,000 conversations with 200,000 messages")
        store_many(stores[0])
        for number in range(bench.rounds):
            bench.say(f"10,000 conversations, round {number + 1} of {bench.rounds}")
            with Session(bench.app, bench.server, empty) as session:
                looked.few_starts.append(session.interactive)
            _round(bench, home, looked)
    except (NotStarted, NeverShown) as trouble:
        bench.say(str(trouble))
    return _figures(looked)


def _round(bench: Bench, home: Path, into: Looked) -> None:
    with Session(bench.app, bench.server, home) as session:
        into.starts.append(session.interactive)
        terminal = session.terminal
        terminal.wait_for_quiet(1.0)
        before = terminal.usage()
        into.opened += _open(session)
        into.steps += _press(session, CONVERSATIONS, [PAGE_DOWN] * PAGES + [DOWN] * ROWS)
        into.filters += _press(session, FILTER, list(word(40)))
        terminal.send(CLEAR)
        terminal.wait_for_quiet()
        terminal.send(LEAVE)
        terminal.wait_for_quiet()
        for query in QUERIES:
            # The dialog stands over everything; what is typed in it is searched for at every key.
            into.searches += _press(session, "/search" + ENTER, list(query))
            if "enter goes there" not in "\n".join(terminal.screen()):
                raise NeverShown(f"nothing was found for {query}\n" + "\n".join(filter(None, terminal.screen())))
            terminal.send(LEAVE)
            terminal.wait_for_quiet()
        into.starved.append(terminal.usage().since(before).starved_percent)


def _open(session: Session) -> list[float]:
    """Seconds from Enter in the list until the end of the conversation stands on the screen."""
    terminal, taken = session.terminal, []
    for number in range(1, 6):
        for keys in (CONVERSATIONS, DOWN):
            terminal.send(keys)
            terminal.wait_for_quiet(0.3, 3.0, 0)
        mark = terminal.mark()
        sent = terminal.send(ENTER)
        terminal.burst_end(mark, sent, 2 * QUIET)
        shown = terminal.first_on_screen(marker(number), mark)
        if shown is None:
            rows = "\n".join(filter(None, terminal.screen()))
            raise NeverShown(f"conversation {number} was not opened\n{rows}")
        taken.append(shown - sent)
    return taken


def _press(session: Session, first: str, keys: list[str]) -> list[float]:
    """Seconds from each key until the last byte that it led to."""
    terminal, taken = session.terminal, []
    terminal.send(first)
    terminal.wait_for_quiet(0.5)
    for key in keys:
        mark = terminal.mark()
        painted = terminal.burst_end(mark, terminal.send(key), QUIET)
        if painted is not None:
            taken.append(painted)
    return taken


def _figures(looked: Looked) -> list[Figure]:
    starved = median(looked.starved)
    many, few = median(looked.starts), median(looked.few_starts)
    start = "" if many is None else f"{many * 1000:.0f} ms"
    base = "" if few is None else f"no conversation {few * 1000:.0f} ms"
    return [
        _figure("search", looked.searches, starved),
        Figure("conversations-start", ratio(many, few), start, base, starved),
        _figure("conversations-open", looked.opened, starved),
        _figure("conversations-scroll", looked.steps, starved),
        _figure("conversations-filter", looked.filters, starved),
    ]


def _figure(key: str, seconds: list[float], starved: float | None) -> Figure:
    half, most = median(seconds), percentile(seconds, 0.95) if seconds else None
    if half is None or most is None:
        return Figure(key, None, starved=starved)
    detail = f"p95 {most * 1000:.0f}, at the most {max(seconds) * 1000:.0f} ms of {len(seconds)}"
    return Figure(key, half * 1000, detail, starved=starved)
