"""Lines 18 and 19: a gallery of 500 results, and of 5,000."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.many_results import store_results
from tests.benchmarks.percentile import median
from tests.benchmarks.session import NeverShown, NotStarted, Session
from tests.benchmarks.terminal import Terminal

SIZES = (500, 5_000)
GALLERY_PANE = "\x1b5"
DOWN = "j"
STEPS = 30
_CAPTION = re.compile(r"^[ └─]*(\d+ A har)")
QUIET = 0.15
"""Seconds without a byte that end what one key led to."""


@dataclass(slots=True)
class Looked:
    """Of all rounds with one gallery."""

    first: list[float] = field(default_factory=list)
    """Seconds from the key until the results are listed, pictures or not."""
    opened: list[float] = field(default_factory=list)
    """Seconds until all pictures in view are there too, made small by a start before."""
    new: list[float] = field(default_factory=list)
    """The same when none was ever looked at."""
    rows: list[float] = field(default_factory=list)
    """Seconds from the key until the row further down is on the screen."""
    new_rows: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    """Until the last byte: the result in the box is then shown beside the grid, with its picture."""
    grown: list[float] = field(default_factory=list)
    """MB of memory from before the key until after the scrolling."""
    starved: list[float] = field(default_factory=list)


def measure_gallery(bench: Bench) -> list[Figure]:
    """The first round of each home decodes every picture; the others find small files."""
    looked = {size: Looked() for size in SIZES[: 1 if bench.quick else None]}
    for size, into in looked.items():
        home = bench.new_home()
        try:
            with Session(bench.app, bench.server, home):
                pass
            stores = sorted((home / "oxen-tui").rglob("*.sqlite3"))
            if len(stores) != 1:
                bench.say("the app keeps no store that could be filled")
                continue
            bench.say(f"storing {size} results")
            store_results(stores[0], size)
            for number in range(bench.rounds + 1):
                bench.say(f"{size} results, round {number} of {bench.rounds}")
                _round(bench, home, size, into, is_first=number == 0)
        except (NotStarted, NeverShown) as trouble:
            bench.say(str(trouble))
    return [figure for size, into in looked.items() for figure in _figures(size, into)]


def _round(bench: Bench, home: Path, size: int, into: Looked, *, is_first: bool) -> None:
    with Session(bench.app, bench.server, home) as session:
        terminal = session.terminal
        terminal.wait_for_quiet(1.0)
        before, mark = terminal.usage(), terminal.mark()
        sent = terminal.send(GALLERY_PANE)
        painted = terminal.burst_end(mark, sent, 4 * QUIET, 20.0)
        listed = terminal.first_on_screen(f"of {size:,}", mark)
        if painted is None or listed is None:
            rows = "\n".join(row for row in terminal.screen() if row)
            raise NeverShown(f"the gallery was not opened\n{rows}")
        (into.new if is_first else into.opened).append(painted)
        if not is_first:  # when the code of the pane may have to be compiled too
            into.first.append(listed - sent)
        for _ in range(STEPS):
            _scroll(terminal, into.new_rows if is_first else into.rows, into.settled)
        usage = terminal.usage()
        into.grown.append(usage.rss - before.rss)
        into.starved.append(usage.since(before).starved_percent)


def _scroll(terminal: Terminal, into: list[float], settled: list[float]) -> None:
    """A row further; the first steps stay within the page."""
    before, mark = _last_caption(terminal), terminal.mark()
    sent = terminal.send(DOWN)
    last = terminal.burst_end(mark, sent, QUIET)
    caption = _last_caption(terminal)
    if last is not None and caption != before:
        shown = terminal.first_on_screen(caption, mark)
        into.append(last if shown is None else shown - sent)
        settled.append(last)


def _last_caption(terminal: Terminal) -> str:
    """How the caption of the first result in the last row begins: all begin with a number of their own."""
    found = [match[1] for row in terminal.screen() if (match := _CAPTION.search(row))]
    return found[-1] if found else ""


def _figures(size: int, looked: Looked) -> list[Figure]:
    suffix = "" if size == SIZES[0] else "-many"
    starved = median(looked.starved)
    opened, rows = median(looked.opened), median(looked.rows)
    first, new, new_rows = median(looked.first), median(looked.new), median(looked.new_rows)
    said = f"listed after {_ms(first)}; never seen before: all pictures after {_ms(new)}"
    row_said = f"never seen before {_ms(new_rows)}; with the picture beside the grid {_ms(median(looked.settled))}"
    figures = [
        Figure(f"gallery-open{suffix}", _in_ms(opened), said, starved=starved),
        Figure(f"gallery-row{suffix}", _in_ms(rows), row_said, starved=starved),
    ]
    if not suffix:
        figures.append(Figure("gallery-rss", median(looked.grown), "after 30 rows", starved=starved))
    return figures


def _in_ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000


def _ms(seconds: float | None) -> str:
    return "?" if seconds is None else f"{seconds * 1000:.0f} ms"
