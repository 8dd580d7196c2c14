"""Line 9: the memory of one program after 50 answers, with 200 generations in its queue and 50 pictures looked at."""

from __future__ import annotations

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.many_results import store_results
from tests.benchmarks.percentile import median
from tests.benchmarks.session import NeverShown, NotStarted, Session

ANSWERS = 50
TOKENS = 300
RATE = 1000
GENERATIONS = 200
PICTURES = 50
CHAT_PANE, QUEUE_PANE, GALLERY_PANE = "\x1b1", "\x1b4", "\x1b5"
OPEN, NEXT, CLOSE = "\r", "n", "\x1b"


def measure_full_day(bench: Bench) -> list[Figure]:
    """The answers first, then the queue row by row, then the pictures one by one in the full-screen viewer."""
    after: list[float] = []
    peaks: list[float] = []
    said = ""
    for number in range(1 if bench.quick else max(1, bench.rounds - 1)):
        bench.say(f"a full day, round {number + 1}")
        try:
            rests, peak = _day(bench)
        except (NotStarted, NeverShown) as trouble:
            bench.say(str(trouble))
            continue
        after.append(rests[-1])
        peaks.append(peak)
        said = ", ".join(f"{words} {rest:.0f} MB" for words, rest in zip(("answers", "queue"), rests, strict=False))
    highest = median(peaks)
    if highest is not None:
        said = f"after {said}; at the most {highest:.0f} MB"
    return [Figure("rss-day", median(after), said)]


def _day(bench: Bench) -> tuple[list[float], float]:
    """MB after each of its three parts, and the most there ever was."""
    home = bench.new_home()
    with Session(bench.app, bench.server, home):
        pass
    stores = sorted((home / "oxen-tui").rglob("*.sqlite3"))
    if len(stores) != 1:
        raise NeverShown("the app keeps no store that could be filled")
    store_results(stores[0], GENERATIONS)
    rests: list[float] = []
    with Session(bench.app, bench.server, home) as session:
        terminal = session.terminal
        for _ in range(ANSWERS):
            session.ask(session.order(TOKENS, RATE))
        rests.append(terminal.usage().rss)
        _press(session, QUEUE_PANE, shows="quill-3")
        for _ in range(PICTURES):
            _press(session, "j")
        rests.append(terminal.usage().rss)
        _press(session, GALLERY_PANE, shows=f"of {GENERATIONS}")
        _press(session, OPEN, shows="1024")
        for _ in range(PICTURES):
            _press(session, NEXT)
        _press(session, CLOSE, shows=f"of {GENERATIONS}")
        _press(session, CHAT_PANE)
        usage = terminal.usage()
        rests.append(usage.rss)
    return rests, usage.peak_rss


def _press(session: Session, key: str, shows: str = "") -> None:
    """A key, and what it leads to until nothing comes any more."""
    terminal = session.terminal
    mark = terminal.mark()
    sent = terminal.send(key)
    terminal.burst_end(mark, sent, 0.25)
    if shows and not terminal.wait_until(lambda: any(shows in row for row in terminal.screen()), 10):
        rows = "\n".join(row for row in terminal.screen() if row)
        raise NeverShown(f"{shows!r} was not shown after {key!r}\n{rows}")
