"""A model is asked for a title where the user wants that, and only suggests."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.plays import HOLD, Refusal, answer, words
from tests.journeys.program import DOWN, ENTER, ESC, OxenTui, ctrl


def test_a_model_suggests_a_title_and_the_user_decides(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(
        words("Two metres."),
        Refusal(400, {"error": {"message": "no titles today"}}),
        answer("Half", HOLD),
        words('"Tides and moons."'),
    )
    chat.ask("How high are tides?")
    chat.wait_for_answer("Two metres.")
    chat.ask("/title")
    chat.wait_for("Title of this conversation", "How high are tides?", "ctrl+t asks model-one for one: price unknown")
    assert len(server.chats) == 1
    chat.send(ctrl("t"))
    chat.wait_for("no titles today")
    chat.send(ctrl("t"))
    chat.wait_for("asking model-one")
    held = server.wait_for_chat(3)
    chat.send(ESC)
    chat.wait_for("stopped", "ctrl+t asks again")
    assert held.gone.wait(5)
    chat.send(ctrl("t"))
    chat.wait_for("▐ Tides and moons ", "model-one suggests it")
    asked = server.chats[3]
    assert asked.said[:2] == ["user: How high are tides?", "assistant: Two metres."]
    assert asked.body["max_tokens"] == 500
    chat.send(DOWN)
    chat.wait_for("▐ How high are tides?")
    chat.send(ESC)
    chat.wait_gone("Title of this conversation")

    chat.ask("/rename")
    chat.wait_for("▐ How high are tides?", "ctrl+t asks model-one")
    chat.send(ctrl("t"))
    chat.wait_for("▐ Tides and moons ", "suggests it")
    chat.send(ENTER)
    chat.wait_gone("Title of this conversation")
    chat.ask("And when?")
    assert len(server.wait_for_chat(6).said) == 3  # what was asked for the title is no part of the conversation
    chat.wait_for("And when?", "enter send")
    chat.ask("/rename")
    chat.wait_for("▐ Tides and moons ")
