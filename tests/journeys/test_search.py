"""What was ever said is found, and gone to, on whichever branch it stands."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import words
from tests.journeys.program import DOWN, ENTER, ESC, ctrl


def test_a_message_is_found_and_gone_to(start: Start, server: CompatibleServer) -> None:
    server.answer_with(words("Boats float on salty water."), words("Birds fly."), words("Birds sing too."))
    program = start(OXEN_BASE_URL=server.base_url, columns=120)
    program.wait_until_ready()
    program.wait_for("model-one", "No conversations yet")
    program.ask("Boats please")
    program.wait_for_answer("salty water.")
    program.send(ctrl("n"))
    program.wait_gone("salty water.")
    program.ask("Birds please")
    program.wait_for_answer("Birds fly.")
    program.send(ctrl("r"))
    program.wait_for("Birds sing too.", "2/2")

    program.ask("/search salt")
    program.wait_for("Search everything", "Boats please", "Boats float on salty water.", "model-one · ")
    program.send(ENTER)
    program.wait_gone("Search everything", "Birds sing")
    program.wait_for("salty water.", "y copy")

    program.send(ESC)
    program.wait_for("enter send")
    program.ask("/search fly")
    program.wait_for("Search everything", "Birds fly.")
    program.send(ENTER)
    program.wait_for("Birds fly.", "1/2", "y copy")

    program.send("/")
    program.wait_for("Search this conversation")
    program.send("bird")
    program.wait_for("Birds sing too.", "3 found")
    program.send("x")
    program.wait_for("Nothing holds all these words")
    program.send("\x7f")
    program.wait_for("3 found")
    program.send(DOWN * 2)
    program.wait_for_bar("Birds please")
    program.send(ENTER)
    program.wait_gone("Search this conversation")
    program.wait_for("y copy", "Birds fly.")


def test_a_title_is_found_and_nothing_is_kept_when_it_is_left(start: Start, server: CompatibleServer) -> None:
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_until_ready()
    program.wait_for("model-one")
    program.ask("Boats please")
    program.wait_for_answer("A plain answer")
    program.send("a draft" + ctrl("k"))
    program.wait_for("Search everything")
    program.send("search ev" + ENTER)
    program.wait_for("words in a row")
    program.send("oat")
    program.wait_for("Titles", "Boats please")
    program.send(ESC)
    program.wait_for("A plain answer", "a draft")
