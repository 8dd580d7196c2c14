"""Fetching of results, without the key (contract section 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

import httpx

from oxen_tui.api.address import joined, origin_of
from oxen_tui.api.client_connection import Connection, Line, OnRetry
from oxen_tui.api.errors import NotAnApi, TooLarge, Unreachable
from oxen_tui.api.generation import data_of_url
from oxen_tui.api.json_values import line, whole
from oxen_tui.api.retry import Resend

MOST_DOWNLOAD = 2 * 1024**3
"""Bytes."""
_MOST_REDIRECTS = 5

OnProgress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes so far, and the bytes in all where the server says them."""


@dataclass(frozen=True, slots=True)
class Download:
    """What was fetched."""

    size: int
    """Bytes."""
    content_type: str
    """As the server says; the bytes are the truth."""


async def download(
    connection: Connection,
    url: str,
    into: BinaryIO,
    limit: int = MOST_DOWNLOAD,
    on_progress: OnProgress | None = None,
    on_retry: OnRetry | None = None,
) -> Download:
    """See `Client.download`."""
    if url.startswith("data:"):
        return _written(url, into, limit)
    start = into.tell()

    async def once() -> Download:
        into.seek(start)
        into.truncate()
        return await _fetch(connection, url, into, limit, on_progress)

    return await connection.patiently(once, Resend.FREELY, on_retry)


async def _fetch(
    connection: Connection, url: str, into: BinaryIO, limit: int, on_progress: OnProgress | None
) -> Download:
    with_key, key_tried = False, False
    for _ in range(_MOST_REDIRECTS + 2):
        if origin_of(url) is None:
            raise Unreachable(
                title="Not a usable address", advice="The result's URL is no web address.", may_retry=False
            )
        channel = Line.CALLS if with_key else Line.KEYLESS
        async with connection.exchange(channel, "GET", url) as response:
            with_key = False
            if response.is_redirect:
                url = joined(url, response.headers.get("location", ""))
            elif response.status_code in (401, 403) and not key_tried and _may_have_key(connection, url):
                with_key = key_tried = True
            elif not response.is_success:
                raise await connection.refusal(response)
            else:
                return await _save(connection, response, into, limit, on_progress)
    raise NotAnApi(title="The address leads in a circle", advice="Ask for the result again to get a fresh address.")


async def _save(
    connection: Connection, response: httpx.Response, into: BinaryIO, limit: int, on_progress: OnProgress | None
) -> Download:
    kind = line(response.headers.get("content-type", ""), 100)
    if kind.lower().startswith("text/html"):
        raise NotAnApi(title="Not the result", advice="A web page came instead: ask for the result again.")
    total = whole(response.headers.get("content-length"))
    size = 0
    if (total or 0) > limit:
        raise TooLarge(f"{total} bytes")
    async for chunk in connection.chunks(response):
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"more than {limit} bytes")
        into.write(chunk)
        if on_progress is not None:
            on_progress(size, total)
    return Download(size, kind)


def _may_have_key(connection: Connection, url: str) -> bool:
    """The key goes to its own server and over TLS only, also when a result there asks for it."""
    origin = origin_of(url)
    return connection.key is not None and origin == connection.address.origin and origin[0] == "https"


def _written(url: str, into: BinaryIO, limit: int) -> Download:
    data = data_of_url(url)
    if data is None:
        raise NotAnApi(title="Not the result", advice="The data in the answer is broken: run it again.")
    if len(data) > limit:
        raise TooLarge(f"{len(data)} bytes")
    into.write(data)
    return Download(len(data), line(url[5:].partition(",")[0].partition(";")[0], 100))
