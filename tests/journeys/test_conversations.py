"""The list of conversations: begun, opened, renamed, deleted, found again."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, answer, words
from tests.journeys.program import CTRL_UP, DOWN, ENTER, ESC, OxenTui, ctrl

F2 = "\x1bOQ"


def test_conversations_are_begun_opened_renamed_and_deleted(start: Start, server: CompatibleServer) -> None:
    server.answer_with(words("About boats."), words("About birds."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_until_ready()
    program.wait_for("model-one", "No conversations yet")
    program.ask("Boats please")
    program.wait_for_answer("About boats.")
    program.send(ctrl("n"))
    program.wait_gone("About boats.")
    program.ask("Birds please")
    program.wait_for_answer("About birds.", "Boats please")

    program.send(ctrl("s"))
    program.wait_for("f2 rename")
    program.send(DOWN + ENTER)
    program.wait_for("About boats.", "enter send")

    program.send(ctrl("s"))
    program.wait_for("f2 rename")
    program.send(F2)
    program.wait_for("Title of this conversation")
    program.send(ctrl("u") + "Sailing" + ENTER)
    program.wait_for("Sailing", "About boats.", "f2 rename")

    program.send("d")
    program.wait_for("Conversation deleted · u brings it back")
    program.wait_gone("Sailing", "About boats.")
    program.send("u")
    program.wait_for("Sailing", "About boats.", "f2 rename")

    program.send("/")
    program.wait_gone("enter open")
    program.send("bird")
    program.wait_for("1 of 2")
    program.wait_gone("Sailing")


def test_a_question_typed_behind_ctrl_n_in_one_go_begins_the_new_conversation(
    chat: OxenTui, server: CompatibleServer
) -> None:
    chat.ask("The old one")
    chat.wait_for_answer("A plain answer")
    chat.send("left unsent" + ctrl("n") + "The new one" + ENTER)
    assert server.wait_for_chat(2).said == ["user: The new one"]
    chat.wait_for_answer("The new one", "A plain answer")
    assert "The old one" not in chat.text
    chat.send(ctrl("s"))
    chat.wait_for_bar("The new one")
    chat.send(DOWN + ENTER)
    chat.wait_for("▐ The old one", "▐ left unsent")


def test_an_answer_goes_on_while_another_conversation_is_read(start: Start, server: CompatibleServer) -> None:
    server.answer_with(answer("Slowly", HOLD, " but surely."), words("Meanwhile."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("The slow one")
    program.wait_for("Slowly")
    slow = server.wait_for_chat(1)
    program.send(ctrl("n"))
    program.wait_gone("Slowly")
    program.ask("The quick one")
    program.wait_for_answer("Meanwhile.", "◐")
    server.go_on(slow)
    assert slow.ended.wait(5)
    program.wait_gone("◐")
    program.send(ctrl("s"))
    program.wait_for("f2 rename")
    program.send("/")
    program.wait_gone("enter open")
    program.send("slow" + ENTER)
    program.wait_for("1 of 2", "enter open")
    program.send(ENTER)
    program.wait_for_answer("Slowly but surely.")


def test_on_a_narrow_screen_the_list_is_behind_its_key(chat: OxenTui) -> None:
    chat.ask("Only this")
    chat.wait_for_answer("A plain answer")
    chat.send(ctrl("s"))
    chat.wait_for("Conversations", "Today", "Only this")
    chat.wait_gone("A plain answer")
    chat.send(ESC)
    chat.wait_for("A plain answer", "enter send")


def test_keys_never_act_on_a_conversation_behind_the_list(chat: OxenTui) -> None:
    chat.ask("Only this")
    chat.wait_for("A plain answer", "5 tokens")
    chat.send(ctrl("s"))
    chat.wait_for("Today", "f2 rename")
    chat.send(CTRL_UP)
    chat.wait_for("A plain answer", "y copy")
    chat.send(ctrl("s") + F2)
    chat.wait_for("Title of this conversation")


def test_conversations_are_pinned_on_top_and_archived_out_of_the_list(start: Start, server: CompatibleServer) -> None:
    server.answer_with(words("About boats."), words("About birds."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_until_ready()
    program.wait_for("model-one", "No conversations yet")
    program.ask("Boats please")
    program.wait_for_answer("About boats.")
    program.send(ctrl("n"))
    program.wait_gone("About boats.")
    program.ask("Birds please")
    program.wait_for_answer("About birds.", "Boats please")

    program.send(ctrl("s"))
    program.wait_for("f2 rename", "p pin", "a archive")
    program.send(DOWN + "p")
    program.wait_for("Pinned: it stays on top", "Pinned", "Today")
    program.send("a")
    program.wait_for("Archived · u undoes it")
    program.wait_gone("Boats please")
    program.send("u")
    program.wait_for("Boats please")
    program.wait_for_bar("Birds please")

    program.send("a")
    program.wait_for("Archived · u undoes it")
    program.send("A")
    program.wait_for("  Archived  ", "Birds please")
    program.wait_gone("Boats please")
    program.send("a")
    program.wait_for("Back in the list · u undoes it", "Nothing is archived")
    program.send("A")
    program.wait_for("Boats please", "Birds please", "f2 rename")


def test_what_was_used_is_told_model_by_model(chat: OxenTui) -> None:
    chat.ask("Moo?")
    chat.wait_for_answer("A plain answer")
    chat.ask("/usage")
    chat.wait_for("Tokens and money", "This answer", "first token", "cost", "This conversation", "model-one")
    chat.send(ESC)
    chat.wait_gone("Tokens and money")
