"""Tools in a conversation: switched on, called, asked about, stopped, and gone on from after a kill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.plays import HOLD, Answer, answer, words
from tests.journeys.program import ENTER, ESC, OxenTui, ctrl, environment

_SLEEPS = "import time; print('begun', flush=True); time.sleep(60)"
_PRINTS = "import json, sys; print('high at ' + json.load(sys.stdin)['harbour'])"
_FLOODS = "print('x' * 1_000_000)"


def calling(*calls: tuple[str, object]) -> Answer:
    """An answer that calls tools."""
    return answer(tool_calls=tuple((name, json.dumps(value)) for name, value in calls), finish="tool_calls")


@pytest.fixture
def with_commands(home: Path) -> None:
    """Tools of the user's own in the settings."""
    schema = 'schema = { properties = { harbour = { type = "string" } }, required = ["harbour"] }'
    tables = [
        f"[tools.tides]\ncommand = {json.dumps([sys.executable, '-c', _PRINTS])}\n{schema}",
        f"[tools.sleeps]\ncommand = {json.dumps([sys.executable, '-c', _SLEEPS])}\nconfirm = 'never'",
        f"[tools.floods]\ncommand = {json.dumps([sys.executable, '-c', _FLOODS])}\nconfirm = 'never'",
    ]
    folder = home / "oxen-tui" / "config"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("\n\n".join(tables), encoding="utf-8")


def switch_on(program: OxenTui, says: str) -> None:
    """Switch all tools on that can be."""
    program.send("/tools")
    program.wait_for("what the model may call")
    program.send(ENTER)
    program.wait_for("Tools the model may call")
    program.send("a")
    program.wait_for("● calculator")
    program.send(ENTER)
    program.wait_for(says)
    program.wait_gone("Tools the model may call")


def test_calls_are_run_at_once_shown_in_folds_and_kept(chat: OxenTui, server: CompatibleServer, start: Start) -> None:
    server.answer_with(
        calling(("calculator", {"expression": "6 * 7"}), ("calculator", {"expression": "1 / 0"})),
        words("Forty-two, then."),
        words("Once more."),
    )
    switch_on(chat, "7 tools")
    chat.ask("Reckon")
    chat.wait_for("▸ calculator  expression=6 * 7", "✓ 42", "✕ This cannot be worked out", "Forty-two, then.")
    chat.wait_for("10 tokens")  # of both answers
    assert [tool["function"]["name"] for tool in server.chats[0].body["tools"]][:2] == ["time", "calculator"]
    assert server.chats[1].said == [
        "user: Reckon",
        "assistant: None",
        "tool: 42",
        "tool: This cannot be worked out: it divides by zero.",
    ]
    chat.read()
    chat.send("r")
    chat.wait_for("Once more.", "‹ 2/2 ›", "✓ 42")
    chat.wait_gone("Forty-two")
    chat.wait_for("10 tokens", "in context")  # branches are gone through when it has ended
    chat.send("[")
    chat.wait_for("Forty-two, then.", "‹ 1/2 ›", "✓ 42")
    chat.send("kk" + ENTER)
    chat.send("j" + ENTER)
    chat.wait_for("▾ calculator", "expression: 1 / 0", "it divides by zero.")
    chat.send(ESC)
    assert chat.quit() == 0
    again = start(OXEN_BASE_URL=server.base_url, OXEN_API_KEY="key-of-the-test")
    again.wait_for("▸ calculator  expression=6 * 7", "✓ 42", "Forty-two, then.", "‹ 1/2 ›", "7 tools")


@pytest.mark.usefixtures("with_commands")
def test_a_command_is_shown_before_it_runs_and_a_no_goes_to_the_model(
    chat: OxenTui, server: CompatibleServer
) -> None:
    call = calling(("tides", {"harbour": "Faro"}))
    server.answer_with(call, words("High it is."), call, words("As you wish."))
    switch_on(chat, "10 tools")
    chat.ask("When is it high?")
    chat.wait_for("Run a command?", "-c", '"harbour": "Faro"', "n      no")
    chat.send(ENTER)
    chat.wait_for_answer("High it is.", "✓ high at Faro")
    chat.ask("And in Lagos?")
    chat.wait_for("Run a command?", "r  no, because …")
    chat.send("r")
    chat.wait_for("Why not, for the model")
    chat.send("not today" + ENTER)
    chat.wait_for("✕ The user did not allow this call", "As you wish.")
    assert server.chats[3].said[-1] == "tool: The user did not allow this call. not today"


