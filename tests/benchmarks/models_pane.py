"""Lines 11 and 19: the list of models with 200, 10,000 and 50,000 of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.many_models import many_models, serving
from tests.benchmarks.percentile import median, percentile
from tests.benchmarks.session import NeverShown
from tests.benchmarks.terminal import Terminal

SIZES = (200, 10_000, 50_000)
QUERIES = (
    "heron pro",
    "video:1080p seed",
    "output:video input:image",
    "tern2",
    "kelp motoin",
    "price:<0.10 has:seed",
)
"""Plain words, facets while they are typed, ids without their hyphens, and words with a mistake in them."""
MODELS_PANE = "\x1b2"
DOWN = "\x1b[B"
CLEAR = "\x15"
"""ctrl+u: empties the filter."""
FILTER, LEAVE = "/", "\r"
STEPS = 30
QUIET = 0.12
"""Seconds without a byte that end what one key led to. Shorter than the rest after which the server is asked."""
_COUNT = re.compile(r"(?<!\S)(\d[\d,]*(?: of \d[\d,]*)?)(?:\s{2,}|$)")


@dataclass(slots=True)
class Looked:
    """Seconds of all rounds with one catalogue."""

    keys: list[float] = field(default_factory=list)
    """From a key in the filter to the frame with what it finds."""
    settled: list[float] = field(default_factory=list)
    """From the same keys to the last byte, with the model that stands first beside the list."""
    opened: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    starved: list[float] = field(default_factory=list)


def measure_models(bench: Bench) -> list[Figure]:
    """Each round starts the app anew on a list that was kept by a start before."""
    looked = {size: Looked() for size in SIZES}
    for size in SIZES:
        home = bench.new_home()
        home.mkdir(parents=True)
        bench.say(f"{size} models")
        with serving(many_models(size)) as base_url:
            try:
                _keep(bench, home, base_url, size)
                for _ in range(bench.rounds):
                    _round(bench, home, base_url, size, looked[size])
            except NeverShown as trouble:
                bench.say(str(trouble))
    return _figures(looked)


def _open(bench: Bench, home: Path, base_url: str) -> Terminal:
    return Terminal(bench.app.command, bench.app.environment(home, base_url), home)


def _keep(bench: Bench, home: Path, base_url: str, size: int) -> None:
    """Looks at the list until it is there, and so on the disk."""
    with _open(bench, home, base_url) as terminal:
        _wait_for_composer(terminal)
        terminal.send(MODELS_PANE)
        _wait_for(terminal, f"{size:,}", 120.0)


def _round(bench: Bench, home: Path, base_url: str, size: int, into: Looked) -> None:
    with _open(bench, home, base_url) as terminal:
        into.starts.append(_wait_for_composer(terminal) - terminal.started)
        terminal.wait_for_quiet(1.0)
        terminal.screen()
        before = terminal.usage()
        sent = terminal.send(MODELS_PANE)
        into.opened.append(_wait_for(terminal, f"{size:,}", 20.0) - sent)
        terminal.wait_for_quiet(1.5, 60.0)  # the server is asked behind, once
        for _ in range(STEPS):
            mark = terminal.mark()
            painted = terminal.burst_end(mark, terminal.send(DOWN), QUIET)
            if painted is not None:
                into.steps.append(painted)
        for query in QUERIES[:2] if bench.quick else QUERIES:
            _type(terminal, query, into)
        into.starved.append(terminal.usage().since(before).starved_percent)


def _type(terminal: Terminal, query: str, into: Looked) -> None:
    terminal.send(FILTER + CLEAR)
    terminal.wait_for_quiet(0.5)
    terminal.screen()
    for letter in query:
        mark = terminal.mark()
        sent = terminal.send(letter)
        settled = terminal.burst_end(mark, sent, QUIET)
        seen = [(at, _count(rows)) for at, rows in terminal.follow()]
        if settled is None or not seen or not seen[-1][1]:
            raise NeverShown(f"{letter!r} of {query!r} found no number of models\n{_shown(terminal)}")
        into.settled.append(settled)
        into.keys.append(next(at for at, count in seen if count == seen[-1][1]) - sent)
    terminal.send(LEAVE)
    terminal.wait_for_quiet(0.5)


def _count(rows: Sequence[str]) -> str:
    """The number of models at the right end of the filter's line."""
    found = _COUNT.findall(next((row for row in rows if row.startswith("  / ")), ""))
    return found[0] if found else ""


def _wait_for_composer(terminal: Terminal) -> float:
    """When the first letter was echoed; it is taken away again."""
    terminal.wait_until(terminal.painted, 30)
    for _ in range(400):
        letter, _sent = terminal.send_letter()
        seen = terminal.wait_for(letter, 0.05)
        if seen is not None:
            terminal.wait_for_quiet(0.3, 5.0)
            terminal.send(CLEAR)
            return seen
    raise NeverShown(f"no key was echoed\n{_shown(terminal)}")


def _wait_for(terminal: Terminal, text: str, seconds: float) -> float:
    """When this text came to stand at the top of the screen, where the filter is."""
    found: list[float] = []

    def there() -> bool:
        found.extend(at for at, rows in terminal.follow() if any(text in row for row in rows[:4]))
        return bool(found)

    if not terminal.wait_until(there, seconds):
        raise NeverShown(f"{text!r} was not shown\n{_shown(terminal)}")
    return found[0]


def _shown(terminal: Terminal) -> str:
    return "\n".join(row for row in terminal.screen() if row)


def _figures(looked: dict[int, Looked]) -> list[Figure]:
    figures = []
    least, most = SIZES[0], SIZES[-1]
    for size, seen in looked.items():
        starved = median(seen.starved)
        whole = median(seen.settled)
        beside = "" if whole is None else f"with the detail {whole * 1000:.0f} ms; "
        figures.append(_figure(f"models-key-{size}", seen.keys, starved, beside))
        if size == least:
            figures.append(_figure("models-open", seen.opened, starved))
            figures.append(_figure("models-cursor", seen.steps, starved))
        if size == most:
            figures.append(_figure("models-open-many", seen.opened, starved))
            figures.append(_figure("models-cursor-many", seen.steps, starved))
            few, many = median(looked[least].starts), median(seen.starts)
            ratio = None if not few or many is None else many / few
            said = "" if not few or many is None else f"{many * 1000:.0f} ms"
            base = "" if not few else f"{least} models {few * 1000:.0f} ms"
            figures.append(Figure("models-start", ratio, said, base, starved))
    return figures


def _figure(key: str, seconds: list[float], starved: float | None, beside: str = "") -> Figure:
    half, most = median(seconds), percentile(seconds, 0.95) if seconds else None
    if half is None or most is None:
        return Figure(key, None, starved=starved)
    detail = f"{beside}p95 {most * 1000:.0f}, at the most {max(seconds) * 1000:.0f} ms of {len(seconds)}"
    return Figure(key, half * 1000, detail, starved=starved)
