"""Nothing that arrives can act: shown by the bytes that reach the terminal, whichever way the text came."""

from __future__ import annotations

import re
from functools import partial

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.conftest import Start
from tests.journeys.escape_sequences import shapes
from tests.journeys.plays import Answer, Refusal, answer, models
from tests.journeys.program import ENTER, ESC, OxenTui, ctrl

ACTS = (
    "\x1b]0;OWNED\x07",
    "\x1b]2;OWNED\x1b\\",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b]8;;https://owned.example\x07",
    "\x1b]9;OWNED\x07",
    "\x1b[2J",
    "\x1b[3J",
    "\x1b[?1049l",
    "\x1b[?1000l",
    "\x1b[>4;2m",
    "\x1b[6n",
    "\x1bc",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100,a=T;AAAA\x1b\\",
    "\x9b2J",
    "\x9d0;OWNED\x9c",
    "\x90q\x9c",
    "\x07\x08\x0b\x0c\x0e\x00\x7f",
)
"""What would act on a terminal."""
MISLEADS = "\u202egnp\u202c\u2066x\u2069\u200f\U0010eeee\U000e0041\ufeff"
"""What would turn the reading direction, draw somebody else's picture, or hide text."""
MARKUP = "[/b] [@click=app.quit]press[/] [red]red[/red] [link=https://owned.example]l[/link] :smile: $x"
"""What Textual and Rich read as more than text where they are let."""
PASTED = f"{''.join(act for act in ACTS if ESC not in act)}{MISLEADS}{MARKUP}"
"""Without Esc: terminals take it out of what is pasted."""
HOSTILE = f"{''.join(ACTS)}{MISLEADS}{MARKUP}"

_HARMLESS = {
    *(f"CSI {final}" for final in "mHABCDGdJKr"),  # colours and places
    *(f"CSI ? {mode} h" for mode in (1000, 1002, 1003, 1004, 1006, 1015, 1049, 2004)),
    *(f"CSI ? {mode} {switch}" for mode in (7, 25, 2026) for switch in "hl"),
    *(f"CSI ? {mode} $ p" for mode in (2026, 2048)),
    *("CSI > 25 u", "CSI 22;0 t", "OSC 2", "OSC 22"),
    *("APC Gi=31,s=1,v=1,a=q,t=", "DCS $qm", "CSI c", "CSI > 0 q", "CSI 16 t", "CSI 14 t"),  # what it can do
}
"""What the program itself may write while it runs."""
_STRING = re.compile("\x1b](?:2;oxen-tui|22;[a-z-]*)(?:\x07|\x1b\\\\)")
"""Its title and the shape of its mouse pointer, the only strings that it sends."""


def letters(text: str) -> tuple[str, ...]:
    """The text in fragments of one character, so that every sequence is split."""
    return tuple(text)


def assert_harmless(program: OxenTui) -> None:
    """Nothing of the payload has reached the terminal; and the program can still be used, and left."""
    program.echo_keys()
    raw = bytes(program.raw)
    assert shapes(raw) <= _HARMLESS
    assert [act for act in ACTS if act.encode() in raw] == []
    written = _STRING.sub("", raw.decode())
    assert "\x1b]" not in written
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {ord(char) for char in "\x1b\r\n\t"}
    assert [hex(code) for code in controls if chr(code) in written] == []
    assert [hex(ord(char)) for char in MISLEADS if not char.isascii() and char in written] == []
    assert program.quit() == 0
    assert program.left_as_it_was() == []


def page_to(chat: OxenTui, text: str) -> None:
    """Read on until this is in view."""

    def is_another(before: str, shown: str) -> bool:
        # Not the header: a sum that comes there late would pass for a page, and the next two then come at once.
        return shown.splitlines()[1:-7] != before.splitlines()[1:-7]

    for _ in range(6):
        before = chat.text
        if text in before:
            return
        chat.send("\x1b[6~")
        chat.wait_until(partial(is_another, before), what="another page")
    chat.wait_for(text)


