"""A request and its answer in words, to be read, copied and saved: without the key, and with nothing that acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from oxen_tui.api.exchange import Exchange
from oxen_tui.api.wire_record import WireRecord, without_media
from oxen_tui.safe_text import clean
from oxen_tui.services.json_text import json_lines
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.copying import copied_request
from oxen_tui.services.requests.exchange_events import COMMENT, GAP, EventReader, RawEvent

MOST_TEXT: Final = 2_000_000
"""Characters of an answer that are shown."""

_REQUEST_IDS: Final = ("x-request-id", "request-id", "x-amzn-requestid", "cf-ray", "x-trace-id", "traceparent")


class CannotCopy(Exception):
    """The request is no longer there.

    Attributes:
        sentence: Why, and what to do.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ExchangeText:
    """What is said of the exchanges of one record."""

    def __init__(self, record: WireRecord) -> None:
        self._record = record

    def safe(self, text: str) -> str:
        """A text with an escape for every character that is not simply shown, and without any key."""
        text = self._record.veil(text)
        if text.isprintable() and clean(text) == text:
            return text
        return "".join(sign if sign.isprintable() and clean(sign) == sign else _escape(sign) for sign in text)

    def request_head(self, exchange: Exchange) -> list[tuple[str, str]]:
        """The names and values of what was sent before the body."""
        return [(self.safe(name), self.safe(value)) for name, value in exchange.headers]

    def answer_head(self, exchange: Exchange) -> list[tuple[str, str]]:
        """The same of the answer."""
        return [(self.safe(name), self.safe(value)) for name, value in exchange.response_headers]

    def request_lines(self, exchange: Exchange) -> Iterator[tuple[int, str]]:
        """The body as JSON, each line with its depth. Data URLs by their beginning and length."""
        if exchange.body is not None:
            yield from self._json(exchange.body)

    def answer_lines(self, exchange: Exchange) -> Iterator[tuple[int, str]]:
        """The body of an answer that is no stream: JSON with its depth, else its lines."""
        yield from self._json(b"".join(read.data for read in exchange.reads()))

    def event_lines(self, event: RawEvent) -> Iterator[tuple[int, str]]:
        """All of one event."""
        yield from self._json(event.data.encode("utf-8", "replace"))

    def _json(self, body: bytes) -> Iterator[tuple[int, str]]:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            text = body[:MOST_TEXT].decode("utf-8", "replace")
            yield from ((0, self.safe(line)) for line in text.splitlines())
            return
        # What was written as an escape is a character now, and may be one of the key.
        yield from ((depth, self._record.veil(line)) for depth, line in json_lines(without_media(value)))

    def copied(self, exchange: Exchange, language: Language) -> str:
        """The request as a command or a program.

        Raises:
            CannotCopy: What it was made of is not there any more.
        """
        body: Any = None
        if exchange.let_go and exchange.body_bytes:
            raise CannotCopy("This request was given up for newer ones: ask again, and copy then")
        if exchange.note:
            raise CannotCopy("This request carries a file, and is no JSON: it cannot be copied")
        if exchange.body is not None:
            body = json.loads(exchange.body)
        with_key = any(name.lower() == "authorization" for name, _ in exchange.headers)
        text = copied_request(language, exchange.url, body, method=exchange.method, with_key=with_key)
        return self._record.veil(text)

    def whole(self, exchange: Exchange) -> str:
        """All of it, for a file."""
        began = datetime.fromtimestamp(exchange.began_at, UTC).astimezone()
        parts = [f"{exchange.method} {self.safe(exchange.url)}", f"{began:%Y-%m-%d %H:%M:%S %z}", ""]
        parts += [f"{name}: {value}" for name, value in self.request_head(exchange)]
        parts += ["", *_indented(self.request_lines(exchange)), ""]
        status = "no answer" if exchange.status is None else f"{exchange.status} {self.safe(exchange.reason)}"
        parts += [f"{exchange.http_version} {status}".strip()]
        parts += [f"{name}: {value}" for name, value in self.answer_head(exchange)]
        parts += ["", *(f"{label}: {value}" for label, value in self.timing(exchange)), ""]
        if exchange.is_stream:
            parts += [self.event_text(event) for event in EventReader(exchange).events()]
        else:
            parts += _indented(self.answer_lines(exchange))
        return "\n".join(parts) + "\n"

    def event_text(self, event: RawEvent) -> str:
        """An event in one line, as it came, with its time."""
        name = "" if event.name in ("message", COMMENT, GAP) else f"{self.safe(event.name)} "
        sign = ": " if event.name == COMMENT else ""
        return f"+{event.after * 1000:,.0f} ms  {sign}{name}{self.safe(event.data)}"

    def timing(self, exchange: Exchange) -> list[tuple[str, str]]:
        """Times, sizes and ids, as far as they are known."""
        began = datetime.fromtimestamp(exchange.began_at, UTC).astimezone()
        said = [("sent", f"{began:%H:%M:%S}.{began.microsecond // 1000:03d}")]
        times = (
            ("headers", exchange.headers_after),
            ("first byte", exchange.first_after),
            ("stopped here" if exchange.stopped else "end", exchange.ended_after),
        )
        said += [(label, f"+{after * 1000:,.0f} ms") for label, after in times if after is not None]
        said.append(
            ("request", f"{exchange.body_bytes:,} bytes" if exchange.body_bytes else exchange.note or "no body")
        )
        said.append(("answer", f"{exchange.came:,} bytes"))
        if exchange.left_out:
            said.append(("not kept", f"{exchange.left_out:,} bytes of the middle"))
        if exchange.http_version:
            said.append(("protocol", self.safe(exchange.http_version)))
        said += [(name, self.safe(value)) for name in _REQUEST_IDS if (value := exchange.header(name))]
        if exchange.trouble:
            said.append(("trouble", self.safe(exchange.trouble)))
        if exchange.again_after is not None:
            said.append(("sent again", f"after a pause of {exchange.again_after:.1f} s"))
        return said


def _indented(lines: Iterator[tuple[int, str]]) -> list[str]:
    return ["  " * depth + line for depth, line in lines]


def _escape(sign: str) -> str:
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\x1b"}.get(sign)
    if named is not None:
        return named
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
