"""A request and its answer in words: nothing in them acts, and the key is in none of them."""

from __future__ import annotations

import json
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.wire_record import MOST_BODY
from oxen_tui.safe_text import clean
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.exchange_text import CannotCopy, ExchangeText
from tests.services.exchanges_made import KEY, Wire, chunk


def test_all_of_an_exchange_for_a_file() -> None:
    wire = Wire()
    exchange = wire.chat(chunk("Hel"), chunk("lo") + b": here\n\n", b"event: error\ndata: {}\n\ndata: [DONE]\n\n")
    lines = ExchangeText(wire.record).whole(exchange).split("\n")
    assert lines[0] == "POST https://hub.test/api/ai/chat/completions"
    assert "Authorization: ***" in lines
    assert '  "model": "ox",' in lines
    assert "HTTP/1.1 200 OK" in lines
    assert lines[lines.index("x-request-id: req-7") + 1] == ""
    assert "first byte: +100 ms" in lines
    assert "end: +300 ms" in lines
    assert lines[-6:] == [
        '+100 ms  {"id": "a1", "choices": [{"index": 0, "delta": {"content": "Hel"}}]}',
        '+200 ms  {"id": "a1", "choices": [{"index": 0, "delta": {"content": "lo"}}]}',
        "+200 ms  : here",
        "+300 ms  error {}",
        "+300 ms  [DONE]",
        "",
    ]


def test_an_answer_that_is_no_json_is_shown_line_by_line_with_escapes() -> None:
    wire = Wire()
    said = ExchangeText(wire.record)
    exchange = wire.call(b"<h1>Bad\x1b[2J gateway</h1>\nsecond\tline \xff")
    assert [line for _, line in said.answer_lines(exchange)] == [
        "<h1>Bad\\x1b[2J gateway</h1>",
        "second\\tline \N{REPLACEMENT CHARACTER}",
    ]


def test_a_key_that_was_written_as_escapes_is_not_read_back() -> None:
    wire = Wire()
    spelled = "".join(f"\\u{ord(sign):04x}" for sign in KEY.reveal())
    exchange = wire.call(b'{"echo": "' + spelled.encode() + b'"}', 401)
    said = ExchangeText(wire.record)
    assert "".join(line for _, line in said.answer_lines(exchange)) == '{"echo": "***"}'
    assert KEY.reveal() not in said.whole(exchange)


@settings(max_examples=40)
@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_is_said_acts_on_a_terminal(asked: str, answered: str) -> None:
    wire = Wire()
    said = ExchangeText(wire.record)
    asked = asked.encode("utf-8", "replace").decode()
    answered = answered.encode("utf-8", "replace").decode()
    stream = wire.chat(chunk(answered), f"data: {answered}\n\n".encode(), text=asked)
    whole = wire.call(answered.encode())
    for exchange in (stream, whole):
        for text in (said.whole(exchange), *(said.copied(exchange, language) for language in Language)):
            assert clean(text) == text


def test_a_request_is_copied_as_it_was_sent() -> None:
    wire = Wire()
    exchange = wire.chat(chunk("x"), text='it\'s "so"')
    text = ExchangeText(wire.record).copied(exchange, Language.CURL)
    command, _, rest = text.partition("<<'JSON'\n")
    assert "Authorization: Bearer $OXEN_API_KEY" in shlex.split(command.replace("\\\n", ""))
    assert exchange.body is not None
    assert json.loads(rest.removesuffix("\nJSON\n")) == json.loads(exchange.body)
    assert "httpx.stream(" in ExchangeText(wire.record).copied(exchange, Language.PYTHON)


def test_a_call_without_a_body_is_copied_too() -> None:
    wire = Wire()
    exchange = wire.call(b"", method="DELETE", path="queue/g1")
    text = ExchangeText(wire.record).copied(exchange, Language.CURL)
    assert shlex.split(text.replace("\\\n", ""))[2:5] == ["-X", "DELETE", "https://hub.test/api/ai/queue/g1"]


def test_what_is_not_there_any_more_cannot_be_copied_and_says_so() -> None:
    wire = Wire()
    exchange = wire.chat(chunk("x"))
    exchange.forget()
    said = ExchangeText(wire.record)
    with pytest.raises(CannotCopy, match="given up for newer ones"):
        said.copied(exchange, Language.CURL)
    form = wire.record.begin("POST", "https://hub.test/api/files", [], KEY, note="a form of 9 bytes")
    with pytest.raises(CannotCopy, match="carries a file"):
        said.copied(form, Language.CURL)
    assert ("request", "a form of 9 bytes") in said.timing(form)


def test_media_are_shown_by_their_beginning_and_their_length() -> None:
    wire = Wire()
    picture = "data:image/png;base64," + "A" * 600
    exchange = wire.chat(chunk("x"), text=picture)
    lines = [line for _, line in ExchangeText(wire.record).request_lines(exchange)]
    assert '"content": "data:image/png;base64,… 622 characters"' in lines
    assert picture in ExchangeText(wire.record).copied(exchange, Language.CURL)
    assert exchange.body_bytes < MOST_BODY
