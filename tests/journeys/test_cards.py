"""Pictures and clips from the conversation, as cards that live on, against the demo service."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image

from tests.journeys.conftest import Start
from tests.journeys.program import CTRL_UP, ENTER, ESC, PROJECT, alt

PATIENCE = 30.0
"""Seconds until a result is a file."""


def _service(*pace: str) -> Iterator[dict[str, str]]:
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", *pace, "--die-with-stdin"]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        yield {"OXEN_BASE_URL": said["base_url"], "OXEN_API_KEY": said["token"]}
        process.terminate()


@pytest.fixture(scope="module")
def quick() -> Iterator[dict[str, str]]:
    """A demo service in which nothing takes time."""
    yield from _service("--pace", "0")


@pytest.fixture(scope="module")
def slow() -> Iterator[dict[str, str]]:
    """One in which nothing ends while a test looks."""
    yield from _service("--pace", "0.1")


def test_a_picture_is_made_shown_looked_at_and_there_after_a_restart(start: Start, quick: dict[str, str]) -> None:
    program = start(columns=120, rows=40, **quick)
    program.wait_until_ready()
    program.ask("/image a lighthouse at dusk")
    program.wait_for(
        "/image a lighthouse at dusk", "✓ done", "$0.04", "ctrl+up, enter opens", ".png", seconds=PATIENCE
    )
    program.send(CTRL_UP)
    program.wait_for("v view")
    program.send(ENTER)
    program.wait_for("esc", "1254×836", seconds=PATIENCE)
    program.send(ESC)
    program.wait_for("v view")
    program.send(ESC)
    program.wait_for("enter send")
    program.ask("What did I ask for?")
    program.wait_for_answer()
    program.quit()

    program = start(columns=150, rows=45, **quick)
    program.wait_until_ready()
    program.wait_for("✓ done  ", "/image a lighthouse at dusk", "Latest", "a lighthouse at dusk", seconds=PATIENCE)
    program.send("\x1b[19~")
    program.wait_gone("Latest")
    program.send("\x1b[19~")
    program.wait_for("Latest", "alt+5 gallery")


def test_what_is_attached_is_what_the_picture_or_clip_begins_with(start: Start, quick: dict[str, str]) -> None:
    with TemporaryDirectory(prefix="m") as name:
        Image.new("RGB", (320, 200), "teal").save(Path(name) / "sea.png")
        program = start(columns=120, rows=40, **quick)
        program.wait_until_ready()
        program.ask(f"/video slow waves @{name}/sea.png")
        program.wait_for("/video slow waves [Image #1]", "[Image #1] sea.png", "✓ done", ".mp4", seconds=PATIENCE)
        program.send(alt("4"))
        program.wait_for("slow waves", "done")
        program.send(alt("1"))
        program.ask("/image")
        program.wait_for("The prompt follows the command")


def test_a_card_is_stopped_and_tried_again(start: Start, slow: dict[str, str]) -> None:
    program = start(columns=120, rows=40, **slow)
    program.wait_until_ready()
    program.ask("/video waves under a pier")
    program.wait_for("○ waiting", "in line", "ctrl+up, x cancels", "~$", seconds=PATIENCE)
    program.send(CTRL_UP)
    program.wait_for("esc back", "x cancel")
    program.send("x")
    program.wait_for("– cancelled", "r tries again", seconds=PATIENCE)
    program.send("r")
    program.wait_for("– cancelled", "○ waiting", "in line", seconds=PATIENCE)
    program.send("x")
    program.wait_until(lambda shown: shown.count("– cancelled") == 2, PATIENCE, what="both cancelled")


def test_a_budget_is_asked_about_first(start: Start, home: Path, quick: dict[str, str]) -> None:
    settings = home / "oxen-tui" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("budget_session = 0.01\n")
    program = start(columns=120, rows=40, **quick)
    program.wait_until_ready()
    program.ask("/image a cat")
    program.wait_for("Go over the budget of $0.01 for this session?", "sends it", seconds=PATIENCE)
    program.send(ESC)
    program.wait_for("/image a cat", "enter send")
    assert "done" not in program.text
    program.send(ENTER)
    program.wait_for("Go over the budget")
    program.send(ENTER)
    program.wait_for("✓ done", seconds=PATIENCE)


def test_a_picture_that_waits_for_an_answer_is_made_in_its_turn(start: Start, slow: dict[str, str]) -> None:
    program = start(columns=120, rows=40, **slow)
    program.wait_until_ready()
    program.ask("Tell me all about herons")
    program.wait_for("esc stop")
    program.ask("/image a heron at dusk")
    program.wait_for("1 · /image a heron at dusk", "waits for the answer")
    program.send(ESC)
    program.wait_for("– stopped", "enter sends it")
    program.send(ENTER)
    program.wait_for("○ waiting", "in line", "~$", seconds=PATIENCE)
    program.wait_until(
        lambda shown: "1 · /image" not in shown and shown.count("/image a heron at dusk") == 1, what="the wish, once"
    )
