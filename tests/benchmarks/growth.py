"""Line 5, long answers: what a token costs in an answer of 20,000 beside one of 2,000 that ends in the same block.

The last block is in proportion to the answer (300 items of a list in 20,000 tokens, 30 in 2,000), so that the two
differ in size alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from tests.benchmarks.answer import Last
from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.percentile import median, ratio
from tests.benchmarks.programs import LIMIT_STATIC, Program
from tests.benchmarks.session import Answered, NeverShown, NotStarted

SMALL, LARGE, HUGE = 2_000, 20_000, 100_000
RATE = 1000
QUICK_RATE = 4000
SMALL_ANSWERS = 2
"""A small answer is short enough to be disturbed, so that more than one is taken."""


@dataclass(slots=True)
class Grown:
    """The answers of one program that end in one kind of block."""

    small: list[Answered] = field(default_factory=list)
    large: list[Answered] = field(default_factory=list)

    def small_cost(self) -> float | None:
        return median(answered.cpu_per_thousand for answered in self.small)

    def large_cost(self) -> float | None:
        return median(answered.cpu_per_thousand for answered in self.large)

    def growth(self) -> float | None:
        return ratio(self.large_cost(), self.small_cost())


def measure_growth(bench: Bench) -> list[Figure]:
    """The figures of all kinds of last block; of 100,000 tokens too when the run is a long one."""
    grown: defaultdict[tuple[str, str, int], Grown] = defaultdict(Grown)
    tasks: list[tuple[Program, Last, int]] = [(LIMIT_STATIC, Last.MIXED, LARGE)]
    tasks += [(bench.app, last, LARGE) for last in Last]
    rounds = 1 if bench.quick else max(1, bench.rounds - 1)
    for number in range(rounds):
        for program, last, tokens in tasks:
            bench.say(f"growth, round {number + 1} of {rounds}: {program.name}, {tokens} tokens, {last}")
            _grow(bench, program, last, tokens, grown[program.name, last, tokens])
    least = grown[LIMIT_STATIC.name, Last.MIXED, LARGE]
    figures = [
        _figure(f"growth-{last}", grown[bench.app.name, last, LARGE], least if last is Last.MIXED else None)
        for last in Last
    ]
    if bench.long:
        bench.say(f"growth: {bench.app.name}, {HUGE} tokens")
        huge = Grown()
        _grow(bench, bench.app, Last.MIXED, HUGE, huge)
        figures.append(_figure("growth-long", huge, None))
    return figures


def _grow(bench: Bench, program: Program, last: Last, tokens: int, into: Grown) -> None:
    rate = QUICK_RATE if bench.quick else RATE
    try:
        with bench.start(program) as session:
            session.warm_up()
            for _ in range(SMALL_ANSWERS):
                into.small.append(session.ask(replace(session.order(SMALL, rate), last=last)))
            into.large.append(session.ask(replace(session.order(tokens, rate), last=last)))
    except (NotStarted, NeverShown) as trouble:
        bench.say(str(trouble))


def _figure(key: str, grown: Grown, least: Grown | None) -> Figure:
    small, large = grown.small_cost(), grown.large_cost()
    detail = baseline = ""
    if small is not None and large is not None:
        lag = median(answered.end_lag for answered in grown.large) or 0.0
        detail = f"{small:.3f} s to {large:.3f} s per 1,000; end seen after {lag * 1000:.0f} ms"
    if least is not None and (growth := least.growth()) is not None:
        baseline = f"limit_static {growth:.2f}x"
    starved = median(answered.usage.starved_percent for answered in grown.large)
    return Figure(key, grown.growth(), detail, baseline, starved)
