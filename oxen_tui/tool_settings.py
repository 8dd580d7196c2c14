"""The tables `[tools.NAME]` of the settings: tools of the user's own, and what built-in ones may do. A leaf."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from oxen_tui.safe_text import clean, clean_line
from oxen_tui.toml_text import Document
from oxen_tui.toml_values import TomlValues

BUILT_IN: Final = (
    *("time", "calculator", "read_file", "fetch_url", "search_history", "list_models", "make_image", "make_video"),
)
CONFIRM: Final = ("always", "once", "never")
"""When the user is asked before a command runs: each time, once in a conversation, never."""

USUAL_TIMEOUT: Final = 60.0
_LONGEST_TIMEOUT: Final = 3600.0
_OF_BUILT_IN: Final = {"read_file": ["folders"], "fetch_url": ["private_addresses"]}
_OF_COMMANDS: Final = ["command", "description", "schema", "confirm", "timeout", "folder"]
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What servers take as the name of a function."""


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """What the file says of one tool."""

    name: str
    command: tuple[str, ...] = ()
    """Program and arguments, run without a shell; empty for a built-in tool."""
    description: str = ""
    """For the model."""
    schema: Mapping[str, Any] = field(default_factory=dict)
    """Of its arguments; empty where `schema_file` says it, or where there are none."""
    schema_file: str = ""
    """Relative to the folder of the settings."""
    confirm: str = "always"
    """One of `CONFIRM`."""
    timeout: float = USUAL_TIMEOUT
    """Seconds."""
    folder: str = ""
    """Where the command runs; empty for the user's home."""
    folders: tuple[str, ...] = ()
    """What `read_file` may read."""
    private_addresses: bool = False
    """Whether `fetch_url` may fetch from this machine and its network."""


def read_tools(values: TomlValues, document: Document) -> dict[str, ToolSettings]:
    """The tools of a settings file, in its order.

    Raises:
        SettingsError: One has a name that servers refuse, no command, or a value of the wrong type.
    """
    tools = {}
    for name, table in values.value(document, dict, {}, "tools").items():
        if not isinstance(table, dict):
            raise values.error("is a table with a command", "tools", name)
        if name in BUILT_IN:
            tools[name] = _built_in(values, name, table)
            continue
        if not _NAME.fullmatch(name):
            raise values.error("is no name for a tool: letters, digits, _ and -, 64 at most", "tools", name)
        tools[name] = _command(values, name, table)
    return tools


def _built_in(values: TomlValues, name: str, table: Document) -> ToolSettings:
    if "command" in table:
        raise values.error("is a tool that is built in: give the command another name", "tools", name)
    values.warn_of_unknown(table, _OF_BUILT_IN.get(name, []), "tools", name)
    return ToolSettings(
        name,
        folders=_texts(values, table, "a list of folders", "tools", name, "folders"),
        private_addresses=values.value(table, bool, False, "tools", name, "private_addresses"),
    )


def _command(values: TomlValues, name: str, table: Document) -> ToolSettings:
    values.warn_of_unknown(table, _OF_COMMANDS, "tools", name)
    command = _texts(values, table, 'a list such as ["~/bin/tides", "--json"]', "tools", name, "command")
    if not command or not command[0].strip():
        raise values.error('needs a command, such as ["~/bin/tides", "--json"]', "tools", name)
    schema = table.get("schema", {})
    if not isinstance(schema, dict | str):
        raise values.error("is a JSON schema as a table, or the path of one", "tools", name, "schema")
    confirm = table.get("confirm", CONFIRM[0])
    if confirm not in CONFIRM:
        raise values.error(f"is one of {', '.join(CONFIRM)}", "tools", name, "confirm")
    timeout = table.get("timeout", USUAL_TIMEOUT)
    if type(timeout) not in (int, float) or not 0 < timeout <= _LONGEST_TIMEOUT:
        raise values.error(f"is a number of seconds up to {_LONGEST_TIMEOUT:.0f}", "tools", name, "timeout")
    return ToolSettings(
        name,
        command,
        clean(values.value(table, str, "", "tools", name, "description")).strip(),
        schema if isinstance(schema, dict) else {},
        schema if isinstance(schema, str) else "",
        confirm,
        float(timeout),
        values.value(table, str, "", "tools", name, "folder").strip(),
    )


def _texts(values: TomlValues, table: Document, what: str, *path: str) -> tuple[str, ...]:
    entries = table.get(path[-1], [])
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise values.error(f"is {clean_line(what)}", *path)
    return tuple(entries)
