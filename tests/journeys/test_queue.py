"""Jobs in a real terminal: watched, cancelled, failed, tried again, removed, and picked up after a restart."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.program import ENTER, ESC, PROJECT, OxenTui, alt, ctrl

MODEL = "moss-image-xl"
PATIENCE = 30.0
"""Seconds until a picture is a file: it takes some to be made, and the server is asked every few seconds."""


class Demo:
    """A demo service of its own, which goes on while programs come and go."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        self.process = process
        self.variables = {"OXEN_BASE_URL": said["base_url"], "OXEN_API_KEY": said["token"]}


@pytest.fixture
def demo() -> Iterator[Demo]:
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", "--pace", "1.5", "--die-with-stdin"]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Demo(process)
        process.terminate()


@pytest.fixture
def start(demo: Demo, home: Path) -> Iterator[Callable[[], OxenTui]]:
    """Starts the program of one user at that service, as often as wanted."""
    running: list[OxenTui] = []

    def begin() -> OxenTui:
        program = OxenTui(home, columns=120, rows=40, **demo.variables)
        running.append(program)
        program.wait_until_ready()
        return program

    yield begin
    for program in running:
        program.close()


def create(program: OxenTui, *prompts: str) -> None:
    """Send requests from the form, each seen in the queue before the next."""
    program.send(alt("3"))
    program.wait_for("ctrl+l change model")
    program.send(ctrl("l"))
    program.wait_for("Model to create with", "juniper-4")
    program.send(MODEL)
    program.wait_gone("juniper-4")
    program.send(ENTER)
    program.wait_for(f"{MODEL} ", f'"model": "{MODEL}"')
    for prompt in prompts:
        program.send(alt("3"))
        program.wait_for_bar("prompt")
        program.send(ctrl("n"))
        program.wait_until(lambda shown: shown.count('": ') == 1, what="an empty form")
        program.send(prompt + ENTER)
        program.wait_for(f'"prompt": "{prompt}"', "Run  ~$0.04")
        program.send(ctrl("r") + alt("4"))
        program.wait_for("Model and prompt", prompt)


def results(program: OxenTui) -> list[Path]:
    """Pictures on the disk."""
    return sorted((program.kept / "data" / "results").rglob("*.png"))


def test_a_job_is_watched_to_its_file_cancelled_failed_tried_again_and_removed(
    start: Callable[[], OxenTui],
) -> None:
    program = start()
    create(program, "Fog in firs", "Teapot fault: stuck", "Harbour fault: failed")
    program.wait_for("◐", "under way")
    program.wait_for("✓ done", "saved as", "✕ failed", "The model gave up", seconds=PATIENCE)
    assert len(results(program)) == 1
    program.wait_for("1 running · 2 ended today")

    program.send("gx")
    program.wait_for(f"Cancel {MODEL}?", "It has begun", "~$0.04 at most")
    program.send(ENTER)
    program.wait_for("– cancelled", "3 ended today")
    program.wait_gone("◐")

    program.send("/failed" + ENTER)
    program.wait_until(lambda shown: "Fog in firs" not in shown and "1 of 3" in shown, what="the failed job alone")
    program.send("r")
    program.wait_for(f"Run {MODEL} again?", "It costs ~$0.04.")
    program.send(ENTER)
    program.wait_for("2 of 4", "4 ended today", seconds=PATIENCE)

    program.send(ESC)
    program.wait_for("Fog in firs")
    program.send("D")
    program.wait_for("Nothing was made yet", "4 jobs removed from the list")
    program.send("u")
    program.wait_for("Fog in firs", "– cancelled")
    assert len(results(program)) == 1
    assert program.quit() == 0
    assert program.left_as_it_was() == []


def test_a_job_goes_on_while_the_program_is_away_and_is_fetched_at_the_next_start(
    start: Callable[[], OxenTui],
) -> None:
    program = start()
    create(program, "A boat at dawn")
    program.send(alt("1"))
    program.wait_for("◐1", "Message, / for commands")  # the header counts, whatever pane is open
    program.send(ctrl("q"))
    program.wait_for("Quit now?", "1 job goes on at the server: the results are fetched at the next start.")
    program.kill()
    assert results(program) == []

    program = start()  # nobody goes to the queue
    program.wait_until(lambda _: len(results(program)) == 1, PATIENCE, what="the result on the disk")
    program.wait_gone("◐1")
    program.send(alt("4"))
    program.wait_for("✓ done", "A boat at dawn", "saved as")


def test_rows_stay_with_their_age_when_the_server_is_gone(start: Callable[[], OxenTui], demo: Demo) -> None:
    program = start()
    create(program, "Stone fault: stuck")
    program.wait_for("◐ running", "Stone fault: stuck", seconds=PATIENCE)
    demo.process.kill()
    program.wait_for(", as of ", seconds=PATIENCE)
    program.wait_for("Stone fault: stuck", "◐ running")
    program.send("e")
    program.wait_for('"prompt": "Stone fault: stuck"')
    program.resize(60, 20)
    program.send(alt("4"))
    program.wait_for("◐ running", "as of")
