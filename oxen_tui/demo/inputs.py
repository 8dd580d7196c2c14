"""Pictures, clips and sounds a request hands in: found in its parameters, kept as files, fetched for the work.

The demo never goes out to the network. It reads data URLs and addresses of its own files; another address fails the
way an address fails that the real service cannot reach (contract section 8).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from .errors import Refused
from .files import FileStore
from .json_values import Json

WORDS_NOT_MEDIA = frozenset({"prompt", "negative_prompt", "webhook", "headline", "model"})
"""Parameters in which an address is only text."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/mpeg": "mp3",
    "application/pdf": "pdf",
}


class Unusable(Exception):
    """An input that cannot be read, or work that cannot be done; the text is shown to the user."""


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a request."""

    field: str
    """The parameter it came in, with the names of objects around it."""
    content: bytes

    @property
    def kind(self) -> str:
        """ "video", "audio", "mask" or "image", told by the field's name."""
        name = self.field.lower()
        for kind in ("mask", "video", "audio"):
            if kind in name:
                return kind
        return "image"


def decoded(url: str) -> tuple[str, bytes]:
    """The media type and content of a data URL.

    Raises:
        Unusable: if it is not one.
    """
    head, comma, body = url.partition(",")
    if not head.startswith("data:") or not comma:
        raise Unusable("The data URL has no comma")
    media_type, *flags = head[5:].split(";")
    if "base64" not in flags:
        return media_type or "text/plain", unquote_to_bytes(body)
    try:
        return media_type or "text/plain", base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unusable("The data URL is not base64") from error


def fetched(url: str, files: FileStore) -> tuple[str, bytes]:
    """The media type and content behind a data URL or an address of this service. Reads from disk: use a thread.

    Raises:
        Unusable: for everything else.
    """
    if url.startswith("data:"):
        return decoded(url)
    try:
        parts = urlsplit(url)
        own = parts.hostname in LOOPBACK and parts.path.startswith("/api/repos/")
    except ValueError as error:
        raise Unusable(f"Not an address: {url[:120]}") from error
    if not own:
        raise Unusable(
            f"403 Client Error: Forbidden for url: {url[:200]} (the demo reads data URLs and its own files only)"
        )
    try:
        file = files.behind(url)
    except Refused as refused:
        raise Unusable(f"{refused.status} Client Error for url: {url[:200]}") from refused
    return file.media_type, file.on_disk.read_bytes()


def is_address(value: str) -> bool:
    """Whether a string is one of the forms in which media come."""
    return value.startswith(("data:", "http://", "https://"))


def media_of(value: object, field: str = "") -> list[tuple[str, str]]:
    """(field, address) of every medium in the parameters, in order."""
    if isinstance(value, str):
        return [(field, value)] if is_address(value) else []
    if isinstance(value, list):
        return [found for item in value for found in media_of(item, field)]
    if isinstance(value, dict):
        return [
            found
            for name, item in value.items()
            if name not in WORDS_NOT_MEDIA
            for found in media_of(item, f"{field}.{name}" if field else str(name))
        ]
    return []


def kept(parameters: Json, files: FileStore, namespace: str, base: str) -> Json:
    """The parameters with every data URL put into a file and replaced by its address.

    A row echoes its parameters in every poll; megabytes of base64 do not belong there. A data URL that cannot be read
    is left out of the echo in words. Writes to disk: use a thread.
    """

    def changed(value: object) -> object:
        if isinstance(value, str) and value.startswith("data:"):
            try:
                media_type, content = decoded(value)
            except Unusable:
                return f"data:unreadable ({len(value)} characters)"
            name = f"{hashlib.sha256(content).hexdigest()[:16]}.{ENDINGS.get(media_type, 'bin')}"
            stored = files.put(namespace, "playground", f"inputs/{name}", content, media_type)
            return files.sign(stored, base)
        if isinstance(value, list):
            return [changed(item) for item in value]
        if isinstance(value, dict):
            return {name: item if name in WORDS_NOT_MEDIA else changed(item) for name, item in value.items()}
        return value

    return {name: item if name in WORDS_NOT_MEDIA else changed(item) for name, item in parameters.items()}
