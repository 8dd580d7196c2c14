from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from oxen_tui import __version__
from oxen_tui.command_line import command_line
from oxen_tui.paths import Paths
from oxen_tui.services.gallery.opened_files import OpenedFile
from oxen_tui.services.server.connection import Place
from oxen_tui.settings import Settings
from oxen_tui.setup_error import SetupError
from oxen_tui.terminal.picture_mode import Choice
from oxen_tui.terminal.probe import TerminalFacts


class FakeApp:
    """Stands in the place of `oxen_tui.app` and remembers what it was opened with."""

    def __init__(self) -> None:
        self.opened: list[tuple[Place, Paths, Settings]] = []
        self.error: SetupError | None = None

    def run_app(
        self,
        place: Place,
        paths: Paths,
        settings: Settings,
        facts: TerminalFacts,
        choice: Choice,
        files: Sequence[OpenedFile],
    ) -> int:
        self.facts, self.choice, self.files = facts, choice, files
        self.opened.append((place, paths, settings))
        if self.error is not None:
            raise self.error
        return 0


Start = Callable[..., Result]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> FakeApp:
    fake = FakeApp()
    module = ModuleType("oxen_tui.app")
    module.run_app = fake.run_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "oxen_tui.app", module)
    return fake


@pytest.fixture
def start(app: FakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Runs the command line in a home of its own and, unless said otherwise, in a terminal."""

    def run(*arguments: str, terminal: bool = True, **environ: str) -> Result:
        monkeypatch.setattr("oxen_tui.opening._is_terminal", lambda _: terminal)
        cleared = {name: None for name in os.environ if name.startswith("OXEN_")}
        home = {"HOME": str(tmp_path), "OXEN_TUI_HOME": str(tmp_path / "ox")}
        return CliRunner().invoke(command_line, arguments, env=cleared | home | environ)

    return run


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    file = tmp_path / "ox" / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    return file


class TestOpening:
    def test_a_fresh_machine_opens_on_the_demo(self, start: Start, app: FakeApp, tmp_path: Path) -> None:
        result = start()

        assert result.exit_code == 0, result.output
        place, paths, settings = app.opened[0]
        assert place.is_demo
        assert settings == Settings()
        assert paths.data == tmp_path / "ox" / "data"
        assert paths.data.is_dir()

    def test_a_key_opens_on_oxen(self, start: Start, app: FakeApp) -> None:
        start(OXEN_API_KEY="k")

        assert app.opened[0][0].name == "oxen"

    def test_flags_reach_the_place(self, start: Start, app: FakeApp, settings_file: Path) -> None:
        settings_file.write_text('[profiles.local]\nbase_url = "http://127.0.0.1:8080/v1"\n')

        start("--profile", "local", "-m", "qwen3")
        start("--demo", "--model", "other", OXEN_API_KEY="k")

        assert (app.opened[0][0].name, app.opened[0][0].model) == ("local", "qwen3")
        assert (app.opened[1][0].name, app.opened[1][0].model) == ("demo", "other")


class TestBadInput:
    """Each is said on stderr, with what to do, and ends with exit code 2."""

    def said(self, result: Result, *words: str) -> None:
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        title, advice = result.stderr.splitlines()
        assert title.startswith("oxen-tui: ")
        assert advice.endswith(".")
        for word in words:
            assert word in result.stderr

    def test_settings_that_are_no_toml(self, start: Start, app: FakeApp, settings_file: Path) -> None:
        settings_file.write_text("theme = \n")

        self.said(start(), str(settings_file), "line 1", "Mend")
        assert app.opened == []

    def test_settings_of_the_wrong_type(self, start: Start, settings_file: Path) -> None:
        settings_file.write_text("theme = 3\n")

        self.said(start(), "theme is a string, not a number")

    def test_settings_that_cannot_be_read(self, start: Start, settings_file: Path) -> None:
        settings_file.mkdir()

        self.said(start(), str(settings_file), "cannot be read")

    def test_an_address_that_is_none(self, start: Start) -> None:
        self.said(start(OXEN_BASE_URL="127.0.0.1:8080/v1"), "OXEN_BASE_URL", "http://")

    def test_a_key_that_is_none_and_is_not_shown(self, start: Start) -> None:
        result = start(OXEN_API_KEY="SFMyNTY two")

        self.said(result, "OXEN_API_KEY", "Copy the key again")
        assert "SFMyNTY" not in result.output

    def test_no_key_where_one_is_needed(self, start: Start) -> None:
        self.said(start("--profile", "oxen"), "no API key", "OXEN_API_KEY", "--demo")

    def test_an_unknown_profile(self, start: Start) -> None:
        self.said(start("--profile", "nope"), "nope", "demo, oxen")

    def test_a_home_that_cannot_be_written(self, start: Start, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")

        self.said(start(OXEN_TUI_HOME=str(tmp_path / "file" / "ox")), "cannot be written", "OXEN_TUI_HOME")

    def test_no_terminal(self, start: Start, app: FakeApp) -> None:
        self.said(start(terminal=False), "not a terminal", "ssh -t")
        assert app.opened == []

    def test_what_the_app_says_before_it_opens(self, start: Start, app: FakeApp) -> None:
        app.error = SetupError("The store is damaged \x1b[2J", "Move it away.")

        result = start()

        self.said(result, "The store is damaged", "Move it away.")
        assert "\x1b" not in result.stderr

    def test_an_option_that_does_not_exist(self, start: Start) -> None:
        result = start("--no-such-thing")

        assert result.exit_code == 2
        assert "No such option" in result.stderr


def test_the_version_is_one_line(start: Start) -> None:
    assert start("--version").output == f"oxen-tui {__version__}\n"


def test_help_names_every_flag_and_command(start: Start) -> None:
    output = start("--help").output

    for word in (
        "--demo",
        "--profile",
        "--model",
        "--version",
        "OXEN_API_KEY",
        "OXEN_BASE_URL",
        "demo service alone",
    ):
        assert word in " ".join(output.split())


def test_a_pipe_is_no_terminal(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "oxen_tui", "--demo"],
        input="",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OXEN_TUI_HOME": str(tmp_path)},
    )

    assert run.returncode == 2
    assert run.stderr.startswith("oxen-tui: This is not a terminal\n")
    assert run.stdout == ""
