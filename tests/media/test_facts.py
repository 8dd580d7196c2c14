from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oxen_tui.media.facts import MediaFacts, NotMedia, read_facts
from tests.media.media_files import picture, png_claiming, recording, turned

SAMPLES = {
    "a PNG": lambda: picture("PNG", frames=3),
    "a JPEG": lambda: turned("JPEG"),
    "a WebP": lambda: picture("WEBP", frames=3),
    "a GIF": lambda: picture("GIF", frames=3),
    "a TIFF": lambda: picture("TIFF"),
    "an AVIF": lambda: picture("AVIF"),
    "an MP4": lambda: recording("mp4", "mpeg4", "aac"),
    "a WebM": lambda: recording("webm", "libvpx"),
    "a WAV": lambda: recording("wav", None, "pcm_s16le")[:4000],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "named.png"


def facts_of(file: Path, content: bytes) -> MediaFacts:
    file.write_bytes(content)
    return read_facts(file)


def refusal(file: Path, content: bytes) -> str:
    with pytest.raises(NotMedia) as caught:
        facts_of(file, content)
    return caught.value.sentence


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_a_picture_says_its_size_whatever_it_is_called(file: Path, form: str) -> None:
    facts = facts_of(file, content := picture(form))

    assert (facts.kind, facts.width, facts.height, facts.frames) == ("image", 24, 16, 1)
    assert facts.size == len(content)
    assert facts.seconds is facts.has_sound is None


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
def test_a_picture_on_its_side_has_the_size_it_is_shown_with(file: Path, form: str) -> None:
    facts = facts_of(file, turned(form))

    assert (facts.width, facts.height) == (16, 24)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_a_moving_picture_says_how_long_it_moves(file: Path, form: str) -> None:
    facts = facts_of(file, picture(form, frames=3))

    assert (facts.frames, facts.seconds, facts.frames_per_second) == (3, 0.75, 4.0)


@pytest.mark.parametrize("options", [{"lossless": True}, {"lossless": False}])
def test_both_kinds_of_webp_are_read(file: Path, options: dict[str, bool]) -> None:
    facts = facts_of(file, picture("WEBP", (300, 200), **options))

    assert (facts.width, facts.height) == (300, 200)


def test_a_jpeg_keeps_what_a_camera_added_behind_it(file: Path) -> None:
    assert facts_of(file, picture("JPEG") + bytes(100_000)).width == 24


def test_a_clip_says_size_length_rate_and_sound(file: Path) -> None:
    facts = facts_of(file, recording("mp4", "mpeg4", "aac"))

    assert (facts.kind, facts.mime, facts.width, facts.height) == ("video", "video/mp4", 64, 48)
    assert facts.seconds == pytest.approx(1.0, abs=0.05)
    assert (facts.frames_per_second, facts.frames, facts.has_sound) == (8.0, 8, True)
    assert facts_of(file, recording("webm", "libvpx")).has_sound is False


def test_a_sound_says_how_long_it_is(file: Path) -> None:
    facts = facts_of(file, recording("mp3", None, "libmp3lame"))

    assert (facts.kind, facts.width, facts.has_sound) == ("audio", None, True)
    assert facts.seconds == pytest.approx(1.0, abs=0.05)


def test_a_container_for_clips_with_only_sound_in_it_is_a_sound(file: Path) -> None:
    facts = facts_of(file, recording("mp4", None, "aac"))

    assert (facts.kind, facts.mime, facts.extension) == ("audio", "audio/mp4", "m4a")


def test_a_picture_too_large_to_show_is_still_a_picture(file: Path) -> None:
    facts = facts_of(file, png_claiming(20_000, 20_000))

    assert (facts.width, facts.height) == (20_000, 20_000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"<!doctype html><html>Gateway timeout", "a web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x93\x00\x01\x02", "known here"),
        (png_claiming(0, 5), "no width"),
        (b"GIF89a\x10\0\x10\0\0\0\0;", "holds no picture"),
        (b"RIFF\x04\0\0\0WEBP", "no width"),
        (b"\xff\xd8\xff\xd9", "holds no picture"),
    ],
)
def test_what_is_no_picture_is_said_in_a_sentence(file: Path, content: bytes, said: str) -> None:
    sentence = refusal(file, content)

    assert said in sentence
    assert str(file.parent) not in sentence


@pytest.mark.parametrize("sample", ["a PNG", "a JPEG", "a WebP", "a GIF", "an MP4"])
def test_a_file_without_its_end_is_cut_off(file: Path, sample: str) -> None:
    content = SAMPLES[sample]()

    assert "cut off" in refusal(file, content[: len(content) * 3 // 4])


def test_no_file_a_folder_and_a_pipe_are_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none", tmp_path, tmp_path / "pipe"):
        with pytest.raises(NotMedia):
            read_facts(path)


def test_a_playlist_leads_nowhere(file: Path) -> None:
    assert "text" in refusal(file, b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n")
    assert "text" in refusal(file, b"ffconcat version 1.0\nfile /etc/passwd\n")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), sample=st.sampled_from(sorted(SAMPLES)))
def test_a_damaged_file_is_a_fact_or_a_sentence(file: Path, data: st.DataObject, sample: str) -> None:
    content = bytearray(SAMPLES[sample]())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, min(len(content), 400) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(1, len(content))) :]
    said = ""
    try:
        said = facts_of(file, bytes(content)).mime
    except NotMedia as error:
        said = error.sentence
    assert said
