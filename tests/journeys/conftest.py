"""What every journey needs: a user's folder, a server, the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.forked_program import ForkServer
from tests.journeys.plays import words
from tests.journeys.program import OxenTui, ctrl, environment

Start = Callable[..., OxenTui]


@pytest.fixture(scope="session", autouse=True)
def _forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Starts of the program cost half, as long as the tests run."""
    with ForkServer(environment(tmp_path_factory.mktemp("nobody"))) as OxenTui.forks:
        yield
    OxenTui.forks = None


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of a user who starts the program for the first time."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    """A server that answers as a test tells it; before that, a sentence."""
    with CompatibleServer(words("A plain answer of some words.")) as running:
        yield running


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Starts the program; as often as wanted, ended with the test. Arguments as `OxenTui`, without the home."""
    with ExitStack() as running:
        yield lambda *arguments, **more: running.enter_context(OxenTui(home, *arguments, **more))


@pytest.fixture(scope="module")
def shared_server() -> Iterator[CompatibleServer]:
    """A server for all tests of a module; each tells it first how to answer."""
    with CompatibleServer(words("A plain answer of some words.")) as running:
        yield running


@pytest.fixture(scope="module")
def shared_program(tmp_path_factory: pytest.TempPathFactory, shared_server: CompatibleServer) -> Iterator[OxenTui]:
    home = tmp_path_factory.mktemp("home")
    with OxenTui(home, OXEN_BASE_URL=shared_server.base_url, OXEN_API_KEY="key-of-the-test") as program:
        program.wait_until_ready()
        program.wait_for("model-one")
        yield program


@pytest.fixture
def new_chat(shared_program: OxenTui) -> OxenTui:
    """A new conversation in a program that goes on from test to test: none may be harmed by the one before."""
    shared_program.send(ctrl("n"))
    shared_program.wait_until(lambda shown: "▐ you" not in shown, what="an empty page")
    shared_program.wait_until_ready()
    return shared_program


@pytest.fixture
def chat(start: Start, server: CompatibleServer) -> OxenTui:
    """The program at that server, ready for a question."""
    program = start(OXEN_BASE_URL=server.base_url, OXEN_API_KEY="key-of-the-test")
    program.wait_until_ready()
    program.wait_for("model-one")
    return program
