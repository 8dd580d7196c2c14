"""Texts with fields are kept, filled in and put into the message, and nothing is sent by itself."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.program import ENTER, ESC, TAB, OxenTui, ctrl

DELETE, F2, F4 = "\x1b[3~", "\x1bOQ", "\x1bOS"
RIGHT = "\x1b[C"


def test_a_template_is_kept_filled_in_and_asked(chat: OxenTui, server: CompatibleServer) -> None:
    folder = chat.kept / "config" / "templates"
    chat.ask("/template save x")
    chat.wait_for("There is nothing to keep")
    chat.send(
        "/template save letter" + ctrl("j") + "A {{tone|kind|blunt}} letter to {{name}}:" + ctrl("j") + "{{text}}"
    )
    chat.send(ENTER)
    chat.wait_for("Kept · /template letter writes it")
    assert (folder / "letter.md").read_text() == "A {{tone|kind|blunt}} letter to {{name}}:\n{{text}}\n"
    (folder / "plain.md").write_text("Without fields")

    chat.ask("/template")
    chat.wait_for("Templates", "letter", "plain", "A {{tone|kind|blunt}} letter to {{name}}:", "enter fills it in")
    chat.send("fields")
    chat.wait_until(lambda shown: "letter" not in shown.split("enter fills")[0], what="only the other one")
    chat.send("\x7f" * 6 + "letter" + ENTER)
    chat.wait_for("tone", "kind   blunt", "name", "text", "enter next")
    chat.send(RIGHT + TAB)
    chat.wait_for("ctrl+j newline")
    chat.send("Ada" + TAB)
    chat.wait_for("▐ Ada")
    chat.send("one" + ctrl("j") + "two")
    chat.wait_for("▐ two")
    chat.send(ENTER)
    chat.wait_for("▐ A blunt letter to Ada:", "▐ one", "▐ two", "enter send")
    assert not server.chats
    chat.send(ENTER)
    assert server.wait_for_chat(1).said == ["user: A blunt letter to Ada:\none\ntwo"]
    chat.wait_for_answer("A plain answer")

    chat.ask("/template let")
    chat.wait_for("kind   blunt", "Ada", "one", "two")  # as they were filled in last
    chat.send(ESC)
    chat.wait_gone("kind   blunt")
    assert len(server.chats) == 1


def test_templates_are_edited_renamed_and_deleted(start: Start, server: CompatibleServer) -> None:
    program = start(
        OXEN_BASE_URL=server.base_url,
        EDITOR='sh -c \'printf "\\nMore." >> "$1"\' edit',
        columns=60,
        rows=20,
    )
    program.wait_until_ready()
    folder = program.kept / "config" / "templates"
    folder.mkdir(parents=True)
    (folder / "first.md").write_text("Once.\n")
    program.ask("/template")
    program.wait_for("first", "Once.")
    program.send(F4)
    program.wait_until(lambda _: (folder / "first.md").read_text() == "Once.\nMore.\n", what="what the editor wrote")
    program.wait_for("first changed")
    program.wait_until_ready()

    program.ask("/template")
    program.wait_for("first", "More.")
    program.send(F2)
    program.wait_for("Name of the template")
    program.send("first two" + ENTER)
    program.wait_for("is called first two now")
    program.ask("/template")
    program.wait_for("first two", "Once.")
    program.send(DELETE)
    program.wait_for("first two deleted")
    assert not list(folder.iterdir())
    program.read()
    program.send("u")
    program.wait_until(lambda _: (folder / "first two.md").exists(), what="the template that was deleted")
    program.send(ESC)
    program.wait_until_ready()
    program.ask("/template first two")
    program.wait_for("▐ Once.", "▐ More.")
    assert not server.chats
