"""One request and what came back, kept to be looked at: as it was on the wire, but without the key.

What comes is kept as the network handed it over, with its time. It is cut into events and written out only for who
looks, so that a stream of tokens costs an entry in a list for each read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from oxen_tui.api.errors import ApiError
from oxen_tui.api.veil import BLANK, Veil

MOST_HEAD: Final = 512 * 1024
"""Bytes of the beginning of an answer that are kept."""
MOST_TAIL: Final = 512 * 1024
"""Bytes of its end, where it is longer than that."""
_OVERHEAD: Final = 120
"""Bytes that a read takes in memory beside its own."""

_BLANKED = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key"})

Header: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What the network handed over at once."""

    after: float
    """Seconds since the request was sent."""
    data: bytes


@dataclass(slots=True)
class Exchange:
    """Grows until `ended_after` is known. Everything in it has passed the veil."""

    number: int
    """Counted from 1 in the life of the record."""
    method: str
    url: str
    headers: tuple[Header, ...]
    body: bytes | None
    """The JSON as it was sent; with marks in place of media where that is too much to keep (`body_is_whole`)."""
    body_bytes: int
    """As it was sent."""
    began_at: float
    """Unix seconds."""
    body_is_whole: bool = True
    note: str = ""
    """What was sent where it is no JSON."""

    status: int | None = None
    reason: str = ""
    http_version: str = ""
    response_headers: tuple[Header, ...] = ()
    headers_after: float | None = None
    """Seconds since the request was sent, as all of these."""
    first_after: float | None = None
    ended_after: float | None = None
    came: int = 0
    """Bytes of the answer, unpacked."""
    left_out: int = 0
    """Bytes between the beginning and the end that were not kept."""
    trouble: str = ""
    """What went wrong, in words."""
    stopped: bool = False
    """We closed the connection before the answer was over."""
    again_after: float | None = None
    """Seconds of pause after which it was sent once more."""
    let_go: bool = False
    """The bodies were given up for newer ones."""

    head: list[Read] = field(default_factory=list, repr=False)
    tail: deque[Read] = field(default_factory=deque, repr=False)
    kept: int = 0
    """Bytes in memory."""
    _tail_bytes: int = 0
    _edge: bytes = field(default=b"", repr=False)
    """The last bytes that came, in which a key may have begun. Empty once the answer is over."""
    _veil: Veil | None = None
    _clock: Callable[[], float] | None = None

    @property
    def is_over(self) -> bool:
        return self.ended_after is not None

    @property
    def is_stream(self) -> bool:
        """Whether the answer is one of events."""
        return "event-stream" in self.header("content-type").lower()

    @property
    def is_chat(self) -> bool:
        return self.url.split("?")[0].endswith("/chat/completions")

    def header(self, name: str) -> str:
        """Of the answer; "" where there is none."""
        return next((value for key, value in self.response_headers if key.lower() == name), "")

    def reads(self) -> Iterator[Read]:
        """What is kept of the answer; between its beginning and its end, `left_out` bytes are not."""
        yield from self.head
        yield from self.tail

    # --- what the connection tells --------------------------------------------------------------------------------

    def answered(self, status: int, reason: str, http_version: str, headers: Iterable[Header]) -> None:
        """The head of the answer came."""
        self.headers_after = self._now()
        self.status, self.http_version = status, http_version
        if self._veil is not None:
            self.reason = self._veil.text(reason)
            self.response_headers = blanked(headers, self._veil)

    def receive(self, data: bytes) -> int:
        """More of the answer came. How many bytes of memory are taken for it."""
        veil, before = self._veil, self.kept
        if veil is None:
            return 0
        after = self._now()
        if self.first_after is None:
            self.first_after = after
        self.came += len(data)
        kept = veil.data(data)
        if (most := veil.longest - 1) > 0:
            gone, begun = veil.across(self._edge, data)
            if gone:
                self._cut_back(gone)
                self._edge = self._edge[:-gone]
                kept = veil.data(BLANK.encode() + data[begun:])
            self._edge = kept[-most:] if len(kept) >= most else (self._edge + kept)[-most:]
        self._keep(Read(after, kept))
        return self.kept - before

    def fail(self, error: ApiError) -> None:
        """It ended in this."""
        if self._veil is not None:
            self.trouble = self._veil.text(str(error))

    def end(self) -> None:
        """Nothing more comes."""
        if self.ended_after is None:
            self.ended_after = self._now()
        self._edge, self._veil, self._clock = b"", None, None

    def forget(self) -> int:
        """Give up the bodies. How many bytes of memory that frees."""
        freed, self.kept = self.kept, 0
        self.body, self.body_is_whole, self.let_go = None, False, True
        self.head.clear()
        self.tail.clear()
        self._tail_bytes = 0
        return freed

    def _now(self) -> float:
        return self._clock() if self._clock is not None else 0.0

    def _keep(self, read: Read) -> None:
        if self.let_go:
            return
        size = len(read.data) + _OVERHEAD
        self.kept += size
        if self.kept - self._tail_bytes <= MOST_HEAD + self.body_size and not self.tail:
            self.head.append(read)
            return
        self.tail.append(read)
        self._tail_bytes += size
        while self._tail_bytes > MOST_TAIL:
            gone = self.tail.popleft()
            self.left_out += len(gone.data)
            self._tail_bytes -= len(gone.data) + _OVERHEAD
            self.kept -= len(gone.data) + _OVERHEAD

    @property
    def body_size(self) -> int:
        """Bytes of the request that are kept."""
        return len(self.body) if self.body is not None else 0

    def _cut_back(self, count: int) -> None:
        """Take away the last bytes that were kept: they turned out to be the beginning of the key."""
        for reads in (self.tail, self.head):
            for place in range(len(reads) - 1, -1, -1):
                if not count:
                    return
                read = reads[place]
                cut = min(count, len(read.data))
                reads[place] = Read(read.after, read.data[: len(read.data) - cut])
                count -= cut


def blanked(headers: Iterable[Header], veil: Veil) -> tuple[Header, ...]:
    """Headers without the key, and without the values of those that hold secrets by their name."""
    return tuple((name, BLANK if name.lower() in _BLANKED else veil.text(value)) for name, value in headers)
