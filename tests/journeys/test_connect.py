"""`/connect`: a key is tested, kept for this user alone, and the program goes where it belongs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]
import pytest

from tests.journeys.conftest import Start
from tests.journeys.program import ENTER, ESC, PROJECT, TAB, OxenTui, ctrl

SHIFT_TAB = "\x1b[Z"


@dataclass(frozen=True)
class Service:
    base_url: str
    token: str


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A server with keys and users: the demo service alone, in a process of its own."""
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", "--pace", "0", "--die-with-stdin"]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        yield Service(said["base_url"], said["token"])
        process.terminate()


def enter(program: OxenTui, address: str, key: str) -> None:
    """Fill in the dialog and send it."""
    program.wait_for_bar("paste it here")
    program.send(SHIFT_TAB)
    program.wait_for_bar("http")
    program.send(ctrl("u") + address)
    program.wait_for(address)
    program.send(TAB)
    program.wait_for_bar("paste it here")
    program.send(key + ENTER)


def test_a_wrong_key_is_refused_in_words_and_a_good_one_is_kept_and_used(start: Start, service: Service) -> None:
    program = start(columns=120)
    program.wait_until_ready()
    program.wait_for("demo", "ada")
    program.ask("hello from the demo fault: fast")
    program.wait_for_answer()
    embedded = psutil.Process(program.pid).children()
    program.ask("/connect")
    program.wait_for("Connect", "API key")
    enter(program, service.base_url, "not-the-key")
    program.wait_for("The API key was not accepted")
    assert not (program.kept / "config" / "credentials.toml").exists()
    program.send(ctrl("u") + service.token + ENTER)
    program.wait_for("✓ signed in as ada", "No conversations yet")
    program.wait_gone("hello from the demo", " demo ")
    assert psutil.wait_procs(embedded, 10)[1] == [], "the embedded demo still runs"
    kept = program.kept / "config" / "credentials.toml"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert service.token in kept.read_text()
    assert service.token.encode() not in program.raw
    program.ask("hello from the other side")
    program.wait_for_answer()
    assert program.quit() == 0

    again = start(columns=120)
    again.wait_for("hello from the other side", service.base_url.split("/")[2])
    assert "hello from the demo" not in again.text
    assert again.quit() == 0

    demo = start("--demo", columns=120)
    demo.wait_for("hello from the demo", " demo ")
    assert "hello from the other side" not in demo.text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "The address"),
        ("http://127.0.0.1:9", "127.0.0.1:9 refused the connection"),
    ],
)
def test_a_place_that_cannot_be_is_said_and_the_demo_stays(address: str, said: str, start: Start) -> None:
    program = start()
    program.wait_until_ready()
    program.ask("/connect")
    program.wait_for("Connect", "API key")
    enter(program, address, "some-key")
    program.wait_for(said)
    program.send(ESC)
    program.wait_for("demo", "enter send")
    program.echo_keys()
