"""Any size works, and a change of size in mid-answer costs nothing."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer
from tests.journeys.program import OxenTui


def test_everything_has_its_place_in_60_by_20(start: Start, server: CompatibleServer) -> None:
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("Are you there?")
    program.wait_for_answer("Are you there?", "A plain answer of some words.")
    shown = program.rows
    assert "1 Chat" in shown[0]
    assert "Message, / for commands" in shown[-3]
    assert "model-one" in shown[-2]
    assert "enter send" in shown[-1]
    program.echo_keys()


def test_the_size_may_change_in_mid_answer(chat: OxenTui, server: CompatibleServer) -> None:
    line = "Some words that are long enough to be wrapped where there is little room for them. "
    server.answer_with(answer(line * 3, HOLD, line * 3, HOLD, "The end."))
    chat.ask("Tell me")
    chat.wait_for("Some words")
    chat.resize(60, 20)
    chat.wait_until(lambda shown: "Message, / for commands" in shown.split("\n")[-3])
    chat.wait_for("1 Chat", "Some words", "writing")
    chat.echo_keys()
    server.go_on()
    chat.resize(120, 40)
    chat.wait_for("Conversations", "Some words", "enter send")
    server.go_on()
    chat.wait_for_answer("The end.")
    chat.resize(90, 30)
    chat.wait_gone("Conversations")
    chat.wait_for_answer("The end.", "enter send")
    chat.echo_keys()


def test_even_a_very_small_terminal_takes_a_question(start: Start, server: CompatibleServer) -> None:
    program = start(OXEN_BASE_URL=server.base_url, columns=30, rows=8)
    program.wait_for("Message,")
    program.wait_for("model-one")
    program.ask("Hm?")
    program.wait_for("A plain answer of some words.")
    program.echo_keys()
