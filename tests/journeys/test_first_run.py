"""From a fresh machine to a streamed answer, and out again."""

from __future__ import annotations

import time

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer
from tests.journeys.program import ENTER, ESC, OxenTui, ctrl


def test_without_a_key_the_demo_answers_a_question_and_the_terminal_is_left_as_it_was(start: Start) -> None:
    program = start(forked=False)
    program.wait_until_ready()
    program.wait_for("demo")
    program.ask("6 * 7 fault: fast")
    program.wait_for("6 * 7", "42")
    program.wait_for_answer()
    assert program.quit() == 0
    assert program.left_as_it_was() == []


def test_an_answer_is_on_screen_while_it_streams(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("The first half", HOLD, " and the second."))
    chat.ask("Tell me")
    chat.wait_for("The first half", "writing", "esc stop")
    chat.echo_keys()
    server.go_on()
    chat.wait_for_answer("The first half and the second.")


def test_esc_stops_an_answer_within_a_second_and_keeps_what_came(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("What came so far", HOLD, " never comes."))
    chat.ask("Tell me")
    chat.wait_for("What came so far")
    pressed = time.monotonic()
    chat.send(ESC)
    assert server.wait_for_chat().gone.wait(1.0), "the server still has its connection after a second"
    chat.wait_for("– stopped", seconds=pressed + 1.0 - time.monotonic())
    assert "What came so far" in chat.wait_gone("esc stop")
    chat.send(ESC)
    chat.echo_keys()


def test_quitting_with_an_answer_running_asks_first(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("Half of it", HOLD, " never comes."))
    chat.ask("Tell me")
    chat.wait_for("Half of it")
    chat.send(ctrl("q"))
    chat.wait_for("Quit now?", "model-one is still answering")
    chat.send(ESC)
    chat.wait_for("Half of it")
    chat.send(ctrl("q"))
    chat.wait_for("Quit now?")
    chat.send(ENTER)
    assert chat.wait_for_end() == 0
    assert chat.left_as_it_was() == []
    assert server.wait_for_chat().gone.wait(1.0)


def test_ctrl_c_clears_the_composer_then_asks_then_quits(chat: OxenTui) -> None:
    chat.send("some words")
    chat.wait_for("some words")
    chat.send(ctrl("c"))
    chat.wait_gone("some words")
    chat.send(ctrl("c"))
    chat.wait_for("ctrl+c again quits")
    chat.send(ctrl("c"))
    assert chat.wait_for_end() == 0
    assert chat.left_as_it_was() == []
