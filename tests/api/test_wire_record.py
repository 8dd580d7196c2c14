"""What went over the wire is kept, bounded, and without the key."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.api.chat import ChatMessage, ChatRequest
from oxen_tui.api.client import Client
from oxen_tui.api.errors import ApiError, CutOff, InvalidKey, ServerFailed
from oxen_tui.api.exchange import MOST_HEAD, MOST_TAIL, Exchange
from oxen_tui.api.secret import Secret
from oxen_tui.api.veil import BLANK, Veil
from oxen_tui.api.wire_record import MOST, MOST_BODY, MOST_BYTES, WireRecord, without_media
from tests.api.network import BASE, KEY, NOW, Network, ok, streamed

ASK = ChatRequest("ox", (ChatMessage("user", "Hi"),))
EVENT = b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'
DONE = b"data: [DONE]\n\n"

keys = st.text("abcXYZ019-_./+=", min_size=8, max_size=40)


class Clock:
    """Seconds that pass one at each look."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


def recording(network: Network, record: WireRecord, key: Secret | None = KEY, base: str = BASE) -> Client:
    async def sleep(seconds: float) -> None:
        network.pauses.append(seconds)

    transport = httpx.MockTransport(network.answer)
    return Client(base, key, transport=transport, sleep=sleep, now=lambda: NOW, chance=lambda: 0.5, record=record)


async def answer(client: Client) -> list[object]:
    return [delta async for delta in client.stream_chat(ASK)]


def texts(value: Any, seen: dict[int, Any] | None = None) -> Iterator[str]:
    """Every text within a value, wherever: of a record, all that it holds. What came in pieces also in one."""
    seen = {} if seen is None else seen
    if id(value) in seen or isinstance(value, Veil | Secret):
        return
    seen[id(value)] = value  # kept, or another would get its id
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes | bytearray):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, dict):
        yield from texts([*value.keys(), *value.values()], seen)
    elif isinstance(value, list | tuple | set | frozenset) or hasattr(value, "popleft"):
        for each in value:
            yield from texts(each, seen)
    else:
        if isinstance(value, Exchange):
            yield b"".join(read.data for read in value.reads()).decode("utf-8", "replace")
        names = [*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())]
        yield from texts([getattr(value, name, None) for name in names], seen)


async def test_a_chat_is_kept_with_all_its_reads_and_times() -> None:
    clock = Clock()
    record = WireRecord(lambda: NOW, clock)
    network = Network(streamed(EVENT, EVENT, DONE))
    async with recording(network, record) as client:
        await answer(client)
    [kept] = record.exchanges
    assert (kept.number, kept.method, kept.url) == (1, "POST", f"{BASE}/chat/completions")
    assert kept.is_chat
    assert kept.is_stream
    assert kept.is_over
    assert kept.began_at == NOW
    assert dict(kept.headers)["Authorization"] == BLANK
    assert kept.body is not None
    assert json.loads(kept.body) == network.sent() == client.chat_body(ASK)
    assert (kept.status, kept.reason, kept.header("content-type")) == (200, "OK", "text/event-stream")
    assert b"".join(read.data for read in kept.reads()) == EVENT + EVENT + DONE
    assert kept.came == len(EVENT + EVENT + DONE)
    assert not kept.left_out
    assert not kept.trouble
    times = [kept.headers_after, kept.first_after, *(read.after for read in kept.reads()), kept.ended_after]
    assert times == [1, 2, 2, 3, 4, 5]


async def test_what_is_sent_again_says_so_and_why() -> None:
    record = WireRecord()
    refused = ok({"error": {"message": "busy"}}, 503)
    async with recording(Network(refused, streamed(EVENT, DONE)), record) as client:
        await answer(client)
    second, first = record.exchanges
    assert first.status == 503
    assert "busy" in first.trouble
    assert first.again_after
    assert b"".join(read.data for read in first.reads()) == b'{"error":{"message":"busy"}}'
    assert second.status == 200
    assert second.again_after is None
    assert not second.trouble


