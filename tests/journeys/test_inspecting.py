"""What went over the wire is looked at while it comes, and copied so that it runs; the key is in none of it."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.plays import HOLD, Refusal, answer, words
from tests.journeys.program import BACKSPACE, ENTER, ESC, TAB, OxenTui

F9 = "\x1b[20~"
_CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)")
KEY = "key-of-the-test"


def copied(program: OxenTui) -> str:
    """What the terminal was told last to put on its clipboard."""
    return base64.b64decode(_CLIPBOARD.findall(bytes(program.raw))[-1]).decode()


def run(*command: str, program: str) -> None:
    environment = {"PATH": os.environ["PATH"], "OXEN_API_KEY": "another-key", "NO_PROXY": "127.0.0.1"}
    subprocess.run(command, input=program, text=True, env=environment, check=True, capture_output=True, timeout=30)


def test_events_are_read_as_they_come_and_the_request_is_copied_as_curl(
    chat: OxenTui, server: CompatibleServer
) -> None:
    server.answer_with(answer("First", " part", HOLD, " second", " part."), words("Told a program."))
    chat.ask('It\'s a "quoted" $HOME `question`')
    chat.wait_for("First part")
    chat.send(F9)
    chat.wait_for(
        "as they went over the wire", "POST chat/completions", "POST http://127.0.0.1", "Authorization  ***"
    )
    chat.send(TAB + TAB)
    chat.wait_for('" part"')
    chat.send(ENTER + "G")
    chat.wait_for_bar('" part"')
    server.go_on()
    chat.wait_for('" second"', "finish stop", "usage 7 + 5", "[DONE]")
    chat.send(ENTER)
    chat.wait_for("data: [DONE]")
    chat.send("kk" + ENTER)
    chat.wait_for('"finish_reason": "stop"')
    chat.send(TAB)
    chat.wait_for("first byte", "events a second")
    chat.send("c")
    chat.wait_for("Copied curl")
    command = copied(chat)
    assert "Authorization: Bearer $OXEN_API_KEY" in command
    if shutil.which("bash") and shutil.which("curl"):
        run("bash", program=command)
        by_curl = server.wait_for_chat(2)
        assert by_curl.body == server.chats[0].body
        assert by_curl.headers["authorization"] == "Bearer another-key"
    chat.send(ESC + ESC)
    chat.wait_for_answer("First part second part.")
    assert KEY.encode() not in chat.raw
    assert KEY not in command


def test_the_request_of_any_answer_is_copied_as_a_program_that_sends_it_again(
    chat: OxenTui, server: CompatibleServer
) -> None:
    chat.ask("One")
    chat.wait_for_answer("A plain answer")
    chat.ask("Two")
    server.wait_for_chat(2)
    chat.wait_until(lambda shown: shown.count("A plain answer") == 2, what="two answers")
    chat.wait_for_answer("A plain answer")
    chat.read()
    chat.send("kk")
    chat.send("C")
    chat.wait_for("request as Python", "$OXEN_API_KEY")
    chat.send("p")
    chat.wait_for("Copied the request as Python")
    run(sys.executable, "-", program=copied(chat))
    assert server.wait_for_chat(3).body == server.chats[0].body
    chat.send(ESC)
    chat.wait_until_ready()
    chat.ask("/curl json")
    chat.wait_for("Copied the JSON of the request")
    assert '"content": "Two"' in copied(chat)
    chat.ask("/curl perl")
    chat.wait_for("copied as curl, Python or JSON")
    assert KEY.encode() not in chat.raw


def test_a_refusal_is_inspected_and_the_key_that_it_echoes_is_blanked(
    chat: OxenTui, server: CompatibleServer
) -> None:
    server.answer_with(Refusal(400, {"error": {"message": "Not today", "given": f"Bearer {KEY}"}}, {"x-echo": KEY}))
    chat.ask("Hello")
    chat.wait_for("Not today")
    chat.ask("/inspect")
    chat.wait_for("POST chat/completions", "400")
    chat.send(TAB)
    chat.wait_for("HTTP/1.1 400 Because", "x-echo", '"message": "Not today"', '"given": "Bearer ***"')
    chat.send("/given" + ENTER)
    chat.wait_for("line")
    chat.send("n" + BACKSPACE + "y")
    chat.wait_for("Copied response")
    assert '"given": "Bearer ***"' in copied(chat)
    chat.resize(60, 20)
    chat.wait_for("POST chat/completions", "Response")
    chat.send(ESC + ESC + ESC)
    chat.wait_until_ready()
    assert KEY.encode() not in chat.raw
