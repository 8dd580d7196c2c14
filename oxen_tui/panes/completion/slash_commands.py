"""The commands that a line beginning with a slash gives, and how a word is completed to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

ANY = "*"
"""Lines may stand in any argument."""


class SlashCommand(NamedTuple):
    name: str
    help: str
    action: str
    """The action that is run, as a binding would name it. `{}` stands for the words after the name."""
    argument: str = ""
    """What may follow the name, as shown in the completion."""
    takes_lines: str = ""
    """The first word of an argument under which lines of text may stand, or ANY; empty for a command of one line."""


COMMANDS = (
    SlashCommand("attach", "a picture, clip, sound, PDF or text", "attach", "[path or URL]"),
    SlashCommand("compare", "ask several models at once", "compare", "[question]", ANY),
    SlashCommand("connect", "server and API key", "app.connect"),
    SlashCommand("context", "what fills it, and ways out", "context"),
    SlashCommand("curl", "copy the request as curl, Python or JSON", "curl", "[python or json]"),
    SlashCommand("export", "write it to a file: md, json, html", "export", "[format or path]"),
    SlashCommand("fork", "go on in a conversation of its own", "fork"),
    SlashCommand("help", "keys and commands", "app.help"),
    SlashCommand("image", "make a picture, here in the conversation", "image", "prompt"),
    SlashCommand("import", "conversations from a file", "import", "[path]"),
    SlashCommand("inspect", "the last requests and raw events", "inspect"),
    SlashCommand("json", "the JSON of the answer on a page of its own", "json"),
    SlashCommand("map", "all branches of this conversation", "map"),
    SlashCommand("model", "choose the model", "pick_model", "[name]"),
    SlashCommand("new", "start a conversation", "new"),
    SlashCommand("open", "look at a picture or clip of the disk", "open", "[path]"),
    SlashCommand("params", "temperature, length and the like", "parameters"),
    SlashCommand("preset", "begin with a prompt, model and settings", "preset", "[name]"),
    SlashCommand("quit", "leave", "app.quit"),
    SlashCommand("rename", "title of this conversation", "rename", "[title]"),
    SlashCommand("retry", "ask the last question again", "retry_with", "[model]"),
    SlashCommand("save-json", "the JSON of the answer to a file", "save_json", "[path]"),
    SlashCommand("schema", "a JSON Schema that answers follow", "schema", "[path, once, edit or off]"),
    SlashCommand("search", "find what was ever said", "search", "[words]"),
    SlashCommand("sessions", "conversations", "conversations"),
    SlashCommand("smaller", "send attached pictures smaller", "smaller"),
    SlashCommand("system", "what stands before every question", "system_prompt", "[text]"),
    SlashCommand("template", "a text with fields to fill in", "template", "[name, or save NAME]", "save"),
    SlashCommand("theme", "colours", "app.change_theme", "[name]"),
    SlashCommand("title", "ask a model for a title", "title"),
    SlashCommand("tools", "what the model may call", "tools"),
    SlashCommand("usage", "tokens and money", "usage"),
    SlashCommand("video", "make a clip, here in the conversation", "video", "prompt"),
)


def completions(line: str, used: Sequence[str] = ()) -> Sequence[SlashCommand]:
    """Commands that the line so far may become, nearest first. Nothing once an argument has begun.

    Args:
        line: What is typed.
        used: Names of those used lately, the last one first: they stand first while nothing is typed yet.
    """
    if not line.startswith("/") or " " in line or "/" in line[1:]:
        return ()
    typed = line[1:].casefold()
    if not typed:
        places = {name: place for place, name in enumerate(used)}
        return sorted(COMMANDS, key=lambda each: places.get(each.name, len(places)))
    ranked = [(rank, each) for each in COMMANDS if (rank := _distance(each, typed)) is not None]
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _distance(command: SlashCommand, typed: str) -> int | None:
    """How far what is typed is from a command; None where it does not mean it."""
    name = command.name
    if name.startswith(typed):
        return 0
    if typed in name:
        return 1
    if len(typed) > 2 and any(word.startswith(typed) for word in command.help.casefold().split()):
        return 2
    letters = iter(name)  # all that is typed, in order, from the first letter on
    return 3 if len(typed) > 1 and name[0] == typed[0] and all(each in letters for each in typed) else None


def parse(line: str) -> tuple[SlashCommand, str] | None:
    """The command and its argument; None where the line is no command (a path, a slash in a text)."""
    first, below, _ = line.partition("\n")
    name, _, word = first[1:].partition(" ")
    if not line.startswith("/"):
        return None
    for command in COMMANDS:
        if command.name == name.casefold():
            lines = command.takes_lines
            if below and lines != ANY and (not lines or word.partition(" ")[0].casefold() != lines):
                return None
            return command, line[1 + len(name) :].strip()
    return None
