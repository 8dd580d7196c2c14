"""What kind of file some bytes are, told by how they begin; names and content types are only claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HEAD: Final = 4096
"""Bytes from the start of a file that `kind_of` wants to see; fewer are fine where the file is shorter."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file."""

    kind: str
    """"image", "video", "audio", "document"; "page" and "text" for what is no medium."""
    mime: str
    extension: str
    """The usual one, without the dot."""
    name: str
    """As it is said in a sentence: `a PNG picture`."""
    demuxer: str = ""
    """FFmpeg's name for what reads it. Always given to FFmpeg: left to guess, it may take a file for a playlist
    and open whatever that names."""

    @property
    def is_medium(self) -> bool:
        """Whether it is seen or heard: a picture, a clip or a sound."""
        return self.kind in MEDIA


MEDIA: Final = ("image", "video", "audio")

PNG: Final = FileKind("image", "image/png", "png", "a PNG picture")
JPEG: Final = FileKind("image", "image/jpeg", "jpg", "a JPEG picture")
WEBP: Final = FileKind("image", "image/webp", "webp", "a WebP picture")
GIF: Final = FileKind("image", "image/gif", "gif", "a GIF picture")
BMP: Final = FileKind("image", "image/bmp", "bmp", "a BMP picture")
TIFF: Final = FileKind("image", "image/tiff", "tiff", "a TIFF picture")
AVIF: Final = FileKind("image", "image/avif", "avif", "an AVIF picture")
HEIC: Final = FileKind("image", "image/heic", "heic", "a HEIC picture")
MP4: Final = FileKind("video", "video/mp4", "mp4", "an MP4 clip", "mov")
QUICKTIME: Final = FileKind("video", "video/quicktime", "mov", "a QuickTime clip", "mov")
WEBM: Final = FileKind("video", "video/webm", "webm", "a WebM clip", "matroska")
MATROSKA: Final = FileKind("video", "video/x-matroska", "mkv", "a Matroska clip", "matroska")
AVI: Final = FileKind("video", "video/x-msvideo", "avi", "an AVI clip", "avi")
WAV: Final = FileKind("audio", "audio/wav", "wav", "a WAV sound", "wav")
MP3: Final = FileKind("audio", "audio/mpeg", "mp3", "an MP3 sound", "mp3")
AAC: Final = FileKind("audio", "audio/aac", "aac", "an AAC sound", "aac")
OGG: Final = FileKind("audio", "audio/ogg", "ogg", "an Ogg sound", "ogg")
OGG_CLIP: Final = FileKind("video", "video/ogg", "ogv", "an Ogg clip", "ogg")
FLAC: Final = FileKind("audio", "audio/flac", "flac", "a FLAC sound", "flac")
M4A: Final = FileKind("audio", "audio/mp4", "m4a", "an M4A sound", "mov")
PDF: Final = FileKind("document", "application/pdf", "pdf", "a PDF document")
SVG: Final = FileKind("page", "image/svg+xml", "svg", "an SVG drawing")
HTML: Final = FileKind("page", "text/html", "html", "a web page")
JSON: Final = FileKind("text", "application/json", "json", "JSON text")
XML: Final = FileKind("text", "application/xml", "xml", "XML text")
TEXT: Final = FileKind("text", "text/plain", "txt", "text")

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"fLaC", FLAC),
    (b"ID3", MP3),
    (b"%PDF-", PDF),
)
_RIFF: Final = {b"WEBP": WEBP, b"WAVE": WAV, b"AVI ": AVI}
_BRANDS: Final = {
    **dict.fromkeys((b"avif", b"avis"), AVIF),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), M4A),
    b"qt  ": QUICKTIME,
}
_OLD_QUICKTIME: Final = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|script|meta)\b", re.IGNORECASE)
_NEVER_WRITTEN = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SVG = re.compile(rb"<svg[\s/>]|<!doctype\s+svg", re.IGNORECASE)


def kind_of(head: bytes) -> FileKind | None:
    """The kind of a file by its first bytes.

    Args:
        head: The first `HEAD` bytes, or all of a shorter file.

    Returns:
        None for bytes of no kind known here; also for none at all.
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    return _contained(head) or _sound(head) or _written(head)


def _contained(head: bytes) -> FileKind | None:
    """Formats that are a frame with different things in it."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if head[4:8] in _OLD_QUICKTIME and int.from_bytes(head[:4]) >= 8:
        return QUICKTIME
    if head[:4] == b"\x1aE\xdf\xa3":
        return WEBM if b"webm" in head[:64] else MATROSKA
    if head[:4] == b"OggS":
        return OGG_CLIP if b"\x80theora" in head[:128] else OGG
    # A header of a known size, so that a text that begins with BM is none.
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 64, 108, 124):
        return BMP
    return None


def _of_brands(head: bytes) -> FileKind:
    """An ISO container: its major brand, else what else it says it can be read as. Most clips say `isom`."""
    end = min(int.from_bytes(head[:4]), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    if brands[0] == b"mif1" and b"avif" in brands:
        return AVIF
    return _BRANDS.get(brands[0], MP4)


def _sound(head: bytes) -> FileKind | None:
    """MPEG audio without a tag: a frame header whose every field means something."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if head[1] & 0xF6 == 0xF0:
        return AAC
    rate, frequency = head[2] >> 4, head[2] >> 2 & 3
    return MP3 if version != 1 and layer != 0 and rate not in (0, 15) and frequency != 3 else None


def _written(head: bytes) -> FileKind | None:
    """Text, so that an error can say what came in place of a picture."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text or _NEVER_WRITTEN.search(head):
        return None
    if text[:1] == b"<":
        drawing, page = _SVG.search(head), _HTML.search(head)
        # A page may hold drawings, and a drawing a page: what comes first is around the other.
        if drawing and not (page and page.start() < drawing.start()):
            return SVG
        if page:
            return HTML
        if text[:5] == b"<?xml":
            return XML
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":  # else the last character is only cut
            return None
    return JSON if text[:1] in (b"{", b"[") else TEXT
