"""What is set for a conversation goes into its requests, and nothing else."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import answer
from tests.journeys.program import BACKSPACE, DOWN, ENTER, ESC, OxenTui, ctrl

ALWAYS = {"model", "messages", "stream", "stream_options"}
"""What stands in every request."""


def beside(body: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in body.items() if key not in ALWAYS}


def set_temperature(program: OxenTui, text: str) -> None:
    program.wait_for("Parameters for model-one", "max_tokens")
    program.send(DOWN)
    program.wait_for("0 for the likeliest words")
    program.send(ENTER + text + ENTER)


def test_only_what_is_set_is_sent_before_and_after_a_conversation_began(
    chat: OxenTui, server: CompatibleServer
) -> None:
    chat.ask("/params")
    set_temperature(chat, "0.2")
    chat.send(ESC)
    chat.wait_gone("Parameters for")
    chat.wait_for("temperature 0.2")
    chat.ask("/system Answer in verse.")
    chat.wait_for("temperature 0.2 · system prompt")
    chat.ask("One")
    chat.wait_for_answer("A plain answer")
    assert beside(server.wait_for_chat(1).body) == {"temperature": 0.2}
    assert server.chats[0].said == ["system: Answer in verse.", "user: One"]

    chat.send(ctrl("o"))
    chat.wait_for("Parameters for model-one", "0.2")
    chat.send(DOWN + BACKSPACE + ESC)
    chat.wait_gone("Parameters for", "temperature 0.2")
    chat.ask("/system")
    chat.wait_for("System prompt: stands before every question", "Answer in verse.")
    chat.send(ctrl("u") + ENTER)
    chat.wait_gone("· system prompt", "stands before")
    chat.ask("Two")
    second = server.wait_for_chat(2)
    assert beside(second.body) == {}
    assert second.said == ["user: One", "assistant: A plain answer of some words.", "user: Two"]


def test_a_parameter_that_the_model_refuses_is_explained_dropped_and_asked_without(
    chat: OxenTui, server: CompatibleServer
) -> None:
    server.answer_with(answer("Without it, then.", refused={"temperature": "`temperature` is not supported here"}))
    chat.ask("/params")
    set_temperature(chat, "0.2")
    chat.send(ESC)
    chat.wait_gone("Parameters for")
    chat.ask("One")
    chat.wait_for("✕ The model does not take temperature", "Unset it with /params, then r asks again")
    chat.send(ctrl("o"))
    chat.wait_for("Parameters for model-one", "0.2")
    chat.send(DOWN + BACKSPACE + ESC)
    chat.wait_gone("Parameters for", "· temperature 0.2")
    chat.read()
    chat.send("r")
    chat.wait_for("Without it, then.", "‹ 2/2 ›")
    assert beside(server.chats[0].body) == {"temperature": 0.2}
    assert beside(server.chats[-1].body) == {}


def test_what_is_wrong_is_said_and_left_out(start: Start, server: CompatibleServer) -> None:
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("/params")
    set_temperature(program, "7")
    program.wait_for("must be")
    program.send(ESC)
    program.wait_for("esc again leaves it out")
    program.send(ESC)
    program.wait_gone("Parameters for")
    program.ask("One")
    program.wait_for_answer("A plain answer")
    assert beside(server.wait_for_chat(1).body) == {}


def test_a_preset_begins_a_conversation_with_all_that_was_set(chat: OxenTui, server: CompatibleServer) -> None:
    chat.ask("/system Answer in verse.")
    chat.wait_for("· system prompt")
    chat.ask("/params")
    set_temperature(chat, "0.2")
    chat.send(ESC)
    chat.wait_for("temperature 0.2 · system prompt")
    chat.ask("/preset")
    chat.wait_for("None yet")
    chat.send("s")
    chat.wait_for("Name of the preset")
    chat.send("poet" + ENTER)
    chat.wait_for("/preset poet begins")
    chat.ask("/system ")
    chat.wait_for("stands before every question")
    chat.send(ctrl("u") + ENTER)
    chat.wait_gone("· system prompt", "stands before")
    chat.ask("/preset nobody")
    chat.wait_for("No preset is called nobody")
    chat.ask("/preset")
    chat.wait_for("begin a conversation with", "poet", "model-one · temperature 0.2 · system prompt")
    chat.send(ENTER)
    chat.wait_gone("begin a conversation with")
    chat.wait_for("temperature 0.2 · system prompt")
    chat.ask("One")
    first = server.wait_for_chat(1)
    assert beside(first.body) == {"temperature": 0.2}
    assert first.said == ["system: Answer in verse.", "user: One"]
    chat.wait_for_answer("A plain answer")
    chat.ask("/preset")
    chat.wait_for("begin a conversation with", "poet")
    chat.send("d")
    chat.wait_for("Preset poet deleted")
