"""Panes, palette, help and keys that were bound anew."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.program import ENTER, ESC, TAB, OxenTui, alt, ctrl

F5 = "\x1b[15~"


def test_numbers_go_to_the_panes(chat: OxenTui) -> None:
    for number, pane in enumerate(("models", "create", "queue", "gallery"), 2):
        chat.send(alt(str(number)))
        chat.wait_for(f"▌{number} {pane.capitalize()}")
    chat.send("4")
    chat.wait_for("▌4 Queue")
    chat.send("1")
    chat.wait_for("▌1 Chat", "Message, / for commands")
    chat.send("2")  # in the composer a number is a number
    chat.wait_for("▐ 2")
    chat.send(alt("4") + alt("1"))
    chat.wait_for("▐ 2", "▌1 Chat")


def test_the_palette_opens_and_runs_a_command(chat: OxenTui) -> None:
    chat.send(ctrl("p"))
    chat.wait_for("Rename the conversation", "New conversation")
    chat.send("choose the mo")
    chat.wait_gone("New conversation")
    chat.send(ENTER)
    chat.wait_for("Model for the next question")
    chat.send(ESC)
    chat.wait_for("enter send")


def test_help_shows_the_keys_of_where_the_focus_is(chat: OxenTui) -> None:
    chat.ask("Something")
    chat.wait_for_answer("A plain answer")
    chat.read()
    chat.send("?")
    chat.wait_for("Keys: chat", "Regenerate", "Copy code")
    chat.send(ESC)
    chat.wait_for("A plain answer", "y copy")
    chat.send(ESC)
    chat.wait_for("enter send")
    chat.send("?")  # in the composer a question mark is one
    chat.wait_until(lambda shown: "▐ ?" in shown)


def test_slash_commands_are_completed(chat: OxenTui) -> None:
    chat.send("/mo")
    chat.wait_for("/model", "choose the model")
    chat.send(TAB)
    chat.wait_until(lambda shown: "▐ /model" in shown)
    chat.send("another-model" + ENTER)
    chat.wait_gone("/model")
    chat.wait_for("another-model")


def test_a_key_bound_anew_works_and_is_shown(home: Path, start: Start, server: CompatibleServer) -> None:
    settings = home / "oxen-tui" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\n"chat.new" = ["f5"]\n"composer.send" = "ctrl+d"\n"no.such" = "f6"\n')
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_for("Message, / for commands", "ctrl+d send", "f5 new", "model-one")
    program.send("Sent by another key" + ctrl("d"))
    program.wait_for_answer("A plain answer")
    program.send(F5)
    program.wait_gone("A plain answer")
