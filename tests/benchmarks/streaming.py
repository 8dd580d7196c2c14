"""Lines 1, 2, 3, 4 and 7: what an answer costs and how soon it is seen while it streams in.

In each round the print loop, the least Textual chat and the app do the same, one after the other, each in one
conversation of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import methodcaller

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.percentile import median, percentile, ratio
from tests.benchmarks.programs import LIMIT_STATIC, PRINT_LOOP
from tests.benchmarks.session import Answered, NeverShown, NotStarted, Session

RATES = (200, 1000)
TOKENS = 2000
SHORT_TOKENS = 300
TYPED_TOKENS = {200: 2000, 1000: 6000}
TYPED_EVERY = {200: 0.125, 1000: 0.1}
"""Seconds between keys."""


@dataclass(slots=True)
class Streamed:
    """All answers that one program gave."""

    full: defaultdict[int, list[Answered]] = field(default_factory=lambda: defaultdict(list))
    """Answers of 2,000 tokens, by rate."""
    short: list[Answered] = field(default_factory=list)
    """Many short answers, for percentiles."""
    unlimited: list[Answered] = field(default_factory=list)
    typed: defaultdict[int, list[Answered]] = field(default_factory=lambda: defaultdict(list))
    """Answers in which keys were typed, by rate."""

    def rated(self) -> list[Answered]:
        return [*self.short, *(answered for rate in RATES for answered in self.full[rate])]

    def ends(self) -> list[float]:
        return [answered.end_lag for answered in self.rated() if answered.end_lag is not None]

    def unlimited_ends(self) -> list[float]:
        return [answered.end_lag for answered in self.unlimited if answered.end_lag is not None]

    def firsts(self) -> list[float]:
        return [answered.first_lag for answered in self.rated() if answered.first_lag is not None]

    def echoes(self, rate: int) -> list[float]:
        return [echo for answered in self.typed[rate] for echo in answered.echoes]

    def cpu(self, rate: int) -> float | None:
        return median(answered.cpu_per_thousand for answered in self.full[rate])

    def bytes(self, rate: int) -> float | None:
        return median(answered.bytes_per_token for answered in self.full[rate])


def measure_streaming(bench: Bench) -> list[Figure]:
    """Runs the rounds; figures of the lines that are wanted."""
    programs = (PRINT_LOOP, LIMIT_STATIC, bench.app)
    streamed = {program.name: Streamed() for program in programs}
    for number in range(bench.rounds):
        for program in programs:
            bench.say(f"streaming, round {number + 1} of {bench.rounds}: {program.name}")
            try:
                with bench.start(program) as session:
                    _stream(bench, session, streamed[program.name])
            except (NotStarted, NeverShown) as trouble:
                bench.say(str(trouble))
    printed, least, app = (streamed[program.name] for program in programs)
    return _figures(bench, printed, least, app)


def _stream(bench: Bench, session: Session, into: Streamed) -> None:
    session.warm_up()
    if bench.wants(1, 2, 3, 7):
        for rate in RATES:
            into.full[rate].append(session.ask(session.order(TOKENS, rate)))
    if bench.wants(4):
        for rate in RATES:
            into.typed[rate].append(session.ask(session.order(TYPED_TOKENS[rate], rate), TYPED_EVERY[rate]))
    if bench.wants(2, 7):
        for _ in range(6 if bench.quick else 12):
            into.short.append(session.ask(session.order(SHORT_TOKENS, 1000)))
    if bench.wants(2):
        for _ in range(5 if bench.quick else 8):
            into.unlimited.append(session.ask(session.order(TOKENS, 0)))


def _figures(bench: Bench, printed: Streamed, least: Streamed, app: Streamed) -> list[Figure]:
    figures: list[Figure] = []
    peers = (("print", printed), ("limit_static", least))

    def compare(value: Callable[[Streamed], float | None], unit: str, scale: float = 1.0, digits: int = 0) -> str:
        said = [(name, value(streamed)) for name, streamed in peers]
        return ", ".join(f"{name} {v * scale:.{digits}f} {unit}" for name, v in said if v is not None)

    def lag(key: str, lags: Callable[[Streamed], list[float]], answers: list[Answered]) -> Figure:
        seen = lags(app)
        half = median(seen)
        detail = "" if half is None else f"median {half * 1000:.0f} ms of {len(seen)}"
        value = percentile(seen, 0.95)
        baseline = compare(lambda streamed: percentile(lags(streamed), 0.95), "ms", 1000)
        return Figure(key, None if value is None else value * 1000, detail, baseline, _starved(answers))

    for rate in RATES:
        cpu, answers = app.cpu(rate), app.full[rate]
        if bench.wants(1):
            detail = "" if cpu is None else f"{cpu:.3f} s"
            baseline = compare(methodcaller("cpu", rate), "s", digits=3)
            figures.append(Figure(f"cpu-{rate}", ratio(cpu, least.cpu(rate)), detail, baseline, _starved(answers)))
        if bench.wants(3):
            baseline = compare(methodcaller("bytes", rate), "B")
            figures.append(Figure(f"bytes-{rate}", app.bytes(rate), "", baseline, _starved(answers)))
        if bench.wants(4):
            figures += _echo_figures(rate, printed, least, app)
    if bench.wants(2):
        figures.append(lag("end-rated", Streamed.ends, app.rated()))
        figures.append(lag("end-unlimited", Streamed.unlimited_ends, app.unlimited))
    if bench.wants(7):
        figures.append(lag("first", Streamed.firsts, app.rated()))
    return figures


def _echo_figures(rate: int, printed: Streamed, least: Streamed, app: Streamed) -> list[Figure]:
    echoes = app.echoes(rate)
    starved = _starved(app.typed[rate])
    figures: list[Figure] = []
    for key, share in ((f"echo-{rate}", 0.95), (f"echo-{rate}-worst", 1.0)):
        value = percentile(echoes, share)
        others = [("print", printed.echoes(rate)), ("limit_static", least.echoes(rate))]
        known = [(name, percentile(values, share)) for name, values in others]
        baseline = ", ".join(f"{name} {v * 1000:.1f} ms" for name, v in known if v is not None)
        half = median(echoes)
        detail = "" if half is None else f"median {half * 1000:.1f} ms of {len(echoes)}"
        figures.append(Figure(key, None if value is None else value * 1000, detail, baseline, starved))
    return figures


def _starved(answers: list[Answered]) -> float | None:
    cpu = sum(answered.usage.cpu for answered in answers)
    starved = sum(answered.usage.starved for answered in answers)
    return 100 * starved / (starved + cpu) if starved + cpu else None
