"""Server-sent events: bytes in, events out, no I/O.

Follows the EventSource standard (WHATWG HTML, section 9.2): one leading BOM, lines ended by CR, LF or CRLF however
they are cut between reads, comments, several data lines in one event, `id` without NUL, `retry` of digits, bytes
that are no UTF-8 replaced. Two things go beyond it, for the servers there are: `finish` hands over an event whose
closing blank line never came, and lines and events have a largest size.

Tokens come as `data: {...}` and a blank line, a thousand a second and more; those are cut at the blank lines in one
go. Everything else takes the way line by line, which knows every case.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from oxen_tui.api.errors import TooLarge

MAX_EVENT_BYTES = 16 * 1024 * 1024
"""Room for a picture as a data URL in one event; a server that never ends its line is stopped here."""

_BOM = b"\xef\xbb\xbf"


class ServerEvent(NamedTuple):
    """One event. A tuple, because a stream of tokens makes a thousand a second."""

    data: str
    event: str = "message"
    id: str = ""
    """The last id seen in the stream, which an event without one keeps."""


class Comment(NamedTuple):
    """A line that says nothing but that the server lives."""

    text: str


StreamItem: TypeAlias = ServerEvent | Comment


class EventDecoder:
    """Decodes one stream. `feed` it what was read, then `finish` it.

    Raises:
        TooLarge: from `feed`, for a line or an event beyond `max_bytes`.
    """

    def __init__(self, max_bytes: int = MAX_EVENT_BYTES) -> None:
        self.retry_ms: int | None = None
        """The pause before a new connection that the server asked for, in milliseconds."""
        self._max_bytes = max_bytes
        self._at_start = True
        self._after_cr = False
        self._tail = bytearray()
        """The beginning of a line whose end has not come."""
        self._data: list[bytes] = []
        self._data_bytes = 0
        self._event = ""
        self._id = ""

    def feed(self, chunk: bytes) -> list[StreamItem]:
        """The events and comments that these bytes complete."""
        if self._after_cr and chunk:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if self._at_start:
            chunk = bytes(self._tail) + chunk
            self._tail.clear()
            if len(chunk) < len(_BOM) and _BOM.startswith(chunk):
                self._tail += chunk
                return []
            self._at_start = False
            chunk = chunk.removeprefix(_BOM)
        if b"\n" not in chunk:
            self._tail += chunk
            self._check(len(self._tail))
            return []
        return self._split(bytes(self._tail) + chunk if self._tail else chunk)

    def finish(self) -> list[StreamItem]:
        """What the end of the stream leaves: the standard drops an event without its blank line, servers that
        close right after the last one mean it."""
        found: list[StreamItem] = []
        if self._tail:
            self._line(bytes(self._tail), found)
            self._tail.clear()
        self._line(b"", found)
        return found

    def _split(self, data: bytes) -> list[StreamItem]:
        found: list[StreamItem] = []
        *blocks, rest = data.split(b"\n\n")
        for block in blocks:
            if block.startswith(b"data: ") and not self._data and not self._event and b"\n" not in block:
                self._check(len(block))
                found.append(ServerEvent(block[6:].decode("utf-8", "replace"), "message", self._id))
            else:
                for line in block.split(b"\n"):
                    self._line(line, found)
                self._line(b"", found)
        *lines, tail = rest.split(b"\n")
        for line in lines:
            self._line(line, found)
        self._tail = bytearray(tail)
        self._check(len(tail))
        return found

    def _line(self, line: bytes, found: list[StreamItem]) -> None:
        self._check(len(line))
        if not line:
            self._dispatch(found)
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if not name:
            found.append(Comment(value.decode("utf-8", "replace")))
        elif name == b"data":
            self._data.append(value)
            self._data_bytes += len(value) + 1
            self._check(self._data_bytes)
        elif name == b"event":
            self._event = value.decode("utf-8", "replace")
        elif name == b"id":
            if b"\0" not in value:
                self._id = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit() and len(value) < 10:
            self.retry_ms = int(value)

    def _dispatch(self, found: list[StreamItem]) -> None:
        if self._data:
            data = b"\n".join(self._data).decode("utf-8", "replace")
            found.append(ServerEvent(data, self._event or "message", self._id))
            self._data = []
            self._data_bytes = 0
        self._event = ""

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise TooLarge(f"one event of more than {self._max_bytes} bytes")