def test_streamed_text_reasoning_and_tool_calls_are_only_text(chat: OxenTui, server: CompatibleServer) -> None:
    block = f"```python\nprint('{HOSTILE}')\n```\n\n| a | b |\n|---|---|\n| {HOSTILE} | x |\n\n- {HOSTILE}\n\n"
    hostile = Answer(
        letters(f"Begin\n\n{HOSTILE}\n\n{block}{HOSTILE} the end"),
        reasoning=letters(f"Hm {HOSTILE} thought"),
        tool_calls=((f"tool{HOSTILE}", f'{{"a": "{HOSTILE}"}}'),),
        finish=f"stop{HOSTILE}",
        usage={"prompt_tokens": HOSTILE, "completion_tokens": 5, "total_tokens": 5, "cost": HOSTILE},
    )
    server.answer_with(hostile)
    chat.ask("Show me")
    chat.wait_for("[@click=app.quit]press[/]", "the end", "c runs it")
    chat.read()
    chat.send(ENTER + "g")
    chat.wait_for("▾ thought", "Hm ␛]0;OWNED", "Begin")
    chat.send("j")
    page_to(chat, "▾ tool␛]0;OWNED")
    chat.send(ESC)
    chat.wait_for("enter send")
    assert_harmless(chat)


def test_names_and_titles_are_only_text(start: Start, server: CompatibleServer) -> None:
    evil = f"evil{MARKUP}{''.join(ACTS)}"
    server.models = models(evil, "plain")
    server.me = Refusal(200, {"user": {"username": f"eve{HOSTILE}"}})
    program = start(OXEN_BASE_URL=server.base_url, OXEN_API_KEY="k", columns=140, rows=40)
    program.wait_until_ready()
    program.wait_for("evil[/b]", "eve␛]0;OWNED")
    program.send(f"\x1b[200~{PASTED}\x1b[201~ title")
    program.wait_for("[/b]", " title")
    program.send(ENTER)
    program.wait_for_answer("A plain answer of some words.")
    program.send(ctrl("l"))
    program.wait_for("Model for the next question", "plain")
    program.send("evil")
    program.wait_for("as typed")
    program.send(f"\x1b[200~{PASTED}\x1b[201~")
    program.send(ESC)
    program.wait_gone("Model for the next question")
    program.ask("/rename")
    program.wait_for("Title of this conversation")
    program.send(f"\x1b[200~{PASTED}\x1b[201~" + ENTER)
    program.wait_gone("Title of this conversation")
    assert_harmless(program)


def test_a_paste_presses_no_key(chat: OxenTui) -> None:
    chat.send(f"\x1b[200~one{ESC}2two{ESC}[5~three{ESC}{ESC}\x1b[201~ four")
    chat.wait_for("one2two[5~three four", "enter send")
    assert_harmless(chat)


def test_errors_are_only_text(chat: OxenTui, server: CompatibleServer) -> None:
    server.answer_with(
        Refusal(400, {"error": {"title": HOSTILE, "detail": f"detail {HOSTILE}"}}),
        Refusal(400, {"error": {"title": HOSTILE, "detail": f"detail {HOSTILE}"}}),
        Refusal(404, {"error": {"message": f"Model not found: {HOSTILE}"}}),
        Refusal(402, f"{HOSTILE} out of credits", content_type="text/plain"),
        Refusal(307, {}, {"location": "http://[/b]" + MARKUP.replace(" ", "")}),
        answer("Fine ", "now"),
    )
    for said in ("The request was refused", "Unknown model", "Out of credits", "not an inference API"):
        chat.ask("Show me")
        chat.wait_for(said, "r regenerate")
        chat.send(ctrl("n"))
        chat.wait_gone(said)
    chat.ask("Show me")
    chat.wait_for("Fine now")
    assert_harmless(chat)


def test_what_was_stored_is_still_only_text_after_a_restart(start: Start, server: CompatibleServer) -> None:
    server.answer_with(Answer(letters(HOSTILE), finish=None, done=False))
    first = start(OXEN_BASE_URL=server.base_url, OXEN_MODEL=f"m{HOSTILE}".replace("\0", ""))
    first.wait_until_ready()
    first.ask("Show me")
    first.wait_for("[@click=app.quit]press[/]", "✕ cut off")
    assert_harmless(first)
    again = start(OXEN_BASE_URL=server.base_url, columns=120)
    again.wait_for("[@click=app.quit]press[/]", "✕ cut off")
    assert_harmless(again)
