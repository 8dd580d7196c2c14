"""One server and one key: requests out, answers or `ApiError`s back. The rules that cost money or trust are here.

The key is written into a request at the last moment and only for the server's own origin, redirects are never
followed with it, and downloads go through a client that has none. Requests are sent again by the rules in `retry`.
"""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any, TypeAlias, TypeVar

import httpx

from oxen_tui import __version__
from oxen_tui.api.address import Address, joined, origin_of
from oxen_tui.api.client_key import KeyAuth
from oxen_tui.api.client_trouble import NETWORK_ERRORS, proxy_trouble, trouble_of
from oxen_tui.api.client_watching import Watch, seen
from oxen_tui.api.error_body import error_of_body, is_web_page
from oxen_tui.api.errors import ApiError, InvalidKey, NotAnApi, TooLarge
from oxen_tui.api.json_values import parse_json, whole
from oxen_tui.api.paced_network import pace
from oxen_tui.api.retry import Resend, retry_after_seconds, seconds_before_retry
from oxen_tui.api.secret import Secret
from oxen_tui.api.timeouts import Timeouts
from oxen_tui.api.wire_record import WireRecord

USER_AGENT = f"otui/{__version__}"
"""Must not hold the word "oxen": the repository server takes that for an old command line tool and answers 426."""

MOST_JSON = 64 * 1024 * 1024
"""Bytes of a JSON answer, unpacked. A catalogue of thousands of models fits, and a picture in base64."""
_MOST_ERROR = 1024 * 1024

OnRetry: TypeAlias = Callable[[ApiError, int, float], None]
"""Told of a retry before the pause: the error, how often it was sent so far, the seconds until it is sent again."""

T = TypeVar("T")

# They would print every URL (presigned ones too) into whatever log the program has.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


class Line(Enum):
    """The three HTTP clients of a connection."""

    CALLS = "calls"
    CHAT = "chat"
    """Read at a pace, see `paced_network`."""
    KEYLESS = "keyless"
    """For anything that is not the server itself."""


