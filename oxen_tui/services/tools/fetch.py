"""Fetching a web page for a model, after asking: never with the key, and not from private networks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit, urlunsplit

from oxen_tui.api.address import origin_of
from oxen_tui.api.errors import ApiError
from oxen_tui.safe_text import clean, clean_line
from oxen_tui.services.error_words import in_words
from oxen_tui.services.tools.html_text import decoded, text_of_page
from oxen_tui.services.tools.public_address import Look, NotPublic, look_up, public_address
from oxen_tui.services.tools.tool import Finding, Question, Tool, ToolFailed, Use, object_schema

if TYPE_CHECKING:
    from oxen_tui.api.client_pages import Page

_MOST_BYTES: Final = 2_000_000
_MOST_REDIRECTS: Final = 5


class PageClient(Protocol):
    """The part of the client that is needed."""

    async def page(self, url: str, limit: int, address: str = "") -> Page:
        """See `Client.page`."""


class FetchTool(Tool):
    """Fetches one address. A redirect to another host is asked about anew."""

    name: Final = "fetch_url"
    description = "Fetches a web page or a text file by its http or https address and gives its text."
    about = "fetches a web page"
    asks = "before each site"

    def __init__(
        self, client: Callable[[], Awaitable[PageClient]], *, private: bool = False, look: Look = look_up
    ) -> None:
        """
        Args:
            client: Gives the client of the moment.
            private: Whether this machine and its network may be asked.
            look: Looks names up.
        """
        self._client = client
        self._private = private
        self._look = look

    @property
    def parameters(self) -> Mapping[str, Any]:
        return object_schema(("url",), url={"type": "string", "description": "Beginning with https:// or http://."})

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        url, asked = clean_line(arguments["url"].strip(), 4000), ""
        for _ in range(_MOST_REDIRECTS + 1):
            url, host = _plain(url)
            if host != asked:
                title = f"{asked} leads to {host}. Fetch it there?" if asked else "Fetch a page?"
                scope = f"pages of {host}"
                await use.confirm(
                    Question(use.conversation_id, self.name, title, (("address", url),), "fetches it", scope)
                )
                asked = host
            use.tell(f"asks {host}")
            page = await self._page(url)
            if not page.location:
                return await asyncio.to_thread(_found, page, url)
            url = page.location
        raise ToolFailed("The address leads in a circle.")

    async def _page(self, url: str) -> Page:
        origin = origin_of(url)
        assert origin is not None  # looked at before
        scheme, host, port = origin
        try:
            address = await public_address(host, port, scheme, private=self._private, look=self._look)
            page = await (await self._client()).page(url, _MOST_BYTES, address)
        except NotPublic as error:
            raise ToolFailed(f"This is not fetched: {error}.") from error
        except ApiError as error:
            raise ToolFailed(f"It could not be fetched: {in_words(error)}") from error
        if not page.location and not 200 <= page.status < 300:
            raise ToolFailed(f"{host} answered with HTTP {page.status}.")
        return page


def _plain(url: str) -> tuple[str, str]:
    """An address and its host as they are looked up: letters of other alphabets can look like ours."""
    origin = origin_of(url)
    if origin is None:
        raise ToolFailed(f"{url[:200]} is no http or https address.")
    parts, host = urlsplit(url), origin[1]
    if parts.username or parts.password:
        raise ToolFailed("Addresses with a name or password in them are not fetched.")
    if host.isascii():
        return url, host
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ToolFailed(f"{host} is no name of a host.") from error
    port = "" if parts.port is None else f":{parts.port}"
    return urlunsplit((parts.scheme, f"{host}{port}", *parts[2:])), host


def _found(page: Page, url: str) -> Finding:
    kind = page.content_type.partition(";")[0].strip().lower()
    text_like = not kind or kind.startswith("text/") or kind.endswith(("json", "xml", "javascript", "yaml"))
    if not text_like or b"\0" in page.body[:4096]:
        raise ToolFailed(f"This is no text but {kind or 'something else'}, {len(page.body):,} bytes.")
    text = decoded(page.body, page.content_type)
    if kind in ("text/html", "application/xhtml+xml") or text.lstrip()[:200].lower().startswith(
        ("<!doctype html", "<html")
    ):
        text = text_of_page(text, url)
    more = "\n\n[the page goes on; only its beginning was read]" if page.is_cut else ""
    return Finding(f"{clean(text).strip()}{more}" or "(empty)")
