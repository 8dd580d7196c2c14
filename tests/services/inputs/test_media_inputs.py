"""Media that a request names, looked at before anything is sent."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from oxen_tui.services.inputs.limits import MOST_INLINE, size_words
from oxen_tui.services.inputs.media_inputs import MediumFacts, check_medium
from oxen_tui.services.media_addresses import address_label, medium_address, path_of
from oxen_tui.services.schema.media import Media, MediaKind
from tests.media.media_files import picture, recording

IMAGE = Media(MediaKind.IMAGE, many=False)
HERE: dict[str, str] = {}
BY_SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}


async def looked_at(file: Path, content: bytes, media: Media = IMAGE, *, may_upload: bool = False) -> MediumFacts:
    file.write_bytes(content)
    return await check_medium(str(file), media, may_upload=may_upload, environment=HERE)


async def test_a_picture_is_known_by_its_content(tmp_path: Path) -> None:
    content = picture("PNG")
    facts = await looked_at(tmp_path / "an ox.jpg", content)

    assert facts == MediumFacts(
        (tmp_path / "an ox.jpg").as_uri(), "an ox.jpg", MediaKind.IMAGE, "image/png", len(content), 24, 16
    )


async def test_a_clip_says_how_long_it_is(tmp_path: Path) -> None:
    media = Media(MediaKind.VIDEO, many=True)
    facts = await looked_at(tmp_path / "ox.mp4", recording("mp4", "mpeg4"), media)

    assert (facts.kind, facts.width, facts.problem) == (MediaKind.VIDEO, 64, "")
    assert facts.seconds == pytest.approx(1.0, abs=0.2)
    assert "within the request is not documented" in facts.warning
    allowed = await looked_at(tmp_path / "ox.mp4", recording("mp4", "mpeg4"), media, may_upload=True)
    assert allowed.warning == ""


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (picture("PNG"), MediaKind.VIDEO, "It is a PNG picture, a clip is wanted."),
        (recording("wav", audio="pcm_s16le"), MediaKind.IMAGE, "It is a WAV sound, a picture is wanted."),
        (b"", MediaKind.IMAGE, "The file is empty."),
        (b"<html></html>", MediaKind.IMAGE, "It is a web page, not a picture, a clip or a sound."),
        (picture("PNG"), MediaKind.MASK, ""),
    ],
    ids=["picture for a clip", "sound for a picture", "empty", "page", "picture for a mask"],
)
async def test_what_is_not_wanted_is_refused(tmp_path: Path, content: bytes, kind: MediaKind, problem: str) -> None:
    assert (await looked_at(tmp_path / "it", content, Media(kind, many=False))).problem == problem


async def test_what_is_too_large_wants_an_upload(tmp_path: Path) -> None:
    content = picture("PNG") + bytes(MOST_INLINE)
    facts = await looked_at(tmp_path / "ox.png", content)

    assert facts.problem == (
        "It has 12 MB, 12 MB is the most that goes into a request. Allow uploads, or give the address of a copy "
        "on the web."
    )
    assert (await looked_at(tmp_path / "ox.png", content, may_upload=True)).problem == ""


async def test_types_that_few_models_read_are_named(tmp_path: Path) -> None:
    assert (await looked_at(tmp_path / "ox.png", picture("BMP"))).warning == (
        "It is a BMP picture, which not every model reads."
    )


async def test_a_file_that_is_not_here_may_be_on_the_laptop(tmp_path: Path) -> None:
    missing = await check_medium(str(tmp_path / "ox.png"), IMAGE, environment=HERE)
    assert missing.problem == f"There is no such file in {tmp_path}."
    nowhere = await check_medium(str(tmp_path / "a" / "ox.png"), IMAGE, environment=HERE)
    assert nowhere.problem == f"There is no folder {tmp_path / 'a'}."
    remote = await check_medium(str(tmp_path / "ox.png"), IMAGE, environment=BY_SSH)
    assert "A file on your own machine must be copied there first" in remote.problem
    assert (await check_medium(str(tmp_path), IMAGE)).problem == "It is a folder; a file is wanted."
    assert (await check_medium("file://elsewhere/ox.png", IMAGE)).problem.startswith("The file is on another machine")
    assert (await check_medium("x" * 5000, IMAGE)).problem == "The file cannot be read: file name too long."
    assert (await check_medium("  ", IMAGE)).problem == "A path or an address is wanted."


@pytest.mark.parametrize(
    ("address", "problem", "warning"),
    [
        ("https://example.com/ox.png", "", ""),
        ("https:///ox.png", "It is no usable address.", ""),
        ("https://example.com/an ox.png", "It is no usable address.", ""),
        ("https://[::1/ox.png", "It is no usable address.", ""),
        ("http://192.168.1.4/ox.png", "", "Only this network can reach the address; the service must be able to."),
        ("http://localhost:8000/ox.png", "", "Only this network can reach the address; the service must be able to."),
        (
            "https://ada:secret@example.com/ox.png",
            "",
            "There is a password in the address; the service and its providers see it.",
        ),
    ],
)
async def test_addresses_are_judged_without_a_look(address: str, problem: str, warning: str) -> None:
    facts = await check_medium(address, IMAGE)
    assert (facts.address, facts.problem, facts.warning) == (address, problem, warning)


async def test_data_urls_are_judged_by_what_is_in_them() -> None:
    content = picture("PNG")
    facts = await check_medium("data:image/jpeg;base64," + base64.b64encode(content).decode(), IMAGE)
    assert (facts.mime, facts.size, facts.problem) == ("image/png", len(content), "")
    assert facts.label == "image/jpeg in the request"

    for broken in ("data:image/png;base64,!!!!", "data:,hello", "data:image/png;base64"):
        assert (await check_medium(broken, IMAGE)).problem == "It is no data URL in base64."
    unknown = await check_medium("data:image/png;base64," + base64.b64encode(b"\x00\x01\x02").decode(), IMAGE)
    assert unknown.problem == "It is no picture, clip or sound that is known here."


def test_paths_become_file_urls_and_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert medium_address("~/ox ü.png") == (tmp_path / "ox ü.png").as_uri()
    assert medium_address("a/../ox.png") == (tmp_path / "ox.png").as_uri()
    assert medium_address("'file:///a%20b.png'") == "file:///a%20b.png"
    assert medium_address("HTTPS://example.com/A") == "HTTPS://example.com/A"
    assert path_of(medium_address("~/ox ü#?.png")) == tmp_path / "ox ü#?.png"
    assert (path_of("https://example.com/a"), path_of("file:///a%00b"), path_of("file://[")) == (None, None, None)


def test_names_are_short_and_clean() -> None:
    assert address_label("file:///home/ada/an%20ox%1b.png") == "an ox␛.png"
    assert address_label("https://example.com/a/ox.png?key=1") == "ox.png from example.com"
    assert address_label("https://example.com") == "example.com"
    assert address_label("data:,x") == "data in the request"
    assert address_label("https://[x") == "https://[x"
    assert [size_words(size) for size in (7, 2048, 1_500_000, 12 * 1024**2)] == ["7 bytes", "2 KB", "1.4 MB", "12 MB"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything is not refused")
async def test_a_file_of_somebody_else_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "ox.png"
    file.write_bytes(picture("PNG"))
    file.chmod(0)
    assert (await check_medium(str(file), IMAGE)).problem == "The file cannot be read: permission denied."
