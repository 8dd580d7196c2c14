"""Kills the program at any moment between sending and result, and looks what is left: `python -m tests.killing`.

Each round starts a child that sends a request to a demo service, kills it with no warning after a random time, starts
over on the same store, and checks that every job the server has is known here, that none was sent twice, and that no
half file has a result's name. Some requests are answered late or not at all, so that many a child dies between the
request and its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette

from oxen_tui.api.model import Model
from oxen_tui.api.secret import Secret
from oxen_tui.demo.serve import serving
from oxen_tui.demo.service import TOKEN, create_service
from oxen_tui.media.facts import read_facts
from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session import Session, open_session
from oxen_tui.store.job import Job, JobState

MODEL = {
    "id": "painter",
    "endpoint": "/images/generate",
    "capabilities": {"input": ["text"], "output": ["image"]},
    "pricing": {"method": "per_image", "cost_per_image": 0.25},
    "request_schema": {"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string"}}},
    "x-demo": {"seconds": [2, 3]},
}
PACE = 4.0
WAYS = ("", "", "fault: late answer ", "fault: no answer ", "fault: 500 ")
LONGEST_LIFE = 2.5
"""Seconds that a child lives at most after it said that it sends."""

PATIENCE = 60.0
"""Seconds for what a killed child left to be settled."""


@dataclass
class Tally:
    """What became of the rounds."""

    rounds: int = 0
    killed_before_any_row: int = 0
    never_accepted: int = 0
    states_found: Counter[str] = field(default_factory=Counter)
    """What the killed child had on the disk of its job."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        states = ", ".join(f"{count} {state}" for state, count in self.states_found.most_common())
        return (
            f"{self.rounds} rounds; killed while the job was: {states}; {self.killed_before_any_row} before it was "
            f"written down; {self.never_accepted} never reached the server; {len(self.faults)} faults"
        )


class Killing:
    """Rounds over one store and one service."""

    def __init__(self, app: Starlette, base: str, home: Path, dice: random.Random) -> None:
        self.tally = Tally()
        self._app = app
        self._base = base
        self._home = home
        self._dice = dice

    async def round(self, longest_life: float = LONGEST_LIFE) -> None:
        """One child's life, and what is found after it."""
        number = self.tally.rounds
        prompt = f"{self._dice.choice(WAYS)}an ox of round {number}"
        # Most of what can go wrong goes wrong early.
        await self._live_and_die(prompt, longest_life * self._dice.random() ** 3)
        self.tally.rounds += 1
        async with await open_place(self._base, self._home) as session:
            found = [job for job in await session.store.jobs.shown() if job.prompt == prompt]
            self.tally.states_found.update(str(job.state) for job in found)
            self.tally.killed_before_any_row += not found
            await self._settle(session, prompt)
            self._check(session, prompt)

    async def finish(self) -> None:
        """Everything settles that the server has. What it never accepted may still be looked for."""
        async with await open_place(self._base, self._home) as session:
            await session.generations.begin()
            jobs = session.generations
            await until(session, lambda: not any(job.state.is_active and job.generation_id for job in jobs.jobs))
            self._check_all(session)

    async def _live_and_die(self, prompt: str, seconds: float) -> None:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.killing", "--child", self._base, str(self._home), prompt),
            stdout=asyncio.subprocess.PIPE,
        )
        assert child.stdout is not None
        try:
            await asyncio.wait_for(child.stdout.readline(), PATIENCE)
            await asyncio.sleep(seconds)
        finally:
            os.kill(child.pid, signal.SIGKILL)
            await child.wait()

    async def _settle(self, session: Session, prompt: str) -> None:
        """Until the job of this round is done, if the server has it."""
        await session.generations.begin()
        if self._accepted()[prompt]:
            await until(session, lambda: all(job.state is JobState.DONE for job in self._jobs(session, prompt)))
        else:
            self.tally.never_accepted += 1

    def _check(self, session: Session, prompt: str) -> None:
        accepted, known = self._accepted()[prompt], self._jobs(session, prompt)
        if accepted > 1:
            self._fault(f"{prompt!r} was sent {accepted} times")
        if accepted and len(known) != 1:
            self._fault(f"{prompt!r} is {accepted} at the server and {len(known)} here")
        self._check_ids(session)

    def _check_all(self, session: Session) -> None:
        for prompt, accepted in self._accepted().items():
            if accepted != 1:
                self._fault(f"{prompt!r} was sent {accepted} times")
        done = [job for job in session.generations.jobs if job.state is JobState.DONE]
        if len(done) != len(self._app.state.demo.queue.jobs):
            self._fault(f"{len(self._app.state.demo.queue.jobs)} at the server, {len(done)} done here")
        self._check_ids(session)
        self._check_files(session, done)

    def _check_ids(self, session: Session) -> None:
        known = {job.generation_id for job in session.generations.jobs}
        for job in self._app.state.demo.queue.jobs.values():
            if job.id not in known:
                self._fault(f"{job.prompt!r} is at the server and not known here")

    def _check_files(self, session: Session, done: Sequence[Job]) -> None:
        folder = session.results.folder
        names = {job.file.name for job in done if job.file is not None}
        for path in folder.rglob("*"):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if not path.is_file() or (hidden and path.suffix != ".part") or path.suffix == ".json":
                continue
            if str(path.relative_to(folder)) not in names:
                self._fault(f"{path.name} belongs to no job")
            else:
                read_facts(path)  # raises for half a picture

    def _accepted(self) -> Counter[str]:
        return Counter(job.prompt for job in self._app.state.demo.queue.jobs.values())

    def _jobs(self, session: Session, prompt: str) -> list[Job]:
        return [job for job in session.generations.jobs if job.prompt == prompt]

    def _fault(self, sentence: str) -> None:
        self.tally.faults.append(f"round {self.tally.rounds}: {sentence}")


