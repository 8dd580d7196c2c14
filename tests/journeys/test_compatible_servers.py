"""Any OpenAI-compatible server streams its answer, whatever it leaves out, adds or does in its own way."""

from __future__ import annotations

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import MISSING, Answer, Refusal, answer, models, page
from tests.journeys.program import ENTER, OxenTui, ctrl


@pytest.mark.parametrize(
    "list_of_models",
    [
        pytest.param(MISSING, id="is missing"),
        pytest.param(models(), id="is empty"),
        pytest.param(Refusal(500, {"error": {"message": "the list broke"}}), id="fails"),
        pytest.param(page(), id="is a web page"),
        pytest.param(Refusal(200, "[" * 100), id="is no JSON"),
    ],
)
def test_a_named_model_answers_where_the_list_of_models(
    list_of_models: Refusal, start: Start, server: CompatibleServer
) -> None:
    server.models = list_of_models
    program = start("-m", "typed-model", OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("typed-model")
    program.ask("Are you there?")
    program.wait_for_answer("A plain answer of some words.")
    assert server.wait_for_chat().body["model"] == "typed-model"


def test_without_a_list_a_model_can_be_typed(start: Start, server: CompatibleServer) -> None:
    server.models = MISSING
    program = start(OXEN_BASE_URL=server.base_url)
    program.wait_until_ready()
    program.wait_for("no model yet", "no model list: Not found")
    program.ask("Are you there?")
    program.wait_for("No model is known here: ctrl+l takes the name of one", "Are you there?")
    program.send(ctrl("l"))
    program.wait_for("There is no list of models here: Not found", "No models known here")
    program.send("my-own-model")
    program.wait_for("use my-own-model as typed")
    program.send(ENTER)
    program.wait_gone("Model for the next question")
    program.send(ENTER)
    program.wait_for_answer("A plain answer of some words.")
    assert server.wait_for_chat().body["model"] == "my-own-model"


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"usage": None}, id="never reports usage"),
        pytest.param({"done": False}, id="ends without DONE"),
        pytest.param({"finish": None}, id="never says why it finished"),
        pytest.param({"done": False, "usage": None}, id="just finishes"),
        pytest.param({"streams": False}, id="answers in one JSON"),
        pytest.param({"line_end": "\r\n"}, id="ends lines in CRLF"),
        pytest.param({"line_end": "\r"}, id="ends lines in CR"),
        pytest.param({"comments": 3}, id="sends comments first"),
        pytest.param({"content_type": "text/plain"}, id="calls its stream text"),
    ],
)
def test_a_server_answers_that(odd: dict[str, object], new_chat: OxenTui, shared_server: CompatibleServer) -> None:
    it_works_all_the_same(odd, new_chat, shared_server)


@pytest.mark.parametrize(
    "refusal", ["Unrecognized request argument supplied: stream_options", "extra fields not permitted", "400"]
)
def test_a_server_that_refuses_unknown_fields_answers(refusal: str, chat: OxenTui, server: CompatibleServer) -> None:
    it_works_all_the_same({"refused": {"stream_options": refusal}}, chat, server)


def it_works_all_the_same(odd: dict[str, object], program: OxenTui, server: CompatibleServer) -> None:
    """Two questions, answered well by a server that is odd."""
    server.answer_with(answer("It works", " all the", " same.", **odd))
    program.ask("Are you there?")
    program.wait_for("It works all the same.", " s")
    shown = program.wait_gone("▍", "esc stop")
    assert "✕" not in shown
    asked = len(server.chats)
    program.ask("And again?")
    again = server.wait_for_chat(asked + 1)
    assert again.said == ["user: Are you there?", "assistant: It works all the same.", "user: And again?"]
    program.wait_until(lambda now: now.count("It works all the same.") == 2)
    program.wait_gone("▍", "esc stop")


def test_reasoning_is_folded_apart_from_the_answer_and_not_sent_back(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(Answer(("The answer.",), reasoning=("First I ", "think.")))
    chat.ask("Think")
    chat.wait_for("▸ thought for", "The answer.")
    assert "First I think." not in chat.text
    chat.ask("Again")
    assert server.wait_for_chat(2).said == ["user: Think", "assistant: The answer.", "user: Again"]
    chat.read()
    chat.send(ENTER)
    chat.wait_for("▾ thought", "First I think.")
