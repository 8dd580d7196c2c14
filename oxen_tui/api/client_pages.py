"""Fetching of web pages, for tools: one request, without the key, not a step along a redirect."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from oxen_tui.api.address import joined, origin_of
from oxen_tui.api.client_connection import Connection, Line
from oxen_tui.api.errors import Unreachable
from oxen_tui.api.json_values import line

_HEADERS = {
    "Accept": "text/html, text/plain, application/json, text/*;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",  # packed pages could be any size
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered."""

    status: int
    content_type: str
    body: bytes
    is_cut: bool
    """Whether there is more than was read."""
    location: str
    """Where a redirect leads; "" for any other answer."""


async def fetch_page(connection: Connection, url: str, limit: int, address: str) -> Page:
    """See `Client.page`."""
    headers, extensions = dict(_HEADERS), {}
    try:
        at = httpx.URL(url)
        if origin_of(url) is None:
            raise httpx.InvalidURL("no web address")
        if address:
            # The name was looked up by the caller: looked up once more it could lead elsewhere.
            headers["Host"] = at.netloc.decode("ascii")
            extensions["sni_hostname"] = at.raw_host.decode("ascii")
            at = at.copy_with(host=address, fragment=None)
    except (httpx.InvalidURL, ValueError):
        at = None
    if at is None:
        raise Unreachable(title="Not a usable address", advice="It is no http or https address.", may_retry=False)
    async with connection.exchange(Line.KEYLESS, "GET", str(at), headers=headers, extensions=extensions) as response:
        location = ""
        if response.is_redirect:
            location = joined(url.partition("#")[0], response.headers.get("location", ""))
        body = b""
        async for chunk in connection.chunks(response):
            body += chunk
            if len(body) > limit:
                break
        kind = line(response.headers.get("content-type", ""), 100)
        return Page(response.status_code, kind, body[:limit], len(body) > limit, location)
