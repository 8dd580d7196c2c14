"""A conversation is a tree: asking again and editing make branches, and nothing is overwritten."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.plays import words
from tests.journeys.program import ENTER, ESC, UP, OxenTui, ctrl


def test_an_answer_is_asked_for_again_and_both_can_be_read(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."))
    chat.ask("Question")
    chat.wait_for("Answer one.", "5 tokens")
    chat.read()
    chat.send("r")
    chat.wait_gone("Answer one.")
    chat.wait_for("Answer two.", "‹ 2/2 ›", "5 tokens")
    chat.wait_gone("▍", "esc stop")
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
    chat.wait_for("Answer one.", "5 tokens")
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
    chat.wait_for("A plain answer", "5 tokens")
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
    chat.wait_for("A plain answer", "5 tokens")
    chat.read()
    chat.send("d")
    chat.wait_for("u brings it back")
    chat.wait_gone("A plain answer")
    assert "Question" in chat.text
    chat.send("u")
    chat.wait_for("Question", "A plain answer", "5 tokens")


def test_ctrl_r_asks_the_last_question_again(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(words("Answer one."), words("Answer two."))
    chat.ask("Question")
    chat.wait_for("Answer one.", "5 tokens")
    chat.send(ctrl("r"))
    chat.wait_for("Answer two.", "‹ 2/2 ›")
