"""A network for streamed answers that is read at most some 25 times a second.

A server sends a token at a time, and a read for each costs a wakeup of the event loop, of the client and of the
screen. The screen is drawn 20 to 30 times a second anyway, so what came meanwhile is taken in one read. The start is
slow (8 ms more between reads for every read), so that the first words and a short answer are not held up, and large
reads are not held up at all: a backlog is worked off at full speed.

The pace is kept below TLS. Above it, one read gives one TLS record, often one token, and pacing those would let the
answer arrive at 25 tokens a second.
"""

from __future__ import annotations

import asyncio
import logging
import select
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import anyio
import anyio.abc
import httpcore
from anyio.streams.tls import TLSAttribute, TLSStream

GAP_STEP = 0.008
"""Seconds by which the pause before a read grows with every read."""
LONGEST_GAP = 1 / 25
"""Seconds."""
LARGE_READ = 16 * 1024
"""Bytes of one read that mean there is a backlog."""

_log = logging.getLogger(__name__)


class PacedBytes(anyio.abc.ByteStream):
    """A byte stream that waits before it reads again."""

    def __init__(
        self,
        inner: anyio.abc.ByteStream,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._sleep = sleep
        self._now = now
        self._not_before = 0.0
        self._gap = 0.0

    async def receive(self, max_bytes: int = 65536) -> bytes:
        wait = self._not_before - self._now()
        if wait > 0:
            await self._sleep(wait)
        data = await self._inner.receive(max_bytes)
        if len(data) < LARGE_READ:
            self._not_before = self._now() + self._gap
            self._gap = min(LONGEST_GAP, self._gap + GAP_STEP)
        return data

    async def send(self, item: bytes) -> None:
        # Something is asked: its answer begins a slow start of its own.
        self._not_before = self._gap = 0.0
        await self._inner.send(item)

    async def send_eof(self) -> None:
        await self._inner.send_eof()

    async def aclose(self) -> None:
        await self._inner.aclose()

    @property
    def extra_attributes(self) -> Mapping[Any, Callable[[], Any]]:
        return self._inner.extra_attributes


class PacedStream(httpcore.AsyncNetworkStream):
    """What httpcore reads from and writes to; the pace is kept by the bytes below."""

    def __init__(self, stream: anyio.abc.ByteStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            with anyio.fail_after(timeout):
                return await self._stream.receive(max_bytes)
        except anyio.EndOfStream:
            return b""
        except TimeoutError as error:
            raise httpcore.ReadTimeout(error) from error
        except (anyio.BrokenResourceError, anyio.ClosedResourceError, ssl.SSLError) as error:
            raise httpcore.ReadError(error) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            with anyio.fail_after(timeout):
                await self._stream.send(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(error) from error
        except (anyio.BrokenResourceError, anyio.ClosedResourceError, ssl.SSLError) as error:
            raise httpcore.WriteError(error) from error

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with anyio.fail_after(timeout):
                # Servers close without the closing handshake: that is no error (standard_compatible).
                secured = await TLSStream.wrap(
                    self._stream,
                    ssl_context=ssl_context,
                    hostname=server_hostname,
                    standard_compatible=False,
                    server_side=False,
                )
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout(error) from error
        except (anyio.BrokenResourceError, anyio.EndOfStream, ssl.SSLError, ValueError) as error:
            await self.aclose()
            raise httpcore.ConnectError(error) from error
        return PacedStream(secured)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._stream.extra(TLSAttribute.ssl_object, None)
        if info == "client_addr":
            return self._stream.extra(anyio.abc.SocketAttribute.local_address, None)
        if info == "server_addr":
            return self._stream.extra(anyio.abc.SocketAttribute.remote_address, None)
        if info == "socket":
            return self._stream.extra(anyio.abc.SocketAttribute.raw_socket, None)
        if info == "is_readable":
            return _is_readable(self._stream.extra(anyio.abc.SocketAttribute.raw_socket, None))
        return None


class PacedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections that are read at a pace."""

    def __init__(
        self,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._now = now

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            with anyio.fail_after(timeout):
                stream = await anyio.connect_tcp(host, port, local_host=local_address)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except (OSError, anyio.BrokenResourceError) as error:
            raise httpcore.ConnectError(error) from error
        for option in socket_options or ():
            stream.extra(anyio.abc.SocketAttribute.raw_socket).setsockopt(*option)
        return PacedStream(PacedBytes(stream, self._sleep, self._now))

    async def sleep(self, seconds: float) -> None:
        await self._sleep(seconds)


def pace(transport: object, backend: PacedBackend | None = None) -> bool:
    """Puts paced connections under an HTTP transport, whose settings (TLS, limits, proxy) stay as they are.

    The pool's backend can only be given when the pool is made, and httpx makes it: so it is exchanged here, in this
    one place. If a version of httpx or httpcore keeps it elsewhere, answers still stream, only at a higher cost.

    Returns:
        Whether it could be done.
    """
    pool = getattr(transport, "_pool", None)
    if not isinstance(getattr(pool, "_network_backend", None), httpcore.AsyncNetworkBackend):
        _log.debug("the network of %s cannot be paced", type(transport).__name__)
        return False
    pool._network_backend = backend or PacedBackend()  # type: ignore[union-attr]
    return True


def _is_readable(socket: Any) -> bool:
    """Whether an idle connection has something to read, which means that the server closed it."""
    if socket is None or socket.fileno() < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([socket.fileno()], [], [], 0)[0])
    poller = select.poll()
    poller.register(socket.fileno(), select.POLLIN)
    return bool(poller.poll(0))
