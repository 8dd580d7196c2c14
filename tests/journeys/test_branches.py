"""A conversation is a tree: asking again and editing make branches, and nothing is overwritten."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer, models, words
from tests.journeys.program import DOWN, ENTER, ESC, UP, OxenTui, ctrl


def test_an_answer_is_asked_for_again_and_both_can_be_read(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."))
    chat.ask("Question")
    chat.wait_for_answer("Answer one.")
    chat.read()
    chat.send("r")
    chat.wait_gone("Answer one.")
    chat.wait_for_answer("Answer two.", "‹ 2/2 ›")
    assert server.chats[1].said == ["user: Question"]
    chat.send("[")
    chat.wait_for("Answer one.", "‹ 1/2 ›")
    chat.wait_gone("Answer two.")
    chat.send("]")
    chat.wait_for("Answer two.", "‹ 2/2 ›")
    chat.send("y")
    chat.wait_for("Copied message: 1 line")
    assert b"\x1b]52;c;QW5zd2VyIHR3by4=" in chat.raw


def test_a_question_is_edited_and_both_can_be_read(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."))
    chat.ask("Question")
    chat.wait_for_answer("Answer one.")
    chat.read()
    chat.send(UP + "e")
    chat.wait_for("Sending this makes a branch", "enter send")
    chat.send(" put better" + ENTER)
    chat.wait_for("Question put better", "Answer two.", "‹ 2/2 ›")
    assert server.chats[1].said == ["user: Question put better"]
    chat.wait_gone("Answer one.")
    chat.read()
    chat.send(UP + "[")
    chat.wait_for("Answer one.", "‹ 1/2 ›")
    chat.wait_gone("put better")


def test_an_edit_can_be_left_with_nothing_changed(chat: OxenTui, server: CompatibleServer) -> None:
    chat.ask("Question")
    chat.wait_for_answer("A plain answer")
    chat.read()
    chat.send("e")
    chat.wait_for("Sending this makes a branch", "enter send")
    chat.send(ESC)
    chat.wait_for("Message, / for commands")
    chat.ask("Another")
    assert server.wait_for_chat(2).said == [
        "user: Question",
        "assistant: A plain answer of some words.",
        "user: Another",
    ]


def test_a_deleted_message_is_brought_back(chat: OxenTui, server: CompatibleServer) -> None:
    chat.ask("Question")
    chat.wait_for_answer("A plain answer")
    chat.read()
    chat.send("d")
    chat.wait_for("u brings it back")
    chat.wait_gone("A plain answer")
    assert "Question" in chat.text
    chat.send("u")
    chat.wait_for_answer("Question", "A plain answer")


def test_ctrl_r_asks_the_last_question_again(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."))
    chat.ask("Question")
    chat.wait_for_answer("Answer one.")
    chat.send(ctrl("r"))
    chat.wait_for("Answer two.", "‹ 2/2 ›")


def test_from_the_map_another_branch_is_shown_and_two_are_compared(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("The gull sits there."), words("Of kelp."), words("The gull sat there."))
    chat.ask("Where is it?")
    chat.wait_for_answer("The gull sits there.")
    chat.ask("And of what?")
    chat.wait_for_answer("Of kelp.")
    chat.read()
    chat.send(UP + UP + "r")
    chat.wait_gone("Of kelp.")
    chat.wait_for_answer("The gull sat there.", "‹ 2/2 ›")
    chat.send("=")
    chat.wait_for("Two answers", "1 change", "− The gull sits there.", "+ The gull sat there.")
    chat.send("y")
    chat.wait_for("Copied differences: 2 lines")
    chat.send(ESC)
    chat.wait_gone("Two answers")

    chat.send("m")
    chat.wait_for("Map of the conversation", "5 messages · 2 branches", "├─○ model-one", "answer 2 of 2")
    chat.send("z")
    chat.send("/kelp")
    chat.wait_for("1 of 5 messages")
    chat.send(ENTER)
    chat.wait_for("enter open")
    chat.send(ENTER)
    chat.wait_gone("Map of the conversation")
    chat.wait_for("Of kelp.", "The gull sits there.", "‹ 1/2 ›")

    chat.send(ESC)
    chat.wait_for("enter send")
    chat.ask("/map")
    chat.wait_for("Map of the conversation", "├─○ model-one")
    chat.send("gjd")
    chat.wait_for("4 messages · one branch")
    chat.send("u")
    chat.wait_for("5 messages · 2 branches")
    chat.send(ESC)
    chat.wait_gone("Map of the conversation")


def test_one_answer_is_by_another_model_and_setting_and_the_conversation_keeps_its_own(
    start: Start, server: CompatibleServer
) -> None:
    server.models = models("model-one", "tern-2", "heron-3")
    server.answer_with(words("Answer one."), words("Answer two."), words("Answer three."), words("Answer four."))
    chat = start(OXEN_BASE_URL=server.base_url)
    chat.wait_until_ready()
    chat.wait_for("model-one")
    chat.ask("Question")
    chat.wait_for_answer("Answer one.")
    chat.read()
    chat.send("R")
    chat.wait_for("Answer again, this once", "none: the model's own ways")
    chat.send(ENTER)
    chat.wait_for("Model for this answer", "heron-3")
    chat.send("her" + ENTER)
    chat.wait_for("Ask heron-3", "The conversation keeps model-one")
    chat.send("p")
    chat.wait_for("Parameters for heron-3")
    chat.send(DOWN)
    chat.wait_for("0 for the likeliest words")
    chat.send(ENTER + "1.2" + ENTER + ESC)
    chat.wait_gone("Parameters for heron-3")
    chat.wait_for("temperature 1.2", "Ask heron-3")
    chat.send(ENTER)
    chat.wait_for("Answer two.", "heron-3", "‹ 2/2 ›", "· temperature 1.2")
    second = server.wait_for_chat(2)
    assert (second.body["model"], second.body["temperature"]) == ("heron-3", 1.2)

    chat.send(ESC)
    chat.wait_for("enter send")
    chat.ask("/retry tern")
    chat.wait_for_answer("Answer three.", "tern-2", "‹ 3/3 ›")
    chat.ask("/retry 3x")
    third = server.wait_for_chat(3)
    assert third.body["model"] == "tern-2"
    assert "temperature" not in third.body
    assert server.wait_for_chat(4).body["model"] == "3x"
    chat.wait_for_answer("Answer four.", "‹ 4/4 ›")

    chat.ask("Next question")
    fifth = server.wait_for_chat(5)
    assert fifth.body["model"] == "model-one"
    assert "temperature" not in fifth.body


def test_a_conversation_forks_from_any_message(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."), words("Answer three."))
    chat.ask("First question")
    chat.wait_for_answer("Answer one.")
    chat.ask("Second question")
    chat.wait_for_answer("Answer two.")
    chat.read()
    chat.send(UP + UP + "f")
    chat.wait_for("A conversation of its own", "enter send")
    chat.wait_gone("Second question")
    chat.ask("Another")
    assert server.wait_for_chat(3).said == ["user: First question", "assistant: Answer one.", "user: Another"]


def test_branches_are_left_alone_while_an_answer_arrives(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."), answer("Held", HOLD, " on."))
    chat.ask("Question")
    chat.wait_for_answer("Answer one.")
    chat.send(ctrl("r"))
    chat.wait_for_answer("Answer two.", "‹ 2/2 ›")
    chat.ask("Next question")
    chat.wait_for("Held", "esc stop")
    chat.read()
    chat.send("m")
    chat.wait_for("5 messages", "Map of the conversation", "◐ model-one")
    chat.send("gj" + ENTER)
    chat.wait_gone("Map of the conversation")
    chat.wait_for("An answer is arriving: esc stops it first", "Answer two.")
    server.go_on()
    chat.wait_for_answer("Held on.")