async def test_a_request_without_an_answer_and_one_that_breaks_off_are_kept() -> None:
    record = WireRecord()
    async with recording(Network(httpx.ConnectError("refused")), record) as client:
        with pytest.raises(ApiError):
            await client.enqueue({"model": "m", "prompt": "p"})
    assert record.exchanges[0].status is None
    assert "Cannot reach hub.oxen.ai" in record.exchanges[0].trouble
    async with recording(Network(streamed(EVENT, httpx.ReadError("gone"))), record) as client:
        with pytest.raises(CutOff):
            await answer(client)
    assert record.exchanges[0].trouble
    assert record.exchanges[0].is_over


async def test_what_we_close_ourselves_is_no_trouble() -> None:
    record = WireRecord()
    async with (
        recording(Network(streamed(EVENT, EVENT)), record) as client,
        aclosing(client.stream_chat(ASK)) as deltas,
    ):
        async for _ in deltas:
            assert not record.exchanges[0].is_over
            break
    assert record.exchanges[0].stopped
    assert record.exchanges[0].is_over
    assert not record.exchanges[0].trouble


async def test_being_cancelled_before_the_answer_ends_it_too() -> None:
    record = WireRecord()
    asked = asyncio.Event()

    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError

    async with Client(BASE, KEY, transport=Silent(), record=record) as client:
        task = asyncio.create_task(client.models())
        await asked.wait()
        task.cancel()
        await asyncio.wait([task])
    assert record.exchanges[0].stopped
    assert record.exchanges[0].is_over


async def test_nothing_is_kept_of_what_is_fetched_without_the_key() -> None:
    record = WireRecord()
    async with recording(Network(httpx.Response(200, text="hello")), record) as client:
        await client.page("https://elsewhere.test/?signature=secret", 1000)
    assert record.exchanges == []


async def test_polls_do_not_push_out_what_was_asked() -> None:
    record = WireRecord()
    async with recording(Network(streamed(EVENT, DONE), ok({"generations": []})), record) as client:
        await answer(client)
        for _ in range(3 * MOST):
            await client.queue()
    assert len(record.exchanges) == MOST + 1
    assert record.exchanges[-1].is_chat
    assert [each.number for each in record.exchanges][:2] == [3 * MOST + 1, 3 * MOST]


def made(record: WireRecord, body: bytes = b"{}", value: Any = None, key: Secret | None = None) -> Exchange:
    return record.begin("POST", "https://a.test/x", [], key, body=body, value=value)


def test_of_a_long_answer_the_beginning_and_the_end_are_kept() -> None:
    exchange = made(WireRecord())
    for number in range(5000):
        exchange.receive(b"%06d" % number * 100)
    data = [read.data for read in exchange.reads()]
    assert data[0].startswith(b"000000")
    assert data[-1].endswith(b"004999")
    assert sum(map(len, data)) + exchange.left_out == exchange.came == 3_000_000
    assert exchange.kept <= MOST_HEAD + MOST_TAIL + 2
    assert exchange.left_out > 1_900_000


def test_tiny_reads_take_no_more_memory_than_they_may() -> None:
    exchange = made(WireRecord())
    for _ in range(20_000):
        exchange.receive(b"x")
    assert exchange.came == 20_000
    assert exchange.left_out
    assert len(list(exchange.reads())) < 10_000


def test_the_oldest_bodies_are_given_up_when_all_of_them_are_too_many() -> None:
    record = WireRecord()
    exchanges = []
    for _ in range(12):
        exchange = made(record, b"x" * (MOST_BODY - 10))
        exchanges.append(exchange)
    assert sum(each.kept for each in exchanges) <= MOST_BYTES
    assert exchanges[0].let_go
    assert exchanges[0].body is None
    assert exchanges[0].body_bytes == MOST_BODY - 10
    assert not exchanges[-1].let_go
    assert exchanges[-1].body is not None
    exchanges[0].receive(b"late")
    assert list(exchanges[0].reads()) == []
    assert exchanges[0].came == 4


def test_a_request_that_is_too_much_is_kept_without_its_media() -> None:
    picture = "data:image/png;base64," + "A" * MOST_BODY
    value = {"messages": [{"content": [{"image_url": {"url": picture}}, {"text": "What is it?"}]}]}
    exchange = made(WireRecord(), json.dumps(value).encode(), value)
    assert not exchange.body_is_whole
    assert exchange.body_bytes > MOST_BODY
    assert exchange.body is not None
    assert json.loads(exchange.body) == without_media(value)
    assert b"data:image/png;base64,\xe2\x80\xa6 1,048,598 characters" in exchange.body
    assert b"What is it?" in exchange.body


