"""Answers as JSON by a schema: asked for, shown as a tree, checked, looked through, saved."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer, words
from tests.journeys.program import ENTER, ESC, OxenTui, ctrl

BILL = {"type": "object", "properties": {"price": {"type": "number"}}, "required": ["price"]}
CTRL_UP = "\x1b[1;5A"


def give_schema(program: OxenTui, schema: object = BILL) -> None:
    (program.home / "bill.json").write_text(json.dumps(schema))
    program.ask("/schema bill.json")
    program.wait_for("{} bill")


def test_an_answer_becomes_a_tree_with_its_problems_and_is_saved(chat: OxenTui, server: CompatibleServer) -> None:
    (chat.home / "broken.json").write_text('{"type": "objekt"}')
    chat.ask("/schema broken.json")
    chat.wait_for("broken.json is no JSON Schema: /type must be")
    give_schema(chat)
    server.answer_with(
        words('{"price": 3, "of": ["a chair"]}'),
        words('{"prize": 3, "of": {"what": "a desk"}}'),
        answer('{"price": 3, "of": [{"what', finish="length"),
        words("Plain again."),
    )
    chat.ask("How much?")
    chat.wait_for("✓ valid against bill", "3 entries", "price  3", "▾ of  [1 entry]", '0  "a chair"')
    assert server.wait_for_chat(1).body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "bill", "schema": BILL},
    }
    chat.ask("/save-json out.json")
    chat.wait_until(lambda _: (chat.home / "out.json").exists(), what="the file")
    chat.wait_for("Written to")
    assert json.loads((chat.home / "out.json").read_text()) == {"price": 3, "of": ["a chair"]}
    chat.ask("/save-json out.json")
    chat.wait_until(lambda _: (chat.home / "out-2.json").exists(), what="a second file")

    chat.ask("And now?")
    chat.wait_for("✕ 1 problem against bill", "price  missing", "✕ is required")
    chat.send(CTRL_UP)
    chat.wait_for("y copy")
    chat.send("t")
    chat.wait_for('{"prize": 3, "of": {"what": "a desk"}}')
    chat.send("tJ")
    chat.wait_for("JSON  model-one", "p next problem", "y Y copy")
    chat.send("/desk" + ENTER)
    chat.wait_for(".of.what", "entry 4 of 4")
    chat.send("p")
    chat.wait_for("enter open")
    chat.send(ESC)
    chat.wait_gone("p next problem")
    chat.send(ESC)
    chat.wait_for("enter send")

    chat.ask("More")
    chat.wait_for("breaks off in line 1: not checked", "… cut off here")
    chat.ask("/schema off")
    chat.wait_gone("{} bill")
    chat.ask("Plainly?")
    chat.wait_for("Plain again.")
    assert "response_format" not in server.wait_for_chat(4).body


def test_a_tree_grows_while_it_comes_and_what_is_no_json_is_text(chat: OxenTui, server: CompatibleServer) -> None:
    give_schema(chat)
    server.answer_with(
        answer('{"price": 3, "of": ["a ', HOLD, 'chair"]}'), words('Sure:\n```json\n{"price": 4}\n```'), words("No.")
    )
    chat.ask("How much?")
    chat.wait_for("JSON for bill", "price  3", '0  "a ▍')
    server.go_on()
    chat.wait_for("✓ valid against bill", '0  "a chair"')
    chat.ask("In a fence")
    chat.wait_for("price  4")
    chat.ask("Not at all")
    chat.wait_for("No.", "✕ does not follow bill: it is no JSON: line 1")


def test_a_model_that_takes_no_schema_is_asked_in_words_and_checked_all_the_same(
    chat: OxenTui, server: CompatibleServer
) -> None:
    give_schema(chat)
    refused = {"response_format": "response_format is not supported by this model"}
    server.answer_with(answer('{"price": "dear"}', refused=refused))
    chat.ask("How much?")
    chat.wait_for("1 problem against bill", 'price  "dear"', "✕ must be a number")
    assert '"price"' in server.chats[-1].said[0]
    assert "response_format" not in server.chats[-1].body


def test_a_schema_may_hold_for_one_question_and_is_offered_again(start: Start, server: CompatibleServer) -> None:
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_until_ready()
    program.wait_for("model-one")
    (program.home / "bill.json").write_text(json.dumps(BILL))
    program.ask("/schema once bill.json")
    program.wait_for("{} bill once")
    server.answer_with(words('{"price": 3}'), words('{"price": 4}'), words("Free."), words('{"price": 5}'))
    program.ask("How much?")
    program.wait_for("✓ valid against bill")
    program.read()
    program.send("r")
    program.wait_for("price  4", "✓ valid against bill", "2/2")
    program.send(ESC)
    program.wait_for("enter send")
    program.wait_gone("{} bill once")
    program.ask("And freely?")
    program.wait_for("Free.")
    program.ask("/schema")
    program.wait_for("Answers as JSON, by a schema", "bill", "price")
    program.send(ENTER)
    program.wait_for("{} bill")
    program.ask("Again?")
    program.wait_for("price  5")
    assert ["response_format" in each.body for each in server.chats] == [True, True, False, True]


def test_a_schema_is_written_in_the_editor_and_what_is_wrong_stays(
    start: Start, server: CompatibleServer, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "file, done = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).with_name('wrong')\n"
        "assert file.suffix == '.json'\n"
        """good = '{"title": "note", "type": "object", "properties": {"text": {"type": "string"}}}'\n"""
        "file.write_text(good if done.exists() else '{\\n\"type\": }')\n"
        "done.touch()\n"
    )
    program = start(OXEN_BASE_URL=server.base_url, EDITOR=f"{sys.executable} {script}")
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("/schema edit")
    program.wait_for("A JSON Schema for answers", "✕ This, line 2: a value is missing")
    program.send(ESC)
    program.wait_for("Kept as it is")
    program.ask("/schema")
    program.wait_for("n your draft")
    program.send("n")
    program.wait_for('"type": }', "ctrl+s for the conversation")
    program.send(ctrl("g"))
    program.wait_for('"title": "note"')
    program.send(ctrl("s"))
    program.wait_for("{} note")
    server.answer_with(words('{"text": 7}'))
    program.ask("Note this")
    program.wait_for("1 problem against note", "✕ must be text")


def test_json_of_any_answer_is_shown_as_a_tree_by_a_key(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words('As you like:\n\n```json\n{"list": [1, 2], "none": null}\n```\n'))
    chat.ask("Show me JSON")
    chat.wait_for_answer()
    chat.send(CTRL_UP)
    chat.wait_for("y copy")
    chat.send("t")
    chat.wait_for("▾ list  [2 entries]", "none  null")
    chat.send("y")
    chat.wait_for("Copied message")
    chat.send("t")
    chat.wait_for("As you like:")
