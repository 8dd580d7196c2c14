"""One question to several models: read side by side, one picked to go on with, the others kept."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, Refusal, answer, models, words
from tests.journeys.program import ENTER, ESC, TAB, OxenTui, ctrl

MODELS = ("model-one", "model-two", "model-three")


def mark(program: OxenTui, *names: str) -> None:
    """Mark these besides those that are marked."""
    for name in names:
        program.send(ctrl("u") + name)
        program.wait_for(f"▌    {name}")
        program.send(" ")
        program.wait_gone(f"▌    {name}")


def test_three_are_asked_one_fails_one_is_stopped_and_one_is_picked(start: Start, server: CompatibleServer) -> None:
    server.models = models(*MODELS)
    server.answer_as("model-one", words("Answer of the first."), words("Gone on."))
    server.answer_as("model-two", Refusal(403, {"error": {"message": "no such luck"}}), words("Second at last."))
    server.answer_as("model-three", answer("Third, ", HOLD, "never heard."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120, rows=40)
    program.wait_until_ready()
    program.wait_for("model-one")

    program.ask("/compare Who is right?")
    program.wait_for("Ask two to four models the same", "“Who is right?”", "1 model-one", "the price is not known")
    program.send(ENTER)
    program.wait_for("Mark 2 to 4 models")
    mark(program, "model-two", "model-three")
    program.wait_for("1 model-one   2 model-two   3 model-three")
    program.send(ENTER)
    program.wait_for("Compare  3 models", "Answer of the first.", "no such luck", "Third,", "2 of 3 ended")
    program.wait_for("✓ done", "✕ failed", "◐ writing")
    for name in MODELS:
        assert server.chats_with(name)[0].said == ["user: Who is right?"]

    program.send("3")
    program.wait_for("▌ 3 model-three")
    program.send("x")
    program.wait_for("– stopped")
    assert server.chats_with("model-three")[0].gone.wait(5)
    program.send("2r")
    program.wait_for("Second at last.", "r ask again")
    program.send("1" + ENTER)
    program.wait_for("Going on with model-one", "Answer of the first.", "‹ 1/4 ›")
    program.wait_gone("Compare  3 models")

    program.read()
    for place, text in enumerate(("no such luck", "Third,", "Second at last."), 2):
        program.send("]")
        program.wait_for(text, f"‹ {place}/4 ›")
    for place in (3, 2, 1):
        program.send("[")
        program.wait_for(f"‹ {place}/4 ›")
    program.wait_for("Answer of the first.")
    program.send(ESC)
    program.wait_for("enter send")
    program.ask("And then?")
    program.wait_for("Gone on.")
    assert server.chats_with("model-one")[1].said == [
        "user: Who is right?",
        "assistant: Answer of the first.",
        "user: And then?",
    ]


def test_on_a_small_terminal_columns_are_flipped_and_may_be_left_running(
    start: Start, server: CompatibleServer
) -> None:
    server.models = models(*MODELS)
    server.answer_as("model-one", answer("First, ", HOLD, "to the end."))
    server.answer_as("model-two", answer("Second, ", HOLD, "to the end."))
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_until_ready()
    program.wait_for("model-one")

    program.ask("/compare")
    program.wait_for("Ask two to four models the same", "The question is written next")
    mark(program, "model-two")
    program.send(ENTER)
    program.wait_for("Question for 2 models")
    program.ask("Who is right?")
    program.wait_for("Compare  2 models", "▌1 model-one ◐", "First,")
    program.send(TAB)
    program.wait_for("▌2 model-two ◐", "Second,")
    program.wait_gone("First,")

    program.send("q")
    program.wait_for("Second,", "‹ 2/2 ›", "comparing")
    program.send(ctrl("q"))
    program.wait_for("2 answers still arrive")
    program.send(ESC)
    program.wait_gone("2 answers still arrive")
    server.go_on(server.chats_with("model-two")[0])
    program.wait_for("Second, to the end.")
    program.ask("/compare")
    program.wait_for("Compare  2 models", "First,", "1 of 2 ended")
    program.send("q")
    program.wait_gone("Compare  2 models")
    program.wait_for("esc stop")
    program.send(ESC)
    program.wait_gone("comparing")
    program.ask("/compare")
    program.wait_for("Compare  2 models", "1 model-one –", "– stopped")
    program.send(ESC)
    program.wait_for("Second, to the end.", "‹ 2/2 ›", "model-one")
    program.wait_gone("Compare  2 models")
