"""What a connection tells the record of the wire of each of its requests. Without a record it tells nobody."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from oxen_tui.api.errors import ApiError
from oxen_tui.api.exchange import Exchange
from oxen_tui.api.secret import Secret
from oxen_tui.api.veil import Veil
from oxen_tui.api.wire_record import WireRecord

_SEEN = "oxen_tui.seen"
"""Under this a response knows its exchange."""


class Watched:
    """One request, from before it is sent until its answer is over."""

    def __init__(self, record: WireRecord, key: Secret | None) -> None:
        self.exchange: Exchange | None = None
        self._record = record
        self._key = key

    def sent(self, request: httpx.Request, content: Mapping[str, Any], with_key: bool) -> None:
        """It is about to be. The key is not in it yet: it is written in where the request goes out."""
        value = content.get("json")
        size = request.headers.get("content-length", "")
        self.exchange = self._record.begin(
            request.method,
            str(request.url),
            request.headers.multi_items(),
            self._key,
            body=request.content if value is not None else None,
            value=value,
            note=f"a form of {size} bytes" if value is None and content.get("files") is not None else "",
            with_key=with_key,
        )

    def answered(self, response: httpx.Response) -> None:
        """The head of its answer came."""
        if self.exchange is not None:
            response.extensions[_SEEN] = self
            reason, version = response.reason_phrase, response.http_version
            self.exchange.answered(response.status_code, reason, version, response.headers.multi_items())
            self._record.grown(0)

    def receive(self, data: bytes) -> None:
        """More of it came."""
        if self.exchange is not None:
            self._record.grown(self.exchange.receive(data))

    def over(self, error: BaseException | None) -> None:
        """Its answer is over, or will not be waited for."""
        if self.exchange is None:
            return
        if isinstance(error, ApiError):
            self.exchange.fail(error)
        self.exchange.stopped = isinstance(error, GeneratorExit | asyncio.CancelledError)
        self.exchange.end()
        self._record.grown(0)


class Watch:
    """What watches all requests of one connection."""

    def __init__(self, record: WireRecord | None, key: Secret | None) -> None:
        self.veil = Veil(key)
        """For what a server says that others are told."""
        self._record = record
        self._key = key
        self._failed: tuple[weakref.ref[ApiError], Exchange] | None = None
        """The error in which an exchange ended last. Weakly: it holds the frames that it went through."""

    @contextmanager
    def over(self, kept: bool) -> Iterator[Watched | None]:
        """Watches what is within.

        Args:
            kept: False for what goes elsewhere than to the server, whose addresses may be secrets themselves.
        """
        if self._record is None or not kept:
            yield None
            return
        watched = Watched(self._record, self._key)
        ended: BaseException | None = None
        try:
            yield watched
        except (ApiError, GeneratorExit, asyncio.CancelledError) as error:
            ended = error
            if isinstance(error, ApiError) and watched.exchange is not None:
                self._failed = weakref.ref(error), watched.exchange
            raise
        finally:
            watched.over(ended)
            ended = None  # or this frame and the error would hold each other

    def again(self, error: ApiError, seconds: float) -> None:
        """What ended in this error is sent once more after a pause."""
        if self._failed is not None and self._failed[0]() is error:
            self._failed[1].again_after = seconds


def seen(response: httpx.Response) -> Watched | None:
    """What watches the request of this response."""
    found = response.extensions.get(_SEEN)
    return found if isinstance(found, Watched) else None
