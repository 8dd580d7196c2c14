"""The events of a stream, cut out of what was kept of it."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.event_stream import EventDecoder, ServerEvent
from oxen_tui.api.exchange import MOST_HEAD, MOST_TAIL
from oxen_tui.services.requests.exchange_events import COMMENT, GAP, EventReader, RawEvent, gist
from tests.services.exchanges_made import Wire, chunk


def test_each_event_has_the_time_at_which_its_end_came() -> None:
    first, second = chunk("one"), chunk("two")
    exchange = Wire().chat(first + second[:9], second[9:], b": here\n\n")
    events = EventReader(exchange).events()
    assert [(round(event.after, 3), event.name) for event in events] == [
        (0.1, "message"),
        (0.2, "message"),
        (0.3, COMMENT),
    ]
    assert [event.data for event in events] == [first[6:-2].decode(), second[6:-2].decode(), "here"]


def test_a_reader_reads_on_where_it_was() -> None:
    wire = Wire()
    exchange = wire.chat(chunk("one"), ended=False)
    reader = EventReader(exchange)
    assert len(reader.events()) == 1
    exchange.receive(chunk("two") + b"data: half")
    assert len(reader.events()) == 2
    assert len(reader.events()) == 2
    exchange.end()
    assert reader.events()[-1].data == "half"
    assert len(reader.events()) == 3


@settings(max_examples=30)
@given(st.lists(st.text(max_size=4), max_size=8), st.lists(st.integers(0, 400), max_size=6))
def test_however_it_was_cut_the_events_are_those_that_the_client_read(texts: list[str], cuts: list[int]) -> None:
    stream = b"".join(map(chunk, texts)) + b"data: [DONE]\n\n"
    places = sorted({0, len(stream), *(cut % len(stream) for cut in cuts)})
    exchange = Wire().chat(*(stream[start:end] for start, end in pairwise(places)))
    decoder = EventDecoder()
    read = [event.data for event in decoder.feed(stream) + decoder.finish() if isinstance(event, ServerEvent)]
    assert [event.data for event in EventReader(exchange).events()] == read


@pytest.mark.parametrize("count", [3000, 30_000])
def test_of_a_long_stream_there_are_the_first_and_the_last_events(count: int) -> None:
    exchange = Wire().chat(*(chunk(f"word {number}") for number in range(count)), b"data: [DONE]\n\n")
    events = EventReader(exchange).events()
    assert "word 0" in events[0].data
    assert events[-1].data == "[DONE]"
    assert f"word {count - 1}" in events[-2].data
    gaps = [event for event in events if event.name == GAP]
    if not exchange.left_out:
        assert len(events) == count + 1
        assert not gaps
    else:
        assert [gap.data for gap in gaps] == [f"{exchange.left_out:,} bytes between were not kept"]
        assert sum(len(event.data) for event in events) < MOST_HEAD + MOST_TAIL
        for event in events[:-1]:
            if event.name != GAP:
                json.loads(event.data)


def test_what_was_given_up_has_no_events() -> None:
    exchange = Wire().chat(chunk("one"))
    exchange.forget()
    assert EventReader(exchange).events() == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"choices":[{"delta":{"content":"Hel\\nlo"}}]}', '"Hel\\nlo"'),
        ('{"choices":[{"delta":{"reasoning_content":"so"}}]}', 'thinks "so"'),
        ('{"choices":[{"delta":{"tool_calls":[{"function":{"name":"clock","arguments":"{"}}]}}]}', 'call clock"{"'),
        ('{"choices":[{"delta":{"role":"assistant","content":""}}]}', "begins"),
        ('{"choices":[{"delta":{},"finish_reason":"stop"}]}', "finish stop"),
        ('{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5}}', "usage 7 + 5"),
        ('{"error":{"message":"no"}}', "error"),
        ("[DONE]", "end"),
        ("[1]", ""),
        ("no json", ""),
        ('{"choices":[{"delta":{"content":"\\u001b[2J"}}]}', '"\\u001b[2J"'),
    ],
)
def test_the_gist_of_an_event(data: str, said: str) -> None:
    assert gist(RawEvent(0.0, "message", data)) == said


def test_the_gist_of_what_is_no_message() -> None:
    assert gist(RawEvent(0.0, COMMENT, "x")) == "keep-alive"
    assert gist(RawEvent(0.0, "error", "{}")) == "error"
