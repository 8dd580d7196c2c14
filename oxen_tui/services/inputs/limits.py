"""How large inputs may be, and of what kind (contract section 8, inputs)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from oxen_tui.services.schema.media import MediaKind

MOST_INLINE: Final = 12 * 1024**2
"""Bytes of one file that goes into the request itself: what was seen to work."""

MOST_INLINE_TOGETHER: Final = 18 * 1024**2
"""Characters of all data URLs in one request."""

MOST_UPLOAD: Final = 512 * 1024**2
"""Bytes of one file that is uploaded."""

_WANTED: Final[Mapping[MediaKind, str]] = {
    MediaKind.IMAGE: "a picture",
    MediaKind.MASK: "a picture",
    MediaKind.VIDEO: "a clip",
    MediaKind.AUDIO: "a sound",
}
_KINDS: Final[Mapping[str, MediaKind]] = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
}
_USUAL: Final = frozenset(
    {
        *("image/png", "image/jpeg", "image/webp", "image/gif"),
        *("video/mp4", "video/quicktime", "video/webm"),
        *("audio/wav", "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac"),
    }
)


def media_kind(word: str) -> MediaKind | None:
    """The kind of a medium by the word that `media` has for it."""
    return _KINDS.get(word)


def wrong_kind(found: str, name: str, wanted: MediaKind) -> str:
    """A sentence when a medium is not what a field takes; "" when it is.

    Args:
        found: "image", "video", "audio" or another kind of file.
        name: As it is said: `a PNG picture`.
    """
    kind = media_kind(found)
    takes = MediaKind.IMAGE if wanted is MediaKind.MASK else wanted
    return "" if kind is takes else f"It is {name}, {_WANTED[wanted]} is wanted."


def too_large(size: int, *, may_upload: bool) -> str:
    """A sentence when a file is too large to be sent; "" when it is not."""
    if size > MOST_UPLOAD:
        return f"It has {size_words(size)}, {size_words(MOST_UPLOAD)} is the most that can be uploaded."
    if size > MOST_INLINE and not may_upload:
        return (
            f"It has {size_words(size)}, {size_words(MOST_INLINE)} is the most that goes into a request. "
            "Allow uploads, or give the address of a copy on the web."
        )
    return ""


def is_usual(mime: str) -> bool:
    """Whether most models can be expected to read this type."""
    return mime in _USUAL


def size_words(size: int) -> str:
    """`412 KB`, `1.4 MB`."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if size >= factor:
            number = size / factor
            return f"{number:.1f} {unit}" if number < 10 and size % factor else f"{number:.0f} {unit}"
    return f"{size} bytes"
