from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from oxen_tui.commands.demo import demo


def test_it_says_where_it_is_and_that_its_answers_are_made_up() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "oxen_tui", "demo", "--port", "0", "--pace", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OXEN_API_KEY": "real"},
    )
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(10)]
        said = dict(line.strip().removeprefix("export ").split("=", 1) for line in lines if "export" in line)

        assert "made up" in "".join(lines)
        assert said["OXEN_BASE_URL"] in lines[0]
        request = urllib.request.Request(
            said["OXEN_BASE_URL"].removesuffix("/ai") + "/users/me",
            headers={"Authorization": f"Bearer {said['OXEN_API_KEY']}"},
        )
        with urllib.request.urlopen(request) as answer:
            assert b"username" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert err == ""


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(demo, ["--port", str(taken.getsockname()[1])])

    assert result.exit_code == 2
    assert "cannot listen" in result.stderr
    assert "--port 0" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["--port", "70000"], ["--port", "x"], ["--pace", "-1"], ["--pace", "inf"], ["--pace", "nan"]]
)
def test_a_number_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(demo, arguments)

    assert result.exit_code == 2
    assert arguments[0] in result.stderr
