"""Writing: commands and what follows them completed, long pastes folded, sent whole and kept."""

from __future__ import annotations

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import models
from tests.journeys.program import BACKSPACE, DOWN, ENTER, ESC, TAB, OxenTui, ctrl

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
PAGE_DOWN = "\x1b[6~"
LONG = "\n".join(f"line {number} of the log" for number in range(1, 121))
WORD = "[Pasted #1: 120 lines, 2.3 KB]"


def test_commands_and_what_follows_them_are_completed_in_a_small_terminal(
    start: Start, server: CompatibleServer
) -> None:
    server.models = models("heron-1", "heron-3-pro", "avocet")
    program = start(OXEN_BASE_URL=server.base_url, columns=60, rows=20)
    program.wait_for("Message, / for commands", "heron-1")
    program.send("/")
    program.wait_for("/attach", "1 of ", "▐ /")
    program.send(PAGE_DOWN)
    program.wait_for("8 of ")
    program.send("colo")
    program.wait_for("/theme")
    program.wait_gone("/usage")
    program.send(TAB)
    program.wait_for("▐ /theme ", "oxen-light")
    program.send(ctrl("c"))
    program.wait_for("Message, / for commands")
    program.send("/model ")
    program.wait_for("heron-3-pro", "avocet")
    program.send("her")
    program.wait_gone("avocet")
    program.send(DOWN + ENTER)
    program.wait_for("Message, / for commands", "heron-3-pro")
    program.send("/mod")
    program.wait_for("choose the model")
    program.send(ESC)
    program.wait_gone("choose the model")


def test_a_long_paste_is_a_word_until_it_is_sent_whole(chat: OxenTui, server: CompatibleServer) -> None:
    chat.send(f"why {PASTE}{LONG}{PASTED}?")
    chat.wait_for(f"▐ why {WORD}?")
    chat.send(BACKSPACE * 2)
    chat.wait_gone(WORD)
    chat.send(f"{PASTE}{LONG}{PASTED}?")
    chat.wait_for(f"▐ why {WORD}?")
    assert chat.quit() == 0
    with OxenTui(chat.home, OXEN_BASE_URL=server.base_url) as again:
        again.wait_for(f"▐ why {WORD}?", "model-one")
        again.send(ENTER)
        again.wait_for_answer("A plain answer")
        assert server.wait_for_chat(1).said == [f"user: why {LONG}?"]
        again.wait_for("line 1 of the log", "more lines")
        assert "line 120 of the log" not in again.text
        again.read()
        again.send("k" + ENTER)
        again.wait_gone("more lines")


def test_a_megabyte_is_pasted_and_keys_are_echoed_at_once(chat: OxenTui, server: CompatibleServer) -> None:
    text = "a line of some words, and more\n" * 32_000
    chat.send(f"{PASTE}{text}{PASTED}")
    chat.wait_for("[Pasted #1: 32,000 lines, 992 KB]")
    chat.echo_keys()
    chat.send(ENTER)
    chat.wait_for_answer("A plain answer")
    assert server.wait_for_chat(1).said == [f"user: {text}"]
    chat.echo_keys()
