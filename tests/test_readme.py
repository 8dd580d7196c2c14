"""What the README promises is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from oxen_tui.command_line import command_line
from oxen_tui.settings import parse_settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

COMMANDS = [line.strip() for line in README.splitlines() if line.startswith("    ")]
"""Indented lines, in order."""


def test_it_begins_with_the_command_that_starts_the_app() -> None:
    assert COMMANDS[0] == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/oxen-tui"


def test_its_second_command_is_the_last_line_of_ci() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()

    assert COMMANDS[1] == run[-1]
    assert "pytest" in COMMANDS[1]


def test_the_first_command_starts_what_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert list(project["scripts"]) == ["oxen-tui"]
    assert "test" in project["optional-dependencies"]
    assert project["requires-python"] == ">=3.11", "the README says which Python"


def test_the_files_it_names_exist() -> None:
    linked = re.findall(r"\]\(((?!https?:)[^)]+)\)", README)
    quoted = re.findall(r"`((?:tests|screenshots)/[^`]+|\.ci/run|LICENSE|CHANGELOG\.md)`", README)

    assert linked
    assert quoted
    assert [name for name in linked + quoted if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", README, re.DOTALL))
def test_its_settings_are_taken_without_a_warning(example: str) -> None:
    assert parse_settings(example, Path("settings.toml")).warnings == ()


def test_its_flags_and_variables_are_those_of_the_program() -> None:
    help_text = CliRunner().invoke(command_line, ["--help"]).output
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "oxen_tui").rglob("*.py"))

    for flag in set(re.findall(r"oxen-tui (--?\w+)|`(--\w+)", README)):
        assert "".join(flag) in help_text
    for variable in set(re.findall(r"OXEN_\w+", README)):
        assert variable in code


def test_the_actions_it_names_exist() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "oxen_tui").rglob("*.py"))
    actions = re.findall(r"[\"`]((?:app|pane|chat|composer|transcript)\.\w+)[\"`]", README)

    assert len(actions) > 10
    assert [action for action in actions if f'"{action}"' not in code and not action.startswith("pane.")] == []
