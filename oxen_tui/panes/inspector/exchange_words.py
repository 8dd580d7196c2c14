"""Exchanges as rows of a list and as lines of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from oxen_tui.api.exchange import Exchange
from oxen_tui.services.requests.exchange_events import COMMENT, GAP, EventReader, RawEvent, gist
from oxen_tui.services.requests.exchange_text import ExchangeText
from oxen_tui.widgets.page.wire_page import WireLine
from oxen_tui.widgets.row_list import Row
from oxen_tui.widgets.wording import short_count

_BLANK = WireLine("")
_LABEL = 24
"""Characters of a name that others are aligned to."""
_SHORTENED = "media are shown by their beginning and length"


def exchange_row(exchange: Exchange, said: ExchangeText, now: float) -> Row:
    """`14:02:11 POST chat/completions    200  1,284 ms  86k`, the last of them the bytes that came.

    Args:
        now: Seconds since it was sent, for one that is not over.
    """
    began = datetime.fromtimestamp(exchange.began_at, UTC).astimezone()
    left = (
        (f"{began:%H:%M:%S} ", "faint"),
        (f"{exchange.method} ", "muted"),
        (said.safe(short_path(exchange.url)), "text"),
    )
    size = short_count(exchange.came) if exchange.came else ""
    right = (_status(exchange), (f"{_lasted(exchange, now):>10}{size:>6}", "faint"))
    return Row(str(exchange.number), left, right)


def short_path(url: str) -> str:
    """What tells requests to one server apart: the end of the path, and the query."""
    parts = urlsplit(url)
    path = "/".join(part for part in parts.path.split("/") if part not in ("", "api", "ai", "v1"))
    return f"{path or '/'}{'?' if parts.query else ''}{parts.query}"


def _status(exchange: Exchange) -> tuple[str, str]:
    if exchange.status is not None and exchange.status >= 400:
        return str(exchange.status), "err"
    if exchange.trouble:
        return ("cut off" if exchange.status else "failed"), "err"
    if exchange.status is None:
        return ("stopped", "warn") if exchange.stopped else ("waits", "accent")
    if not exchange.is_over:
        return f"{exchange.status}", "accent"
    return str(exchange.status), "muted"


def _lasted(exchange: Exchange, now: float) -> str:
    seconds = exchange.ended_after if exchange.ended_after is not None else now
    return f"{seconds * 1000:,.0f} ms" if seconds < 100 else f"{seconds:,.0f} s"


def request_page(exchange: Exchange, said: ExchangeText) -> Iterator[WireLine]:
    """What was sent."""
    yield WireLine(f"{exchange.method} {said.safe(exchange.url)}", ink="strong")
    yield _BLANK
    yield from _labelled(said.request_head(exchange))
    yield _BLANK
    if exchange.let_go and exchange.body_bytes:
        yield WireLine("The body was given up for newer requests", ink="warn")
    elif exchange.note:
        yield WireLine(exchange.note, ink="muted")
    if not exchange.body_is_whole and not exchange.let_go:
        yield WireLine(f"{exchange.body_bytes:,} bytes: {_SHORTENED}", ink="muted")
        yield _BLANK
    yield from (WireLine(line, json_depth=depth) for depth, line in said.request_lines(exchange))


def response_page(exchange: Exchange, said: ExchangeText, events: int) -> Iterator[WireLine]:
    """What came back."""
    if exchange.status is None:
        words = said.safe(exchange.trouble) or (
            "Stopped before an answer came" if exchange.is_over else "No answer yet"
        )
        yield WireLine(words, ink="err" if exchange.trouble else "muted")
        return
    ink = "err+strong" if exchange.status >= 400 else "strong"
    yield WireLine(f"{said.safe(exchange.http_version)} {exchange.status} {said.safe(exchange.reason)}", ink=ink)
    if exchange.trouble:
        yield WireLine(said.safe(exchange.trouble), ink="err")
    yield _BLANK
    yield from _labelled(said.answer_head(exchange))
    yield _BLANK
    if exchange.let_go:
        yield WireLine("The body was given up for newer requests", ink="warn")
    elif exchange.is_stream:
        yield WireLine(f"A stream of {events:,} events", ink="muted")
    else:
        if exchange.left_out:
            yield WireLine(f"Of {exchange.came:,} bytes the middle was not kept", ink="warn")
            yield _BLANK
        yield from (WireLine(line, json_depth=depth) for depth, line in said.answer_lines(exchange))


def timing_page(exchange: Exchange, said: ExchangeText, events: int) -> Iterator[WireLine]:
    """When, how much, and by what names."""
    told = said.timing(exchange)
    if exchange.is_stream:
        told.append(("events", f"{events:,}"))
        flow = (exchange.ended_after or 0.0) - (exchange.first_after or 0.0)
        if events > 1 and flow > 0:
            told.append(("pace", f"{events / flow:,.1f} events a second"))
    yield from _labelled(told)


def _labelled(told: Sequence[tuple[str, str]]) -> Iterator[WireLine]:
    """Names and values, the values below each other."""
    column = min(_LABEL, max((len(label) for label, _ in told), default=0))
    for label, value in told:
        yield WireLine(value, label.ljust(column), "err" if label == "trouble" else "text")


def no_events(exchange: Exchange) -> str:
    """What to say where no events are shown."""
    if exchange.let_go:
        return "The events were given up for newer requests"
    if exchange.is_stream or not exchange.is_over:
        return "Nothing has come yet" if not exchange.is_over else "The stream held nothing"
    return "No stream: the answer came whole, see Response"


class ShownEvents:
    """The events of a stream, for the page that shows them."""

    def __init__(self, events: Sequence[RawEvent], said: ExchangeText) -> None:
        self._events = events
        self._count = len(events)
        self._said = said

    def __len__(self) -> int:
        return self._count

    def after(self, number: int) -> str:
        return f"+{self._events[number].after * 1000:,.0f}"

    def gist(self, number: int) -> str:
        event = self._events[number]
        return "…" if event.name == GAP else self._said.safe(gist(event))

    def raw(self, number: int) -> str:
        event = self._events[number]
        if event.name == GAP:
            return event.data
        name = {"message": "data", COMMENT: ""}.get(event.name, event.name)
        return f"{self._said.safe(name)}: {self._said.safe(event.data)}"

    def lines(self, number: int) -> Iterable[tuple[int, str]]:
        return self._said.event_lines(self._events[number])


class Readers:
    """The events of the exchanges that were looked at, as far as they were read."""

    def __init__(self) -> None:
        self._readers: dict[int, EventReader] = {}

    def events(self, exchange: Exchange) -> Sequence[RawEvent]:
        """Of this one, as they are now."""
        if not exchange.is_stream:
            return ()
        reader = self._readers.get(exchange.number)
        if reader is None:
            self._readers = {exchange.number: EventReader(exchange)}  # of one at a time: they are all in memory twice
            reader = self._readers[exchange.number]
        return reader.events()