class Connection:
    """See the module. `transport`, `sleep`, `now` (unix seconds) and `chance` are for tests."""

    def __init__(
        self,
        address: Address,
        key: Secret | None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        timeouts: Timeouts | None = None,
        on_retry: OnRetry | None = None,
        record: WireRecord | None = None,
    ) -> None:
        self.address = address
        self.timeouts = timeouts or Timeouts()
        self.key = key if key else None
        self._watch = Watch(record, self.key)
        self._transport = transport
        self._sleep = sleep
        self._now = now
        self._chance = chance
        self._on_retry = on_retry
        self._tls: ssl.SSLContext | None = None
        self._lines: dict[Line, httpx.AsyncClient] = {}

    async def aclose(self) -> None:
        """Closes all sockets."""
        lines, self._lines = list(self._lines.values()), {}
        for line in lines:
            await line.aclose()

    @asynccontextmanager
    async def exchange(
        self,
        line: Line,
        method: str,
        url: str,
        *,
        seconds: float | None = None,
        anonymous: bool = False,
        **content: Any,
    ) -> AsyncIterator[httpx.Response]:
        """Sends one request and gives the answer, whatever its status, its body not yet read.

        Args:
            seconds: of silence that mean there will be no answer.
            anonymous: leaves the key out, for what the server tells everybody.
            content: `json`, `params`, `headers`, `files`, `data` as httpx takes them.
        """
        key = None if anonymous or line is Line.KEYLESS else self.key
        if key is not None and not key.sendable:
            raise InvalidKey(
                title="The API key cannot be right",
                advice="It holds spaces or characters that no key has: paste it again with /connect.",
            )
        host, silence = self._host_of(url), self.timeouts.answer if seconds is None else seconds
        response: httpx.Response | None = None
        trouble: ApiError | None = None
        with self._watch.over(kept=line is not Line.KEYLESS) as watched:
            try:
                http = self._http(line)
                patience = httpx.Timeout(silence, connect=self.timeouts.connect, pool=self.timeouts.connect)
                request = http.build_request(method, url, timeout=patience, **content)
                auth = None if key is None else KeyAuth(key, self.address.origin)
                if watched is not None:
                    watched.sent(request, content, auth is not None and auth.goes_to(url))
                response = await http.send(request, stream=True, auth=auth, follow_redirects=False)
            except NETWORK_ERRORS as error:
                trouble = trouble_of(error, host)
            if response is None:
                raise trouble or NotAnApi()
            if watched is not None:
                watched.answered(response)
            try:
                yield response
            finally:
                await _close(response)

    @asynccontextmanager
    async def open(
        self, line: Line, method: str, url: str, *, seconds: float | None = None, **content: Any
    ) -> AsyncIterator[httpx.Response]:
        """As `exchange`, but only for answers that are none of an error."""
        async with self.exchange(line, method, url, seconds=seconds, **content) as response:
            if not response.is_success:
                raise await self.refusal(response)
            yield response

    async def chunks(self, response: httpx.Response) -> AsyncGenerator[bytes, None]:
        """The bytes of an answer as they come."""
        trouble: ApiError | None = None
        watched = seen(response)
        try:
            async for chunk in response.aiter_bytes():
                if watched is not None:
                    watched.receive(chunk)
                yield chunk
        except NETWORK_ERRORS as error:
            trouble = trouble_of(error, self._host_of(str(response.url)))
        if trouble is not None:
            raise trouble

    async def body(self, response: httpx.Response, limit: int = MOST_JSON) -> bytes:
        """All bytes of an answer.

        Raises:
            TooLarge: beyond `limit` bytes.
        """
        if (whole(response.headers.get("content-length")) or 0) > limit:
            raise TooLarge(f"more than {limit} bytes")
        read = bytearray()
        async for chunk in self.chunks(response):
            read += chunk
            if len(read) > limit:
                raise TooLarge(f"more than {limit} bytes")
        return bytes(read)

    async def json(
        self,
        method: str,
        url: str,
        *,
        resend: Resend = Resend.IF_UNSENT,
        on_retry: OnRetry | None = None,
        seconds: float | None = None,
        **content: Any,
    ) -> Any:
        """One call: the parsed answer, None for an empty one. GETs are sent again freely, others by `resend`."""
        rule = Resend.FREELY if method == "GET" else resend

        async def once() -> Any:
            async with self.open(Line.CALLS, method, url, seconds=seconds, **content) as response:
                return parsed(await self.body(response), response.headers.get("content-type", ""))

        return await self.patiently(once, rule, on_retry)

    async def patiently(self, once: Callable[[], Awaitable[T]], resend: Resend, on_retry: OnRetry | None = None) -> T:
        """Does something, again where the rules allow it."""
        attempt = 1
        while True:
            try:
                return await once()
            except ApiError as error:
                trouble = error
            await self.pause_or_raise(trouble, attempt, resend, on_retry)
            attempt += 1

    async def pause_or_raise(
        self, trouble: ApiError, attempt: int, resend: Resend, on_retry: OnRetry | None = None
    ) -> None:
        """Waits until the next attempt, or raises the error if there is to be none."""
        seconds = seconds_before_retry(trouble, attempt, resend, self._chance())
        if seconds is None:
            raise trouble
        tell = on_retry or self._on_retry
        self._watch.again(trouble, seconds)
        if tell is not None:
            tell(trouble, attempt, seconds)
        await self._sleep(seconds)

    async def refusal(self, response: httpx.Response) -> ApiError:
        """The error that an answer's status and body say. A body that breaks off still counts."""
        if response.is_redirect:
            target = origin_of(joined(str(response.url), response.headers.get("location", "")))
            place = f" It points to {target[0]}://{target[1]}." if target else ""
            return NotAnApi(status=response.status_code, advice=f"The address has moved: check the base URL.{place}")
        body = b""
        try:
            async for chunk in self.chunks(response):
                body += chunk
                if len(body) > _MOST_ERROR:
                    break
        except ApiError:
            pass
        wait = retry_after_seconds(response.headers.get("retry-after", ""), self._now())
        kind = response.headers.get("content-type", "")
        return error_of_body(response.status_code, self._watch.veil.data(body[:_MOST_ERROR]), kind, wait)

    def _http(self, line: Line) -> httpx.AsyncClient:
        """Made when first used: reading the certificates takes some 30 ms."""
        if line not in self._lines:
            trouble: ApiError | None = None
            try:
                self._lines[line] = self._make(line)
            except (ImportError, ValueError) as error:
                trouble = proxy_trouble(error)
            if trouble is not None:
                raise trouble
        return self._lines[line]

    def _make(self, line: Line) -> httpx.AsyncClient:
        local = self.address.is_loopback and line is not Line.KEYLESS
        http = httpx.AsyncClient(
            verify=self._certificates(line),
            transport=self._transport,
            headers={"User-Agent": USER_AGENT},
            trust_env=not local,
            # Below the 5 s after which common servers drop an idle connection: a POST that meets that moment
            # may not be sent again.
            limits=httpx.Limits(keepalive_expiry=4.0),
        )
        if line is Line.CHAT and self._transport is None:
            for transport in (http._transport, *http._mounts.values()):
                pace(transport)
        return http

    def _certificates(self, line: Line) -> ssl.SSLContext:
        if self.address.origin[0] == "http" and line is not Line.KEYLESS:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and costs nothing
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls

    def _host_of(self, url: str) -> str:
        origin = origin_of(url)
        return self.address.host if origin is None or origin == self.address.origin else origin[1]


def parsed(body: bytes, content_type: str) -> Any:
    """The JSON of an answer; None for an empty one."""
    if not body.strip():
        return None
    if is_web_page(body, content_type):
        raise NotAnApi("the server answered with a web page")
    try:
        return parse_json(body)
    except ValueError:
        pass
    raise NotAnApi()


async def _close(response: httpx.Response) -> None:
    try:
        await response.aclose()
    except NETWORK_ERRORS:
        pass  # it is closed either way
