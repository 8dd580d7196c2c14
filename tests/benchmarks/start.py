"""Line 8: how soon a key can be typed, and what `--version` costs."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.percentile import median, ratio
from tests.benchmarks.programs import BARE_TEXTUAL, LIMIT_STATIC, PRINT_LOOP
from tests.benchmarks.session import NotStarted, Session

STARTS_PER_ROUND = 3
VERSIONS_PER_ROUND = 5


def measure_start(bench: Bench) -> list[Figure]:
    """The medians of many starts, interleaved; each program has started once in its home before."""
    programs = (PRINT_LOOP, BARE_TEXTUAL, LIMIT_STATIC, bench.app)
    homes = {program.name: bench.new_home() for program in programs}
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    starved: list[float] = []
    for number in range(1 + bench.rounds * STARTS_PER_ROUND):
        bench.say(f"start {number} of {bench.rounds * STARTS_PER_ROUND}")
        for program in programs:
            try:
                with Session(program, bench.server, homes[program.name]) as session:
                    if number:
                        times[program.name].append(session.interactive)
                        if program is bench.app:
                            starved.append(session.terminal.usage().starved_percent)
            except NotStarted as trouble:
                bench.say(str(trouble))
    app, bare = median(times[bench.app.name]), median(times[BARE_TEXTUAL.name])
    known = [(program.name, median(times[program.name])) for program in programs[:-1]]
    baseline = ", ".join(f"{name} {value:.2f} s" for name, value in known if value is not None)
    detail = "" if app is None else f"{app:.2f} s"
    figures = [Figure("interactive", ratio(app, bare), detail, baseline, median(starved))]
    figures.append(_version_figure(bench))
    return figures


def _version_figure(bench: Bench) -> Figure:
    bare: list[float] = []
    versions: list[float] = []
    for _ in range(1 + bench.rounds * VERSIONS_PER_ROUND):
        bare.append(_seconds(bench, (sys.executable, "-c", "pass")))
        try:
            versions.append(_seconds(bench, (*bench.app.command, "--version")))
        except (subprocess.SubprocessError, OSError) as trouble:
            bench.say(f"--version: {trouble}")
            return Figure("version", None)
    python, version = median(bare[1:]), median(versions[1:])
    if python is None or version is None:
        return Figure("version", None)
    return Figure("version", (version - python) * 1000, f"{version * 1000:.0f} ms", f"python {python * 1000:.0f} ms")


def _seconds(bench: Bench, command: tuple[str, ...]) -> float:
    environment = bench.app.environment(bench.folder, bench.server.base_url)
    began = time.monotonic()
    subprocess.run(
        command,
        env=environment,
        cwd=bench.folder,
        check=True,
        timeout=20,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.monotonic() - began