@pytest.mark.usefixtures("with_commands")
def test_a_question_waits_until_its_conversation_is_on_screen(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(calling(("tides", {"harbour": "Faro"})), words("High it is."))
    switch_on(chat, "10 tools")
    chat.ask("When is it high?")
    chat.wait_for("Run a command?", "n      no")
    chat.send("s")
    chat.wait_for("✕ The user stopped this call", "– stopped · c goes on")
    chat.read()
    server.answer_with(words("Unknown, then."))
    chat.send("c")
    chat.wait_for_answer("Unknown, then.")
    chat.send(ESC)
    chat.wait_for("enter send")
    held = answer("Looking", HOLD, tool_calls=(("tides", '{"harbour": "Faro"}'),), finish="tool_calls")
    server.answer_with(held, words("High it is."))
    chat.ask("Again")
    chat.wait_for("Looking")
    chat.send(ctrl("n"))
    chat.wait_gone("Looking")
    server.go_on()
    chat.wait_for("A tool waits for your word")
    chat.echo_keys()
    chat.send(ctrl("s"))
    chat.wait_for("When is it high?", "f2 rename")
    chat.send(ENTER)
    chat.wait_for("Run a command?", "n      no")
    chat.send(ENTER)
    chat.wait_for("✓ high at Faro", "High it is.")


@pytest.mark.usefixtures("with_commands")
def test_a_tool_that_hangs_is_stopped_by_esc_and_one_that_floods_is_cut(
    chat: OxenTui, server: CompatibleServer
) -> None:
    server.answer_with(calling(("floods", {}), ("sleeps", {})), words("Enough of that."))
    switch_on(chat, "10 tools")
    chat.ask("Hang")
    chat.wait_for("▸ sleeps", "◐ running", "calling", "esc stop", "✓ 3 lines")
    chat.send(ESC)
    chat.wait_for("✕ The user stopped this call", "– stopped · c goes on")
    chat.wait_gone("esc stop")
    chat.echo_keys()
    chat.read()
    chat.send("c")
    chat.wait_for("Enough of that.")
    flood = server.chats[1].said[2]
    assert "[cut: it printed 1,000,001 bytes" in flood
    assert len(flood) < 61_000


@pytest.fixture
def with_edges(home: Path) -> None:
    """A folder to read with a link out of it, a command that is too slow, and one that prints sequences."""
    notes = home / "notes"
    notes.mkdir()
    (home / "secret.txt").write_text("secret")
    (notes / "out").symlink_to(home / "secret.txt")
    slow = [sys.executable, "-c", _SLEEPS]
    loud = [sys.executable, "-c", r"import sys; print('\x1b]0;owned\x07\x1b[2J' + repr(sys.stdin.read(2)))"]
    tables = [
        f"[tools.read_file]\nfolders = {json.dumps([str(notes)])}",
        f"[tools.slow]\ncommand = {json.dumps(slow)}\nconfirm = 'never'\ntimeout = 0.5",
        f"[tools.loud]\ncommand = {json.dumps(loud)}\nconfirm = 'once'",
    ]
    folder = home / "oxen-tui" / "config"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("\n\n".join(tables), encoding="utf-8")


@pytest.mark.usefixtures("with_edges")
def test_what_a_tool_must_not_do_or_cannot_is_told_to_the_model(chat: OxenTui, server: CompatibleServer) -> None:
    outside = calling(("read_file", {"path": "out"}), ("read_file", {"path": "../secret.txt"}), ("slow", {}))
    loud = calling(("loud", {}), ("loud", {}))
    server.answer_with(outside, loud, loud, words("Well then."))
    switch_on(chat, "10 tools")
    chat.ask("Try")
    chat.wait_for("Run a command?", "runs it, and further calls in this chat", "n      no")
    chat.send(ENTER)
    chat.wait_for("Well then.", "✕ The tool did not end within")
    chat.wait_gone("esc stop")
    assert [each.partition(" in the folders")[0] for each in server.chats[3].said if each.startswith("tool")] == [
        "tool: There is no out",
        "tool: There is no ../secret.txt",
        "tool: The tool did not end within 0.5 s and was ended.",
        *["tool: ␛]0;owned␛[2J'{}'"] * 4,
    ]
    assert b"owned\x07" not in bytes(chat.raw)


def test_a_model_that_never_has_enough_is_asked_about(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(calling(("time", {})))
    switch_on(chat, "7 tools")
    chat.ask("For ever")
    chat.wait_for("Go on? model-one has called tools in 12 answers in a row", "n      no")
    assert len(server.chats) == 12
    chat.send("n")
    chat.wait_for("– stopped · c goes on", "Stopped after 12 answers")
    chat.wait_gone("esc stop")
    assert len(server.chats) == 12


@pytest.mark.usefixtures("with_commands")
def test_killed_while_a_tool_runs_nothing_is_half_and_it_goes_on(start: Start, server: CompatibleServer) -> None:
    server.answer_with(calling(("sleeps", {})), words("Left alone."), words("Gone on."))
    first = start(OXEN_BASE_URL=server.base_url)
    first.wait_until_ready()
    first.wait_for("model-one")
    switch_on(first, "10 tools")
    first.ask("Hang")
    first.wait_for("▸ sleeps", "◐ running")
    first.kill()
    again = start(OXEN_BASE_URL=server.base_url)
    again.wait_for("▸ sleeps", "– not run · c runs it", "10 tools")
    again.wait_until_ready()
    again.ask("Never mind")
    again.wait_for("Left alone.")
    assert server.chats[1].said == ["user: Hang\n\nNever mind"]


@pytest.fixture
def demo(home: Path, start: Start) -> Iterator[OxenTui]:
    """The program at a demo service in which nothing takes time."""
    command = [sys.executable, "-m", "oxen_tui.demo", "--port", "0", "--pace", "0", "--die-with-stdin"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(home)
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())
        program = start(OXEN_BASE_URL=address["base_url"], OXEN_API_KEY=address["token"])
        program.wait_until_ready()
        yield program
        process.stdin.close()


def test_a_model_makes_a_picture_through_the_queue(demo: OxenTui) -> None:
    switch_on(demo, "7 tools")
    demo.ask("Draw a lighthouse")
    demo.wait_for("Make a picture?", "prompt", "price", "makes it  ~$0.0", "n      no")
    demo.send(ENTER)
    demo.wait_for("With what the tools said", "made, ", seconds=20)
    demo.wait_for_answer()
    assert len(list((demo.kept / "data" / "results").rglob("*.png"))) == 1


def test_the_demo_calls_without_end_when_it_is_asked_to(demo: OxenTui) -> None:
    switch_on(demo, "7 tools")
    demo.ask("What time is it? fault: endless calls")
    demo.wait_for("Go on?", "has called tools in 12 answers in a row", "n      no", seconds=20)
    demo.send("n")
    demo.wait_for("– stopped · c goes on")
