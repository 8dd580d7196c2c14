from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.errors import TooLarge
from oxen_tui.api.event_stream import Comment, EventDecoder, ServerEvent, StreamItem


def decode(*chunks: bytes) -> list[StreamItem]:
    decoder = EventDecoder()
    return [item for chunk in chunks for item in decoder.feed(chunk)]


def data_of(items: list[StreamItem]) -> list[str]:
    return [item.data for item in items if isinstance(item, ServerEvent)]


def naive(body: bytes) -> list[StreamItem]:
    """The standard's algorithm written down step by step, on the whole stream at once."""
    text = codecs.decode(body, "utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]
    found: list[StreamItem] = []
    data, event, last_id = "", "", ""
    for line in lines:
        if line == "":
            if data:
                found.append(ServerEvent(data[:-1], event or "message", last_id))
            data, event = "", ""
            continue
        field, colon, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if colon and not field:
            found.append(Comment(value))
        elif field == "data":
            data += value + "\n"
        elif field == "event":
            event = value
        elif field == "id" and "\0" not in value:
            last_id = value
    return found


def test_an_event_is_its_data_up_to_the_blank_line() -> None:
    assert decode(b"data: one\n\ndata: two\n\n") == [ServerEvent("one"), ServerEvent("two")]


def test_only_one_space_behind_the_colon_is_left_out() -> None:
    assert data_of(decode(b"data:none\n\ndata: one\n\ndata:  two\n\n")) == ["none", "one", " two"]


def test_several_data_lines_are_one_event() -> None:
    assert data_of(decode(b"data: a\ndata\ndata: b\n\n")) == ["a\n\nb"]


def test_empty_data_is_an_event_but_no_data_is_none() -> None:
    assert decode(b"data\n\n") == [ServerEvent("")]
    assert decode(b"event: lonely\n\n\n\n") == []


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_end_with_any_of_three_ends(end: bytes) -> None:
    body = end.join([b"event: e", b"data: x", b"", b"data: y", b"", b""])
    assert decode(body) == [ServerEvent("x", "e"), ServerEvent("y")]
    assert decode(*(body[at : at + 1] for at in range(len(body)))) == [ServerEvent("x", "e"), ServerEvent("y")]


def test_a_carriage_return_ends_its_line_without_waiting_for_the_next_read() -> None:
    assert decode(b"data: x\r\r") == [ServerEvent("x")]
    assert decode(b"data: x\r\n\r", b"\ndata: y\r\n\r\n") == [ServerEvent("x"), ServerEvent("y")]


def test_a_bom_is_left_out_at_the_start_only_and_also_when_cut() -> None:
    assert decode(b"\xef", b"\xbb", b"\xbfdata: x\n\n") == [ServerEvent("x")]
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfdata: x\n\n") == []
    assert decode(b"data: a\n\n\xef\xbb\xbfdata: x\n\n") == [ServerEvent("a")]


def test_comments_are_given_at_once_as_signs_of_life() -> None:
    assert decode(b": keep-alive\n") == [Comment("keep-alive")]
    assert decode(b"data: half\n:\ndata: rest\n\n") == [Comment(""), ServerEvent("half\nrest")]


def test_an_id_stays_until_another_comes_and_one_with_nul_is_none() -> None:
    body = b"id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n"
    assert [item.id for item in decode(body) if isinstance(item, ServerEvent)] == ["1", "1", "1", ""]


def test_retry_takes_digits_only() -> None:
    decoder = EventDecoder()
    decoder.feed(b"retry: 1500\nretry: 2s\nretry: -1\nretry:\nretry: 99999999999999999999\n\n")
    assert decoder.retry_ms == 1500


def test_unknown_fields_and_fields_in_other_cases_say_nothing() -> None:
    assert decode(b"Data: x\nfoo: y\ndatum\n\n") == []


def test_characters_cut_between_reads_come_whole_and_broken_ones_are_replaced() -> None:
    ox = "data: 🐂\n\n".encode()
    assert data_of(decode(ox[:8], ox[8:])) == ["🐂"]
    assert data_of(decode(b"data: \xe2\x82\n\ndata: \xff!\n\n")) == ["\ufffd", "\ufffd!"]


def test_an_unfinished_event_is_dropped_by_the_standard_and_given_by_finish() -> None:
    decoder = EventDecoder()
    assert decoder.feed(b'event: e\ndata: {"a":') == []
    assert decoder.feed(b"1}") == []
    assert decoder.finish() == [ServerEvent('{"a":1}', "e")]
    assert decoder.finish() == []


def test_a_line_or_event_without_end_is_too_large() -> None:
    decoder = EventDecoder(max_bytes=100)
    decoder.feed(b"data: " + b"x" * 90)
    with pytest.raises(TooLarge):
        decoder.feed(b"y" * 10)
    decoder = EventDecoder(max_bytes=100)
    for _ in range(10):
        decoder.feed(b"data: ten bytes\n")
    with pytest.raises(TooLarge):
        decoder.feed(b"data: ten bytes\n")
    with pytest.raises(TooLarge):
        EventDecoder(max_bytes=100).feed(b"data: " + b"x" * 100 + b"\n\n")


_BYTES = (
    b"""data: |data|data:|event: e|id: 4|id: \0|retry: 9|:|: c|x|\xef\xbb\xbf|\x80|\xf0\x9f| |{"a":1}|data: x\n\n"""
)
_ENDS = (b"\n", b"\n\n", b"\r", b"\r\n", b"\r\n\r\n")
_WORDS = st.lists(st.sampled_from([*_BYTES.split(b"|"), *_ENDS, "ö🐂".encode()]), max_size=40).map(b"".join)


@given(_WORDS, st.lists(st.integers(0, 400), max_size=8))
def test_the_cuts_between_reads_make_no_difference(body: bytes, cuts: list[int]) -> None:
    ends = sorted({cut for cut in cuts if cut < len(body)} | {0, len(body)})
    parts = [body[start:end] for start, end in pairwise(ends)]
    assert decode(*parts) == decode(body)


@given(_WORDS)
def test_the_fast_way_finds_what_the_standard_says(body: bytes) -> None:
    ended = body + b"\n"  # the naive reader cannot tell an unfinished line from a finished one
    assert decode(ended) == naive(ended)
    assert decode(*(ended[at : at + 1] for at in range(len(ended)))) == naive(ended)