async def until(session: Session, condition: Callable[[], bool]) -> None:
    """Waits for changes until something is so."""
    changed = asyncio.Event()
    end = session.generations.subscribe(lambda _: changed.set())
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                changed.clear()
                await changed.wait()
    finally:
        end()


async def open_place(base: str, home: Path) -> Session:
    """A program's session with the service."""
    paths: Paths = find_paths({"OXEN_TUI_HOME": str(home)})
    paths.make_folders()
    return await open_session(Place("local", base, "local", "local", Secret(TOKEN)), paths)


async def live(base: str, home: Path, prompt: str) -> None:
    """A child: sends, and watches until it is killed."""
    session = await open_place(base, home)
    await session.generations.begin()
    sys.stdout.write("sending\n")
    sys.stdout.flush()
    await session.generations.send({"prompt": prompt}, model=Model.from_json(MODEL))
    await asyncio.Event().wait()


async def kill(rounds: int, seed: int, say: Callable[[str], object], longest_life: float = LONGEST_LIFE) -> Tally:
    """Plays the rounds.

    Args:
        rounds: How many.
        seed: Of the moments and the requests.
        say: Told how far it is.
        longest_life: Seconds, of a child.
    """
    app = create_service([MODEL], pace=PACE)
    with serving(app) as base, tempfile.TemporaryDirectory() as home:
        killing = Killing(app, base, Path(home), random.Random(seed))
        for number in range(rounds):
            await killing.round(longest_life)
            if (number + 1) % 10 == 0:
                say(str(killing.tally))
        await killing.finish()
        return killing.tally


def main() -> int:
    """The command line: 0 if nothing was lost, sent twice or left half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--child", nargs=3, metavar=("BASE", "HOME", "PROMPT"))
    chosen = parser.parse_args()
    if chosen.child:
        base, home, prompt = chosen.child
        asyncio.run(live(base, Path(home), prompt))
        return 0
    print(f"seed {chosen.seed}")
    tally = asyncio.run(kill(chosen.rounds, chosen.seed, print))
    print(tally, *tally.faults, sep="\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
