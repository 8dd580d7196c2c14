from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from typing import Any

import anyio.abc
import httpcore
import httpx
import pytest

from oxen_tui.api.paced_network import LARGE_READ, LONGEST_GAP, PacedBackend, PacedBytes, PacedStream, pace
from tests.api.loopback import END, HEAD, packed, serving


class Clock:
    """Time that passes only in pauses, and a socket into which a token falls every millisecond."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class Tap(anyio.abc.ByteStream):
    """What came since the last read, at one byte a millisecond; at least one byte, for which it waits."""

    def __init__(self, clock: Clock, per_second: float = 1000) -> None:
        self.clock = clock
        self.per_second = per_second
        self.taken = 0
        self.reads: list[int] = []
        self.closed = False

    async def receive(self, max_bytes: int = 65536) -> bytes:
        ready = int(self.clock.now * self.per_second) - self.taken
        if ready < 1:
            self.clock.now = (self.taken + 1) / self.per_second
            ready = 1
        ready = min(ready, max_bytes)
        self.taken += ready
        self.reads.append(ready)
        return b"x" * ready

    async def send(self, item: bytes) -> None:
        pass

    async def send_eof(self) -> None:
        pass

    async def aclose(self) -> None:
        self.closed = True

    @property
    def extra_attributes(self) -> Mapping[Any, Callable[[], Any]]:
        return {}


async def test_a_thousand_tokens_a_second_are_read_in_some_25_reads() -> None:
    clock = Clock()
    tap = Tap(clock)
    stream = PacedStream(PacedBytes(tap, clock.sleep, clock.time))
    came = 0
    while clock.now < 10:
        came += len(await stream.read(65536))
    assert came >= 9_900
    assert len(tap.reads) <= 10 * 1 / LONGEST_GAP + 5
    assert max(clock.pauses) == pytest.approx(LONGEST_GAP)


async def test_the_first_reads_are_hardly_held_up_and_a_question_begins_anew() -> None:
    clock = Clock()
    stream = PacedStream(PacedBytes(Tap(clock), clock.sleep, clock.time))
    for _ in range(6):
        await stream.read(65536)
    assert [round(pause, 3) for pause in clock.pauses] == [0.008, 0.016, 0.024, 0.032]
    clock.pauses.clear()
    await stream.write(b"GET / HTTP/1.1")
    for _ in range(3):
        await stream.read(65536)
    assert [round(pause, 3) for pause in clock.pauses] == [0.008]


async def test_a_backlog_is_worked_off_without_pauses() -> None:
    clock = Clock()
    clock.now = 100.0
    tap = Tap(clock, per_second=LARGE_READ * 10)
    stream = PacedStream(PacedBytes(tap, clock.sleep, clock.time))
    for _ in range(200):
        await stream.read(65536)
    assert clock.pauses == []
    assert tap.taken > 12_000_000


async def test_closing_reaches_the_socket_while_a_read_is_paused() -> None:
    clock, paused = Clock(), asyncio.Event()
    tap = Tap(clock)

    async def for_ever(seconds: float) -> None:
        paused.set()
        await asyncio.Event().wait()

    stream = PacedStream(PacedBytes(tap, for_ever, clock.time))
    await stream.read(10)
    await stream.read(10)
    reading = asyncio.create_task(stream.read(10))
    await paused.wait()
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    await stream.aclose()
    assert tap.closed
    assert len(tap.reads) == 2


async def test_the_pace_can_be_put_under_httpx_which_keeps_its_own_settings() -> None:
    trusting_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    transport = httpx.AsyncHTTPTransport(verify=trusting_nobody)
    backend = PacedBackend()
    assert pace(transport, backend)
    assert transport._pool._network_backend is backend
    assert transport._pool._ssl_context is trusting_nobody
    proxied = httpx.AsyncHTTPTransport(proxy="http://127.0.0.1:9")
    assert pace(proxied)
    await transport.aclose()
    await proxied.aclose()


def test_a_transport_of_another_make_is_left_alone() -> None:
    assert not pace(httpx.MockTransport(lambda request: httpx.Response(200)))
    assert not pace(None)


async def test_many_chunks_on_a_real_socket_are_few_reads() -> None:
    reads = 0

    class Counting(PacedBytes):
        async def receive(self, max_bytes: int = 65536) -> bytes:
            nonlocal reads
            reads += 1
            return await super().receive(max_bytes)

    class Backend(PacedBackend):
        async def connect_tcp(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
            stream = await super().connect_tcp(*args, **options)
            assert isinstance(stream, PacedStream)
            assert isinstance(stream._stream, PacedBytes)
            return PacedStream(Counting(stream._stream._inner))

    async def tokens(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for _ in range(400):
            writer.write(packed(b"token"))
            await asyncio.sleep(0)
        writer.write(END)

    transport = httpx.AsyncHTTPTransport()
    assert pace(transport, Backend())
    async with (
        serving(tokens) as server,
        httpx.AsyncClient(transport=transport) as http,
        http.stream("GET", server.base) as response,
    ):
        chunks = [chunk async for chunk in response.aiter_raw()]
    assert len(chunks) == 400
    assert reads < 60


async def test_what_goes_wrong_is_what_httpcore_says_it_is() -> None:
    with pytest.raises(httpcore.ConnectError):
        await PacedBackend().connect_tcp("127.0.0.1", 1, timeout=5)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(silent) as server:
        port = int(server.base.split(":")[2].split("/")[0])
        stream = await PacedBackend().connect_tcp("127.0.0.1", port, timeout=5)
        assert stream.get_extra_info("is_readable") is False
        assert stream.get_extra_info("server_addr")[1] == port
        assert stream.get_extra_info("ssl_object") is None
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(10, timeout=0.01)
        await stream.aclose()
        assert stream.get_extra_info("is_readable") is True
        with pytest.raises(httpcore.ReadError):
            await stream.read(10)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"x")
        plain = await PacedBackend().connect_tcp("127.0.0.1", port, timeout=5)
        with pytest.raises(httpcore.ConnectTimeout):
            await plain.start_tls(ssl.create_default_context(), "localhost", timeout=0.05)


async def test_the_pace_lies_below_tls_so_that_many_records_come_with_one_read() -> None:
    """Anonymous ciphers need no certificate, which keeps keys out of the repository."""
    anonymous = "aNULL:@SECLEVEL=0"
    accepting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    for context in (accepting, trusting):
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(anonymous)

    async def records(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(300):
            writer.write(b"token")  # a record each
        await writer.drain()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(records, "127.0.0.1", 0, ssl=accepting)
    port = server.sockets[0].getsockname()[1]
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(seconds)

    plain = await PacedBackend(pause).connect_tcp("127.0.0.1", port)
    stream = await plain.start_tls(trusting, "localhost", timeout=5)
    assert stream.get_extra_info("ssl_object") is not None
    came = b""
    while len(came) < 1500:
        came += await stream.read(65536, timeout=5)
    assert len(pauses) < 30
    await stream.aclose()
    server.close()
    await server.wait_closed()
