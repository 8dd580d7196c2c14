"""Questions sent while an answer arrives: seen, changed, kept, asked once and never by surprise."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, Refusal, answer, words
from tests.journeys.program import BACKSPACE, DOWN, ENTER, ESC, UP, OxenTui, alt, ctrl

ALT_UP = "\x1b[1;3A"


def _with_three(chat: OxenTui) -> None:
    chat.ask("First")
    chat.wait_for("One")
    for number, question in enumerate(("apples", "pears", "plums"), 1):
        chat.ask(question)
        chat.wait_for(f"{number} queued")
    chat.wait_for("1 · apples", "2 · pears", "3 · plums")


def test_they_are_edited_moved_removed_and_asked_in_their_turn(start: Start, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD, " done."), words("Two done."), words("Three done."), words("Four done."))
    chat = start(OXEN_BASE_URL=server.base_url, rows=36)
    chat.wait_until_ready()
    chat.wait_for("model-one")
    _with_three(chat)
    chat.send("a thought")
    chat.wait_for("▐ a thought")
    chat.send(BACKSPACE * 9)
    chat.wait_for("Message, / for commands")
    chat.send(UP)
    chat.wait_for("▐ plums", "enter puts it back")
    chat.send(" and figs" + ESC)  # not to stop the answer: esc leaves the question as it was
    chat.wait_for("3 · plums", "Message, / for commands", "writing")
    chat.send(UP + " and cherries" + ENTER)
    chat.wait_for("3 · plums and cherries", "Message, / for commands")
    chat.send(ALT_UP)
    chat.wait_for("del remove", "K earlier")
    chat.send("KK")
    chat.wait_for("1 · plums and cherries", "2 · apples", "3 · pears")
    chat.send(DOWN + DOWN + "d")
    chat.wait_for("2 queued", "u in the list")
    chat.send("u")
    chat.wait_for("3 · pears")
    chat.send("d")
    chat.wait_for("2 queued", "2 · pears")
    server.go_on()
    chat.wait_for("Three done.")
    chat.wait_gone("queued")
    asked = [each.said[-1] for each in server.chats]
    assert asked == ["user: First", "user: plums and cherries", "user: pears"]


def test_none_is_sent_after_a_stop_until_the_user_says_so(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD), words("Two done."), words("Three done."))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("apples")
    chat.ask("pears")
    chat.wait_for("2 queued")
    chat.send(ESC)
    chat.wait_for("– stopped", "enter sends it")
    chat.echo_keys()
    assert len(server.chats) == 1
    chat.send(ENTER)
    chat.wait_for("Two done.", "Three done.")
    chat.wait_gone("queued")
    assert [each.said[-1] for each in server.chats[1:]] == ["user: apples", "user: pears"]


def test_none_is_sent_after_an_answer_that_failed(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD, finish=None, done=False), words("Two done."))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("apples")
    chat.wait_for("1 queued")
    server.go_on()
    chat.wait_for("✕ cut off", "1 · apples", "enter sends it")
    chat.echo_keys()
    assert len(server.chats) == 1


def test_they_stay_where_they_were_left_and_after_a_restart(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD), words("Two done."))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("apples")
    chat.ask("pears")
    chat.wait_for("2 queued")
    chat.send(ctrl("n"))
    chat.wait_gone("queued")
    chat.echo_keys()
    chat.send(ctrl("s"))
    chat.wait_for("/ filter")
    chat.send(ENTER)
    chat.wait_for("2 queued", "1 · apples")
    chat.send(UP + " and figs")  # kept with what was written so far
    chat.wait_for("▐ pears and figs")
    chat.send(ctrl("q"))
    chat.wait_for("Quit now?")
    chat.send(ENTER)
    assert chat.wait_for_end() == 0
    with OxenTui(chat.home, OXEN_BASE_URL=server.base_url) as again:
        again.wait_for("First", "2 queued", "1 · apples", "enter sends it", "model-one")
        again.send(UP)
        again.wait_for("▐ pears and figs")
        again.send(ESC + ENTER)
        again.wait_for("Two done.")
        server.wait_for_chat(3)
    assert [each.said[-1] for each in server.chats] == ["user: First", "user: apples", "user: pears and figs"]


def test_a_command_is_carried_out_at_once_and_waits_for_nothing(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(answer("One", HOLD))
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("apples")
    chat.wait_for("1 queued")
    chat.ask("/rename Fruit")
    chat.send(ctrl("s"))
    chat.wait_for("Fruit", "/ filter")
    chat.send(alt("1"))


def test_one_that_the_model_cannot_take_waits_on(start: Start, server: CompatibleServer) -> None:
    entry = {"id": "model-one", "object": "model", "capabilities": {"input": ["text"], "output": ["text"]}}
    server.models = Refusal(200, {"object": "list", "data": [entry]})
    server.answer_with(answer("One", HOLD, " done."), words("Two done."))
    chat = start(OXEN_BASE_URL=server.base_url)
    chat.wait_until_ready()
    chat.wait_for("model-one")
    chat.ask("First")
    chat.wait_for("One")
    chat.ask("see @/nowhere/at/all.png")
    chat.wait_for("1 queued")
    server.go_on()
    chat.wait_for("Not sent", "1 · see @/nowhere/at/all.png", "enter sends it")
    assert len(server.chats) == 1
