"""Line 5, answer 50 to answer 2, and line 9, memory after 50 answers: one long conversation of short answers."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from tests.benchmarks.answer import Last
from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.percentile import median, ratio
from tests.benchmarks.programs import LIMIT_STATIC, Program
from tests.benchmarks.session import Answered, NeverShown, NotStarted

ANSWERS = 50
TOKENS = 300
RATE = 1000
SPAN = len(Last)
"""Answers averaged at either end: one of each kind of last block, from the second answer on and up to the last."""


@dataclass(slots=True)
class Talk:
    """The answers of one conversation."""

    answers: list[Answered] = field(default_factory=list)

    def early(self) -> float:
        return _cost(self.answers[1 : 1 + SPAN])

    def late(self) -> float:
        return _cost(self.answers[-SPAN:])


def measure_fifty_answers(bench: Bench) -> list[Figure]:
    """Growth over a conversation and the memory at its end."""
    programs = (LIMIT_STATIC, bench.app)
    talks: dict[str, list[Talk]] = {program.name: [] for program in programs}
    rounds = 1 if bench.quick else max(1, bench.rounds - 1)
    for number in range(rounds):
        for program in programs:
            bench.say(f"{ANSWERS} answers, round {number + 1} of {rounds}: {program.name}")
            talk = _talk(bench, program)
            if talk is not None:
                talks[program.name].append(talk)
    app, least = talks[bench.app.name], talks[LIMIT_STATIC.name]
    starved = median(sum(answered.usage.starved_percent for answered in talk.answers) / ANSWERS for talk in app)
    figures: list[Figure] = []
    if bench.wants(5):
        detail = baseline = ""
        if app:
            detail = f"{median(map(Talk.early, app)):.3f} s to {median(map(Talk.late, app)):.3f} s per 1,000"
        if least:
            baseline = f"limit_static {_growth(least):.2f}x"
        figures.append(Figure("growth-answers", _growth(app), detail, baseline, starved))
    if bench.wants(9):
        baseline = f"limit_static {_memory(least):.0f} MB" if least else ""
        peak = median(talk.answers[-1].usage.peak_rss for talk in app)
        detail = f"at the most {peak:.0f} MB" if peak else ""
        figures.append(Figure("rss-answers", _memory(app), detail, baseline))
    return figures


def _talk(bench: Bench, program: Program) -> Talk | None:
    talk = Talk()
    kinds = itertools.cycle(Last)
    try:
        with bench.start(program) as session:
            for _ in range(ANSWERS):
                talk.answers.append(session.ask(replace(session.order(TOKENS, RATE), last=next(kinds))))
    except (NotStarted, NeverShown) as trouble:
        bench.say(str(trouble))
        return None
    return talk


def _cost(answers: list[Answered]) -> float:
    return sum(answered.usage.cpu for answered in answers) / sum(answered.order.tokens for answered in answers) * 1000


def _growth(talks: list[Talk]) -> float | None:
    return ratio(median(map(Talk.late, talks)), median(map(Talk.early, talks)))


def _memory(talks: list[Talk]) -> float | None:
    return median(talk.answers[-1].usage.rss for talk in talks)
