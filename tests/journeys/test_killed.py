"""Nothing is lost: neither when the program is killed in mid-answer, nor when it is left with something unsent."""

from __future__ import annotations

import os
import signal

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer, words
from tests.journeys.program import ENTER, OxenTui, ctrl


def test_killed_in_mid_answer_it_shows_the_answer_so_far_and_goes_on(start: Start, server: CompatibleServer) -> None:
    server.answer_with(answer("The first half", HOLD), words(" and the second."))
    first = start(forked=False, OXEN_BASE_URL=server.base_url)
    first.wait_until_ready()
    first.wait_for("model-one")
    first.ask("Tell me")
    first.wait_for("The first half", "writing 2 s")  # what came is on the disk within a second
    first.kill()
    again = start(OXEN_BASE_URL=server.base_url)
    again.wait_for("Tell me", "The first half", "✕ cut off", "c continue · r regenerate")
    again.wait_until_ready()
    again.read()
    again.send("c")
    again.wait_for("The first half and the second.")
    again.wait_gone("cut off", "▍")
    assert server.chats[1].said[:2] == ["user: Tell me", "assistant: The first half"]


def test_ended_by_a_signal_it_keeps_the_answer_and_the_terminal(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("What came", HOLD))
    chat.ask("Tell me")
    chat.wait_for("What came")
    os.kill(chat.pid, signal.SIGTERM)
    assert chat.wait_for_end() == 128 + signal.SIGTERM
    assert chat.left_as_it_was() == []
    with OxenTui(chat.home, OXEN_BASE_URL=server.base_url) as again:
        again.wait_for("Tell me", "What came", "✕ cut off")


def test_what_stands_unsent_survives_a_restart(chat: OxenTui, server: CompatibleServer) -> None:
    chat.ask("First")
    chat.wait_for_answer("A plain answer of some words.")
    chat.send("half a thought")
    chat.wait_for("half a thought")
    assert chat.quit() == 0
    with OxenTui(chat.home, OXEN_BASE_URL=server.base_url) as again:
        again.wait_for("First", "A plain answer of some words.", "half a thought")
        again.send(" made whole" + ENTER)
        again.wait_for_answer("half a thought made whole")
        assert server.wait_for_chat(2).said[-1] == "user: half a thought made whole"


def test_a_question_waits_for_the_answer_before_it(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD, " done."), words("Two done."))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("Second")
    chat.wait_for("1 queued")
    assert len(server.chats) == 1
    server.go_on()
    chat.wait_for("One done.", "Second", "Two done.")
    assert server.chats[1].said == ["user: First", "assistant: One done.", "user: Second"]
    chat.wait_gone("queued")


def test_a_question_that_waits_is_found_unsent_after_leaving(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("Second")
    chat.wait_for("1 queued")
    chat.send("and a third")
    chat.wait_for("and a third")
    chat.send(ctrl("q"))
    chat.wait_for("Quit now?")
    chat.send(ENTER)
    assert chat.wait_for_end() == 0
    with OxenTui(chat.home, OXEN_BASE_URL=server.base_url) as again:
        again.wait_for("First", "One", "1 · Second", "enter sends it", "▐ and a third")
    assert len(server.chats) == 1


def test_a_question_that_was_sent_is_no_draft_any_more(chat: OxenTui, server: CompatibleServer) -> None:
    chat.send("Kept while it is written")
    chat.wait_for("Kept while it is written")
    chat.send(ctrl("n"))  # keeps it, and shows it again
    chat.echo_keys()
    chat.wait_for("Kept while it is written")
    chat.send(ENTER)
    chat.wait_for_answer("A plain answer")
    chat.send(ctrl("n"))
    chat.wait_gone("A plain answer")
    chat.echo_keys()
    assert "▐ Kept while it is written" not in chat.text
