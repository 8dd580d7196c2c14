"""The last requests and what came back, for who wants to see what really went over the wire."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from oxen_tui.api.exchange import Exchange, Header, blanked
from oxen_tui.api.secret import Secret
from oxen_tui.api.veil import Veil

MOST: Final = 20
"""Exchanges that are kept of those that ask for something; as many of those that only look (GET), which are polls
for the most part and would push the others out."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Of all bodies together; the oldest are given up first."""
MOST_BODY: Final = 1024 * 1024
"""Bytes of a request that is kept as it was; in a larger one marks take the place of media."""

_LONG = 400
"""Characters of a data URL that is short enough to be kept in any request."""


class WireRecord:
    """Kept in memory only, and gone with the session.

    Args:
        now: Unix seconds.
        monotonic: Seconds from anywhere.
    """

    def __init__(self, now: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.revision = 0
        """Changes with every exchange that begins, grows or ends."""
        self._now = now
        self._monotonic = monotonic
        self._asked: deque[Exchange] = deque()
        self._looked: deque[Exchange] = deque()
        self._count = 0
        self._kept = 0
        self._veils: dict[Secret, Veil] = {}

    @property
    def exchanges(self) -> list[Exchange]:
        """Newest first."""
        return sorted((*self._asked, *self._looked), key=lambda each: -each.number)

    def veil(self, text: str) -> str:
        """Without any key that was sent since the record was begun: for what is made of what was recorded."""
        for veil in self._veils.values():
            text = veil.text(text)
        return text

    def begin(
        self,
        method: str,
        url: str,
        headers: Iterable[Header],
        key: Secret | None,
        *,
        body: bytes | None = None,
        value: Any = None,
        note: str = "",
        with_key: bool = False,
    ) -> Exchange:
        """A request is about to be sent.

        Args:
            headers: Without the key, which is written into them later.
            key: Of the server, which is kept nowhere here.
            body: The JSON that is sent.
            value: The same, not yet written out.
            note: What is sent otherwise.
            with_key: Whether the key is sent.
        """
        veil = self._veil(key)
        size = len(body) if body is not None else 0
        whole = size <= MOST_BODY
        if body is not None:
            body = veil.data(body if whole else json.dumps(without_media(value), ensure_ascii=False).encode())
        shown = [*headers, *([("Authorization", "")] if with_key else [])]
        self._count += 1
        began = self._monotonic()
        exchange = Exchange(
            self._count,
            method,
            veil.text(_without_user(url)),
            blanked(shown, veil),
            body,
            size,
            self._now(),
            whole,
            note,
            _veil=veil,
            _clock=lambda: self._monotonic() - began,
        )
        exchange.kept = exchange.body_size
        ring = self._looked if method == "GET" else self._asked
        ring.append(exchange)
        while len(ring) > MOST:
            self._kept -= ring.popleft().forget()
        self.grown(exchange.kept)
        return exchange

    def grown(self, by: int) -> None:
        """So many more bytes are kept."""
        self.revision += 1
        self._kept += by
        if self._kept > MOST_BYTES:
            for exchange in sorted((*self._asked, *self._looked), key=lambda each: each.number)[:-1]:
                self._kept -= exchange.forget()
                if self._kept <= MOST_BYTES:
                    break

    def _veil(self, key: Secret | None) -> Veil:
        if key is None:
            return Veil(None)
        if key not in self._veils:
            self._veils[key] = Veil(key)
        return self._veils[key]


def without_media(value: Any) -> Any:
    """JSON with a mark in place of each long data URL: `data:image/png;base64,… 2,812,034 characters`."""
    if isinstance(value, str):
        return short_media(value)
    if isinstance(value, Mapping):
        return {key: without_media(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [without_media(entry) for entry in value]
    return value


def short_media(text: str) -> str:
    """A text, where it is a long data URL only its beginning and its length."""
    if len(text) <= _LONG or not text.startswith("data:"):
        return text
    kind, comma, _ = text[:_LONG].partition(",")
    return f"{kind if comma else 'data:'},… {len(text):,} characters"


def _without_user(url: str) -> str:
    """An address without a name and a password."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else url
