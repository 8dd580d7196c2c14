"""A start that cannot go well says what is wrong and what to do: on stderr with exit code 2, or in the app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import page
from tests.journeys.program import PROJECT, environment


def refused(home: Path, *arguments: str, **variables: str) -> str:
    """What a start that must fail says on stderr."""
    command = [sys.executable, "-m", "oxen_tui", *arguments]
    ended = subprocess.run(
        command, env=environment(home, **variables), cwd=PROJECT, capture_output=True, text=True, timeout=20
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_from_a_pipe_it_says_that_it_needs_a_terminal(home: Path) -> None:
    assert "This is not a terminal" in refused(home)


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (("--profile", "nowhere"), {}, ("There is no profile nowhere", "settings.toml")),
        (("--profile", "oxen"), {}, ("There is no API key for hub.oxen.ai", "OXEN_API_KEY", "/connect")),
        (("--demo", "--profile", "oxen"), {}, ("exclude each other",)),
        (("--nonsense",), {}, ("No such option", "--nonsense")),
        ((), {"OXEN_BASE_URL": "nonsense"}, ("OXEN_BASE_URL", "http")),
        ((), {"OXEN_API_KEY": "two words"}, ("OXEN_API_KEY holds no API key",)),
    ],
)
def test_a_command_line_that_cannot_be_is_said(
    arguments: tuple[str, ...], variables: dict[str, str], said: tuple[str, ...], home: Path
) -> None:
    words = refused(home, *arguments, **variables)
    assert [each for each in said if each not in words] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"theme = \n", "line 1"),
        (b"theme = 7\n", "theme"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[profiles.x]\nmodel = 'm'\n", "base_url"),
    ],
)
def test_a_settings_file_that_cannot_be_read_is_named_with_the_place(content: bytes, said: str, home: Path) -> None:
    file = home / "oxen-tui" / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    words = refused(home)
    assert str(file) in words
    assert said in words
    assert file.read_bytes() == content


def test_a_settings_file_that_is_a_folder_is_said(home: Path) -> None:
    (home / "oxen-tui" / "config" / "settings.toml").mkdir(parents=True)
    assert "settings.toml cannot be read" in refused(home)


def test_a_home_where_nothing_can_be_kept_is_said(home: Path) -> None:
    (home / "file").write_text("a file where a folder should be")
    words = refused(home, OXEN_TUI_HOME=str(home / "file" / "below"))
    assert "cannot be written" in words
    assert "OXEN_TUI_HOME" in words


def test_a_damaged_store_is_said_and_left_as_it_is(home: Path, start: Start) -> None:
    data = home / "oxen-tui" / "data"
    data.mkdir(parents=True)
    (data / "demo.sqlite3").write_bytes(b"this is no database" * 1000)
    program = start()
    assert program.wait_for_end() == 2
    assert "Traceback" not in program.text
    assert "demo.sqlite3" in program.text.replace("\n", "")
    assert program.left_as_it_was() == []
    assert (data / "demo.sqlite3").read_bytes().startswith(b"this is no database")


def test_an_unknown_host_is_said_in_the_chat(start: Start) -> None:
    program = start("-m", "some-model", OXEN_BASE_URL="http://no-such-host.invalid/v1")
    program.wait_until_ready()
    program.ask("Are you there?")
    program.echo_keys()
    program.wait_for("Are you there?", "✕ No such host: no-such-host.invalid", "r regenerate", seconds=20)
    program.echo_keys()
    assert program.quit() == 0


def test_an_address_without_an_api_is_said_in_the_chat(start: Start, server: CompatibleServer) -> None:
    server.models = server.me = page()
    server.answer_with(page())
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("no model list: This address is not an inference API")
    program.ask("Are you there?")
    program.wait_for("No model is known here")
    program.wait_for("Are you there?")
    program.ask("")
    assert program.quit() == 0


def test_a_model_that_is_not_there_is_said_in_the_chat(start: Start) -> None:
    program = start("-m", "no-such-model")
    program.wait_until_ready()
    program.ask("Are you there?")
    program.wait_for("✕ Unknown model.", "ctrl+l", "no-such-model", "r regenerate")
    program.echo_keys()
