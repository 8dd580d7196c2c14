"""The list of models as a file: what a start shows at once, and all there is without a network.

The file holds a line about itself, then lines of the caller's (an index, read whole), then the body of the server's
answer, of which single models are read when somebody looks at them. Its time is when the server was asked. It is
replaced by a rename: whoever has the old one open goes on reading the old one. All of it can be fetched again, so a
file that cannot be read or written is no error, only no file.

Everything here waits for the disk: call it in a thread, but for `Body.read`.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from oxen_tui.atomic import write_whole

_FORM = 1
_MOST_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a body that is kept in memory rather than read from the file: many times the real catalogue."""

_LONGEST_HEAD = 64 * 1024


class Body(Protocol):
    """The server's answer, to be read in parts."""

    def read(self, start: int, end: int) -> bytes:
        """The bytes of a part; fewer where they cannot be read."""
        ...

    def close(self) -> None: ...


class BodyInMemory:
    """A body that is short, or has no file."""

    def __init__(self, content: bytes = b"") -> None:
        self._content = content

    def read(self, start: int, end: int) -> bytes:
        return self._content[start:end]

    def close(self) -> None:
        self._content = b""


class BodyInFile:
    """A body that stays on the disk."""

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor: int | None = descriptor
        self._offset = offset

    def read(self, start: int, end: int) -> bytes:
        if self._descriptor is None:
            return b""
        try:
            return os.pread(self._descriptor, end - start, self._offset + start)
        except OSError:
            return b""

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(frozen=True, slots=True)
class KeptCatalogue:
    """What a file holds."""

    fetched_at: datetime
    lines: list[bytes]
    body: Body
    digest: str
    """Of the body: equal for equal answers."""


class CatalogueCache:
    """The file of one place."""

    def __init__(self, path: Path, server: str) -> None:
        """
        Args:
            path: The file; its folder is made when it is written.
            server: Whose models these are, and how the caller writes its lines. A file of another is passed over.
        """
        self._path = path
        self._server = server

    def load(self) -> KeptCatalogue | None:
        """What is kept; None if that is nothing, of another server or form, or damaged."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        kept = None
        try:
            kept = self._read(descriptor)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # damaged, or another program's
        if kept is None or not isinstance(kept.body, BodyInFile):
            os.close(descriptor)
        return kept

    def save(self, fetched_at: datetime, lines: Sequence[bytes], body: bytes) -> tuple[Body, str]:
        """Replaces what is kept. The body to read from now on, and its digest; in memory where there is no disk."""
        digest = digest_of(body)
        index = b"".join(line + b"\n" for line in lines)
        head = {
            "form": _FORM,
            "server": self._server,
            "digest": digest,
            "lines": [len(line) for line in lines],
            "check": zlib.crc32(index),
            "body": len(body),
        }
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(head).encode() + b"\n" + index + body)
        except OSError:
            return BodyInMemory(body), digest
        self.touch(fetched_at)
        if len(body) > _MOST_IN_MEMORY and (kept := self.load()) is not None and kept.digest == digest:
            return kept.body, digest
        return BodyInMemory(body), digest

    def touch(self, fetched_at: datetime) -> None:
        """Notes that the server said the same again."""
        with contextlib.suppress(OSError):
            os.utime(self._path, (fetched_at.timestamp(), fetched_at.timestamp()))

    def _read(self, descriptor: int) -> KeptCatalogue | None:
        first = os.pread(descriptor, _LONGEST_HEAD, 0).split(b"\n", 1)[0]
        head = json.loads(first)
        if (head["form"], head["server"]) != (_FORM, self._server):
            return None
        lengths, begin = head["lines"], len(first) + 1
        size, offset = head["body"], begin + sum(lengths) + len(lengths)
        state = os.fstat(descriptor)
        if min(size, *lengths, 0) < 0 or state.st_size != offset + size:
            return None
        index = os.pread(descriptor, offset - begin, begin)
        if zlib.crc32(index) != head["check"]:
            return None
        body: Body = BodyInFile(descriptor, offset)
        if size <= _MOST_IN_MEMORY:
            body = BodyInMemory(os.pread(descriptor, size, offset))
        when = datetime.fromtimestamp(state.st_mtime, UTC)
        return KeptCatalogue(when, index.split(b"\n")[: len(lengths)], body, head["digest"])


def digest_of(body: bytes) -> str:
    """Equal for equal answers."""
    import hashlib  # 2 ms, which a start need not wait for

    return hashlib.sha256(body).hexdigest()
