from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.media import file_kind
from oxen_tui.media.file_kind import HEAD, FileKind, kind_of
from tests.media.media_files import picture, recording

PICTURES = {
    "PNG": file_kind.PNG,
    "JPEG": file_kind.JPEG,
    "WEBP": file_kind.WEBP,
    "GIF": file_kind.GIF,
    "BMP": file_kind.BMP,
    "TIFF": file_kind.TIFF,
    "AVIF": file_kind.AVIF,
}


@pytest.mark.parametrize(("form", "kind"), PICTURES.items())
def test_pictures_are_known_by_their_bytes(form: str, kind: FileKind) -> None:
    assert kind_of(picture(form)[:HEAD]) is kind


@pytest.mark.parametrize(
    ("container", "video", "audio", "kind"),
    [
        ("mp4", "mpeg4", None, file_kind.MP4),
        ("mov", "mpeg4", None, file_kind.QUICKTIME),
        ("webm", "libvpx", None, file_kind.WEBM),
        ("matroska", "mpeg4", None, file_kind.MATROSKA),
        ("avi", "mpeg4", None, file_kind.AVI),
        ("wav", None, "pcm_s16le", file_kind.WAV),
        ("mp3", None, "libmp3lame", file_kind.MP3),
        ("adts", None, "aac", file_kind.AAC),
        ("ogg", None, "libopus", file_kind.OGG),
        ("flac", None, "flac", file_kind.FLAC),
        ("ipod", None, "aac", file_kind.M4A),
    ],
)
def test_clips_and_sounds_are_known_by_their_bytes(
    container: str, video: str | None, audio: str | None, kind: FileKind
) -> None:
    assert kind_of(recording(container, video, audio)[:HEAD]) is kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", file_kind.PDF),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", file_kind.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", file_kind.AVIF),
        (b"\0\0\0\x08wide\0\0\0\0mdat", file_kind.QUICKTIME),
        (b"\xff\xfb\x90\x64\0\0", file_kind.MP3),
        (b"<!DOCTYPE html><title>502</title>", file_kind.HTML),
        (b"\xef\xbb\xbf\n <html><body><svg></svg>", file_kind.HTML),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', file_kind.SVG),
        (b"<svg><style></style></svg>", file_kind.SVG),
        (b"<svg/>", file_kind.SVG),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", file_kind.XML),
        (b'{"error": {"message": "no"}}', file_kind.JSON),
        (b"Service unavailable", file_kind.TEXT),
        (("é" * 3000).encode()[:4095], file_kind.TEXT),
        (b"BMW is a car", file_kind.TEXT),
    ],
)
def test_other_things_are_called_what_they_are(head: bytes, kind: FileKind) -> None:
    assert kind_of(head) is kind


@pytest.mark.parametrize("head", [b"", b"   \n", b"\x00" * 100, b"\x93NUMPY\x01", b"PK\x03\x04\x14\x00", b"\xff\xd8"])
def test_what_is_no_kind_is_none(head: bytes) -> None:
    assert kind_of(head) is None


@settings(max_examples=60)
@given(st.binary(max_size=64))
def test_any_bytes_can_be_asked(head: bytes) -> None:
    for beginning in (b"", b"RIFF", b"\0\0\0\x20ftyp", b"<svg", b"OggS", b"BM", b"\xff"):
        kind_of(beginning + head)
