"""A model's context fills up: it is said before it overflows, and there are ways out."""

from __future__ import annotations

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, Answer, Refusal, words
from tests.journeys.program import DOWN, ENTER, ESC, OxenTui

SMALL = Refusal(200, {"object": "list", "data": [{"id": "model-one", "object": "model", "max_model_len": 1_000}]})
TOO_LONG = "This model's maximum context length is 1000 tokens. However, your messages resulted in 1100 tokens."


@pytest.fixture
def small(start: Start, server: CompatibleServer) -> OxenTui:
    """The program at a server whose model takes a thousand tokens."""
    server.models = SMALL
    program = start(OXEN_BASE_URL=server.base_url, OXEN_API_KEY="key-of-the-test")
    program.wait_until_ready()
    program.wait_for("model-one")
    return program


def test_a_full_context_is_said_and_a_summary_goes_on_from_it(small: OxenTui, server: CompatibleServer) -> None:
    usage = {"prompt_tokens": 880, "completion_tokens": 20, "total_tokens": 900}
    server.answer_with(
        Answer(("The first answer.",), usage=usage), Answer(("Half a ", HOLD)), words("In short: one."), words("Two.")
    )
    small.ask("The first question")
    small.wait_for("context 90% full: /context has ways out")
    small.ask("/context")
    small.wait_for("900 of 1,000 tokens · 90%", "Ways out", "questions and answers", "you: The first question")
    small.send(ENTER)
    small.wait_for("Go on from a summary?", "model-one is told ~900 tokens: at an unknown price", "this one stays")
    small.send(ENTER)
    small.wait_for("≡ The first question", "Half a")
    told = ["user: The first question", "assistant: The first answer."]
    asked = server.wait_for_chat(2).said
    assert asked[:2] == told
    assert asked[2].startswith("user: Summarise our conversation so far")

    small.send(ESC)
    small.wait_for("– stopped")
    small.read()
    small.send("r")
    small.wait_for_answer("In short: one.")
    assert server.wait_for_chat(3).said == asked
    small.send(ESC)
    small.wait_for("enter send")
    small.ask("The second question")
    small.wait_for("Two.")
    assert server.wait_for_chat(4).said == [asked[2], "assistant: In short: one.", "user: The second question"]


def test_the_oldest_is_left_out_and_comes_back(small: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."), Refusal(400, {"error": {"message": TOO_LONG}}))
    small.ask("Question one")
    small.wait_for_answer("Answer one.")
    small.ask("Question two")
    small.wait_for_answer("Answer two.")
    small.ask("Question three")
    small.wait_for("The conversation is too long for this model", "/context shows what takes the room")

    server.answer_with(words("Answer three."))
    small.ask("/context")
    small.wait_for("Ways out", "Leave out")
    small.send(DOWN + ENTER)
    small.wait_for("All of it", "Question two", "sends ~")
    small.send("two" + ENTER)
    small.wait_for("── what stands above is not sent · /context ──", "Kept, and no longer sent")
    small.read()
    small.send("r")
    small.wait_for_answer("Answer three.")
    rest = ["user: Question two", "assistant: Answer two.", "user: Question three"]
    assert server.wait_for_chat(4).said == rest
    small.send("u")
    small.wait_gone("is not sent")
    small.send("r")
    assert server.wait_for_chat(5).said == ["user: Question one", "assistant: Answer one.", *rest]
