"""Line 6: a stored conversation of 5,000 messages is opened, paged through and seen at another size."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.percentile import median
from tests.benchmarks.session import ENTER, NeverShown, NotStarted, Session
from tests.benchmarks.stored_conversation import MESSAGES, marker, store_conversations

CONVERSATIONS = "\x13"
"""ctrl+s: to the list, where the cursor stands on the conversation that is open."""
DOWN, UP = "\x1b[B", "\x1b[A"
PAGE_UP = "\x1b[5~"
PAGES = 20
SIZES = ((100, 35), (120, 40), (90, 40), (120, 40))
QUIET = 0.12
"""Seconds without a byte that end what one key led to."""


@dataclass(slots=True)
class Opened:
    """Seconds of all rounds."""

    first_screens: list[float] = field(default_factory=list)
    short: list[float] = field(default_factory=list)
    """The same of a conversation of two messages."""
    pages: list[float] = field(default_factory=list)
    resizes: list[float] = field(default_factory=list)
    short_resizes: list[float] = field(default_factory=list)
    starved: list[float] = field(default_factory=list)


def measure_long_history(bench: Bench) -> list[Figure]:
    """Each round is a new start of the app, because a conversation that was open once may be kept."""
    home = bench.new_home()
    opened = Opened()
    try:
        with Session(bench.app, bench.server, home):
            pass
        stores = sorted((home / "oxen-tui").rglob("*.sqlite3"))
        if len(stores) == 1:
            bench.say(f"storing {MESSAGES} messages")
            store_conversations(stores[0])
            for number in range(bench.rounds):
                bench.say(f"{MESSAGES} messages, round {number + 1} of {bench.rounds}")
                _round(bench, home, opened)
        else:
            bench.say("the app keeps no store that could be filled")
    except (NotStarted, NeverShown) as trouble:
        bench.say(str(trouble))
    starved = median(opened.starved)
    return [
        _figure("open", opened.first_screens, opened.short, starved),
        _figure("page", opened.pages, [], starved),
        _figure("resize", opened.resizes, opened.short_resizes, starved),
    ]


def _round(bench: Bench, home: Path, into: Opened) -> None:
    with Session(bench.app, bench.server, home) as session:
        session.terminal.wait_for_quiet()
        before = session.terminal.usage()
        into.short_resizes += _resize(session)
        into.first_screens.append(_open(session, DOWN, f"long {marker(MESSAGES)}"))
        into.pages += _page(session)
        into.resizes += _resize(session)
        into.short.append(_open(session, UP, f"short {marker(2)}"))
        into.starved.append(session.terminal.usage().since(before).starved_percent)


def _open(session: Session, direction: str, last_words: str) -> float:
    """Seconds from Enter in the list until the end of the conversation stands on the screen, all of it painted."""
    terminal = session.terminal
    for keys in (CONVERSATIONS, direction):
        terminal.send(keys)
        terminal.wait_for_quiet(0.3, 3.0, 0)
    if any(last_words in row for row in terminal.screen()):
        raise NeverShown(f"{last_words!r} was on the screen before the key that should bring it")
    mark = terminal.mark()
    sent = terminal.send(ENTER)
    painted = terminal.burst_end(mark, sent, 4 * QUIET)
    shown = terminal.first_on_screen(last_words, mark)
    if painted is None or shown is None:
        rows = "\n".join(row for row in terminal.screen() if row)
        raise NeverShown(f"the conversation was not opened: {last_words!r} is not there\n{rows}")
    return shown - sent


def _page(session: Session) -> list[float]:
    """Seconds from the key until the last byte that it led to, page by page towards the beginning."""
    taken: list[float] = []
    for _ in range(PAGES):
        mark = session.terminal.mark()
        painted = session.terminal.burst_end(mark, session.terminal.send(PAGE_UP), QUIET)
        if painted is not None:
            taken.append(painted)
    return taken


def _resize(session: Session) -> list[float]:
    """Seconds from the signal until the last byte that it led to."""
    taken: list[float] = []
    for columns, rows in SIZES:
        mark = session.terminal.mark()
        painted = session.terminal.burst_end(mark, session.terminal.resize(columns, rows), 2 * QUIET)
        if painted is not None:
            taken.append(painted)
    return taken


def _figure(key: str, seconds: list[float], of_short: list[float], starved: float | None) -> Figure:
    half, short = median(seconds), median(of_short)
    baseline = "" if short is None else f"2 messages {short * 1000:.0f} ms"
    detail = f"median, at the most {max(seconds) * 1000:.0f} ms of {len(seconds)}" if seconds else ""
    return Figure(key, None if half is None else half * 1000, detail, baseline, starved)
