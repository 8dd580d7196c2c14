"""Models in a real terminal against the demo service: found, read about, compared, copied, woken, used."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.program import DOWN, ENTER, ESC, PROJECT, TAB, OxenTui, alt, ctrl

CLEAR = ctrl("u")
_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)")


class Demo:
    """A demo service that hurries, which goes on while programs come and go."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        self.key: str = said["token"]
        self.variables = {"OXEN_BASE_URL": said["base_url"], "OXEN_API_KEY": said["token"]}


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", "--pace", "10", "--die-with-stdin"]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Demo(process)
        process.terminate()


@pytest.fixture(scope="module")
def program(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxenTui]:
    """The program with the list of models open; goes on from test to test."""
    with OxenTui(tmp_path_factory.mktemp("home"), columns=120, rows=40, **demo.variables) as running:
        running.wait_until_ready()
        yield running


@pytest.fixture
def models(program: OxenTui) -> OxenTui:
    """The same, with an empty filter and the keys in the list."""
    program.send(alt("2"))
    program.wait_for("Catalogue of", "/ filter")
    program.send("/" + CLEAR)
    program.wait_for("/ words, or output:video", "tab complete")
    program.send(ESC)
    program.wait_for("/ filter")
    return program


def find(program: OxenTui, words: str, *found: str) -> None:
    """Type into the filter, all at once, and go to the list."""
    program.send("/" + CLEAR + words)
    program.wait_for(f"/ {words}", *found)
    program.send(ENTER)
    program.wait_for("/ filter")


def copied(program: OxenTui) -> str:
    """What was put on the clipboard last."""
    return base64.b64decode(_CLIPBOARD.findall(program.raw)[-1]).decode()


def test_facets_are_completed_and_leave_what_they_mean(models: OxenTui) -> None:
    models.send("/output:video inp")
    models.wait_for("what it takes")
    models.send(TAB + "im" + TAB + "dev" + TAB)
    models.wait_for("input:image developer:", "Marsh Laboratory")
    models.send("mar" + TAB + "price:<0.10 has:seed")
    models.wait_for("1 of ", "tern-2-pro")
    models.send(ENTER)
    models.wait_for("enter create", "Tern 2 Pro")


def test_a_star_puts_a_model_on_top_and_is_there_elsewhere(models: OxenTui, demo: Demo, home: Path) -> None:
    find(models, "grebe", "1 of ")
    models.send("s")
    models.wait_until(lambda shown: bool(re.search(r"★ grebe-nano", shown)), what="the star")
    with OxenTui(home, columns=120, rows=40, **demo.variables) as other:
        other.wait_until_ready()
        other.send(alt("2"))
        other.wait_for("Favourites", "★ grebe-nano")


def test_two_models_are_compared(models: OxenTui) -> None:
    find(models, "tern-2", "tern-2-pro")
    models.send(" ")
    models.wait_until(lambda shown: bool(re.search(r"●[★ ] tern-2-pro", shown)), what="the mark")
    find(models, "harbour", "harbour-live")
    models.send(" x")
    models.wait_for("differences", "Tern 2 Pro", "Harbour Live", "Fields that differ", "$0.10 / s")
    models.send("a")
    models.wait_for("kind  ")
    models.send(ESC)
    models.wait_until(lambda shown: bool(re.search(r"●[★ ] harbour-live", shown)), what="the list again")


def test_a_request_is_copied_and_the_key_is_not_in_it(models: OxenTui, demo: Demo) -> None:
    find(models, "tern-2", "tern-2-pro")
    models.send("R" + TAB)
    models.wait_for("minimal", "curl", "m minimal or full")
    models.send("y")
    models.wait_for("Copied the curl request")
    assert copied(models).startswith("curl ")
    models.send("mpy")
    models.wait_for("Copied the Python request", "import ")
    assert "import " in copied(models)
    assert demo.key.encode() not in models.raw
    assert demo.key not in copied(models)
    models.send("O")
    models.wait_for("Name to send", "esc back")
    models.send(ESC)


def test_a_schema_is_searched(models: OxenTui) -> None:
    find(models, "tern-2", "tern-2-pro")
    models.send("S" + TAB)
    models.wait_for("negative_prompt", "enter fold")
    models.send("/resol" + ENTER)
    models.wait_for("1080p", "$0.20 / s")
    models.wait_gone("negative_prompt")
    models.send(ESC)
    models.wait_for("negative_prompt")
    models.send("O")
    models.wait_for("Name to send", "esc back")
    models.send(ESC)


def test_a_custom_model_is_woken_once_the_user_has_said_so(models: OxenTui) -> None:
    find(models, "plates-tuned", "asleep")
    models.send("a")
    models.wait_for("Wake ada/plates-tuned?", "$0.0011 / s")
    models.send(ESC)
    models.wait_gone("Wake ada/plates-tuned?")
    models.send("a")
    models.wait_for("Wake ada/plates-tuned?")
    models.send(ENTER)
    models.wait_for("waking 0:0")
    models.wait_for("✓ awake", "ada/plates-tuned is awake")
    models.send("a")
    models.wait_for("Put ada/plates-tuned to sleep?")
    models.send(ENTER)
    models.wait_for("○ asleep")


def test_a_custom_model_that_cannot_wake_says_why(demo: Demo, home: Path) -> None:
    # Of its own: keys leave the toast for some seconds, and it covers what other tests look for.
    with OxenTui(home, columns=120, rows=40, **demo.variables) as program:
        program.wait_until_ready()
        program.send(alt("2"))
        program.wait_for("Catalogue of", "/ filter")
        find(program, "finch-brave", "asleep")
        program.send("a")
        program.wait_for("Wake ada:finch-brave-cobalt?")
        program.send(ENTER)
        program.wait_for("✕ failed", "✕ ada:finch-brave-cobalt did not wake")


@pytest.mark.parametrize(
    ("words", "place", "shown"), [("agate", "3 Create", "agate-restore"), ("curlew", "1 Chat", "curlew-32b-open")]
)
def test_enter_leads_to_where_a_model_is_used(words: str, place: str, shown: str, models: OxenTui) -> None:
    find(models, words, "1 of ")
    models.send(ENTER)
    models.wait_for(f"▌{place}", shown)


def test_a_small_terminal_needs_no_more_than_keys(demo: Demo, home: Path) -> None:
    with OxenTui(home, columns=60, rows=20, **demo.variables) as program:
        program.wait_until_ready()
        program.send(alt("2"))
        program.wait_for("heron-3-pro", "enter details")
        program.send("/tern" + DOWN)
        program.wait_for("tern-2-pro")
        program.send(ENTER)
        program.wait_for("Overview", "Name to send  tern-2-pro", "Create")
        program.send("S")
        program.wait_for("resolution", "720p")
        program.send("c")
        program.wait_for("▌3 Create", "tern-2-pro")
        program.send(alt("2"))
        program.wait_for("esc back")
        program.send(ESC)
        program.wait_for("/ tern", "enter details")


def test_examples_of_a_model_are_fetched_on_a_key_and_shown(models: OxenTui) -> None:
    find(models, "plume-video", "1 of ")
    models.wait_for("2 examples", "v shows them")
    models.send("v")
    models.wait_for("noon.mp4", "1 of 2", "Waves that come and go, 4 s", "Waves on a beach at noon, gulls")
    models.wait_until(lambda _: len({cell[2] for row in models.cells for cell in row}) > 40, what="its poster")
    models.send("n")
    models.wait_for("snow.mp4", "2 of 2")
    models.send("e")
    models.wait_for("Snow falling on a pine forest, winter night", "prompt")