def test_secrets_that_headers_name_and_users_of_addresses_are_blanked() -> None:
    record = WireRecord()
    exchange = record.begin("GET", "https://me:word@a.test/x?y=me@b", [("X-API-Key", "s"), ("Accept", "*/*")], None)
    exchange.answered(200, "OK", "HTTP/1.1", [("Set-Cookie", "session=s"), ("x-request-id", "r1")])
    assert exchange.url == "https://a.test/x?y=me@b"
    assert exchange.headers == (("X-API-Key", BLANK), ("Accept", "*/*"))
    assert exchange.response_headers == (("Set-Cookie", BLANK), ("x-request-id", "r1"))


@settings(max_examples=60)
@given(keys, st.data())
def test_a_key_is_in_nothing_that_is_kept_however_the_server_echoes_it(key: str, data: st.DataObject) -> None:
    record = WireRecord()
    secret = Secret(key)
    value = {"messages": [{"content": f"my key is {key}, keep it"}]}
    url = f"https://a.test/{key}?k={key}"
    exchange = record.begin(
        "POST", url, [("X-Mine", f"a {key}")], secret, body=json.dumps(value).encode(), value=value, with_key=True
    )
    exchange.answered(400, f"No {key}", "HTTP/1.1", [("x-echo", f"Bearer {key}")])
    echo = f'data: {{"error":"{key} is wrong"}}\n\n: {key}{key}\n\n'.encode()
    echo += json.dumps({"k": key}).replace("/", "\\/").encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(echo)), max_size=12)))
    for start, end in zip([0, *cuts], [*cuts, len(echo)], strict=True):
        exchange.receive(echo[start:end])
        assert [text for text in texts(record) if key in text] == []
    exchange.fail(InvalidKey(f"{key} is no key"))
    exchange.end()
    everything = list(texts(record))
    assert any("is wrong" in text for text in everything)
    assert any("keep it" in text for text in everything)
    assert [text for text in everything if key in text] == []
    assert key not in repr(record) + repr(exchange) + record.veil(f"made of it: {key}")


def test_a_key_that_repeats_itself_takes_nothing_with_it() -> None:
    exchange = made(WireRecord(), key=Secret("0" * 13))
    for read in (b"it is wrong: 00000000000000000000", b"000000 so", b"0000000000000 there"):
        exchange.receive(read)
    joined = b"".join(read.data for read in exchange.reads())
    assert joined == b"it is wrong: ****** so*** there"


@settings(max_examples=40)
@given(keys, st.integers(1, 5))
def test_a_key_that_comes_in_the_smallest_pieces_is_not_kept(key: str, size: int) -> None:
    record = WireRecord()
    exchange = made(record, key=Secret(key))
    echo = f"before {key} behind".encode()
    for start in range(0, len(echo), size):
        exchange.receive(echo[start : start + size])
    exchange.end()
    joined = b"".join(read.data for read in exchange.reads()).decode()
    assert joined == f"before {BLANK} behind"
    assert exchange.came == len(echo)


async def test_the_client_itself_leaves_no_key_behind() -> None:
    record = WireRecord()
    said = {"error": {"message": f"Invalid token {KEY.reveal()}"}}
    async with recording(Network(ok(said, 401, **{"x-echo": KEY.reveal()})), record) as client:
        with pytest.raises(ApiError) as raised:
            await answer(client)
    assert "Invalid token ***" in str(raised.value)
    everything = "\n".join(texts(record))
    assert "Invalid token ***" in everything
    assert "Authorization" in everything
    assert KEY.reveal() not in everything
    assert KEY.reveal().split(".")[1] not in everything


def test_a_word_that_is_hardly_a_key_is_left_in_texts() -> None:
    assert Veil(Secret("test")).text("a test of it") == "a test of it"
    assert Veil(None).text("x") == "x"


async def test_without_a_record_all_is_as_it_was() -> None:
    network = Network(ok({"error": "no"}, 500))
    with pytest.raises(ServerFailed):
        await network.client().enqueue({"model": "m"})
