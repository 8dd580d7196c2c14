"""The tables of tools in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from oxen_tui.settings import SettingsError, load_settings, parse_settings, save_settings
from oxen_tui.tool_settings import ToolSettings

FULL = """\
[tools.tides]
command = ["~/bin/tides", "--json"]
description = "When the tide is high"
schema = { type = "object", properties = { at = { type = "string" } } }
confirm = "once"
timeout = 5
folder = "~/tides"

[tools.herd]
command = ["herd"]
schema = "herd.json"

[tools.read_file]
folders = ["~/notes"]

[tools.fetch_url]
private_addresses = true
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_every_field_of_a_tool_is_read(file: Path) -> None:
    settings = parse_settings(FULL, file)

    assert settings.tools["tides"] == ToolSettings(
        "tides",
        ("~/bin/tides", "--json"),
        "When the tide is high",
        {"type": "object", "properties": {"at": {"type": "string"}}},
        confirm="once",
        timeout=5.0,
        folder="~/tides",
    )
    assert settings.tools["herd"] == ToolSettings("herd", ("herd",), schema_file="herd.json")
    assert settings.tools["herd"].confirm == "always"
    assert settings.tools["read_file"].folders == ("~/notes",)
    assert settings.tools["fetch_url"].private_addresses
    assert settings.warnings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tools = 1", "is a table, not a number"),
        ("[tools]\ntides = 1", "is a table with a command"),
        ("[tools.tides]", "needs a command"),
        ("[tools.tides]\ncommand = 'rm -rf'", "is a list such as"),
        ("[tools.tides]\ncommand = ['']", "needs a command"),
        ("[tools.'a b']\ncommand = ['x']", "is no name for a tool"),
        ("[tools.calculator]\ncommand = ['x']", "is a tool that is built in"),
        ("[tools.tides]\ncommand = ['x']\nconfirm = 'maybe'", "is one of always, once, never"),
        ("[tools.tides]\ncommand = ['x']\ntimeout = 0", "is a number of seconds up to 3600"),
        ("[tools.tides]\ncommand = ['x']\ntimeout = true", "is a number of seconds up to 3600"),
        ("[tools.tides]\ncommand = ['x']\nschema = 1", "is a JSON schema as a table"),
        ("[tools.read_file]\nfolders = '~/x'", "is a list of folders"),
    ],
)
def test_a_mistake_in_a_tool_is_said_with_its_place(file: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_settings(text, file)
    assert said in str(error.value)
    assert str(file) in str(error.value)


def test_what_a_tool_cannot_have_is_a_warning(file: Path) -> None:
    settings = parse_settings("[tools.time]\nfolders = []\n[tools.tides]\ncommand = ['x']\nfoldr = ''", file)
    assert len(settings.warnings) == 2
    assert "perhaps folder was meant" in settings.warnings[1]


def test_tools_stay_as_they_are_when_something_else_is_saved(file: Path) -> None:
    file.write_text(FULL, encoding="utf-8")
    import dataclasses

    save_settings(file, dataclasses.replace(load_settings(file), theme="dark"))

    assert load_settings(file).tools == parse_settings(FULL, file).tools
    assert 'schema = { type = "object"' in file.read_text(encoding="utf-8")
