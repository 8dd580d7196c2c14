"""A path or an address becomes an attachment, or a sentence why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oxen_tui.services.conversation import attachments
from oxen_tui.services.conversation.attachment_parts import MOST_BYTES
from oxen_tui.services.conversation.attachments import (
    CannotAttach,
    attachment_of,
    first_gone,
    refusal,
)
from oxen_tui.store.attachment import Attachment
from tests.media.media_files import picture, png_claiming, recording

_NOWHERE: dict[str, str] = {}


async def _refused(text: str, environment: dict[str, str] | None = None) -> CannotAttach:
    with pytest.raises(CannotAttach) as caught:
        await attachment_of(text, _NOWHERE if environment is None else environment)
    return caught.value


async def test_files_are_told_by_their_content(tmp_path: Path) -> None:
    ox = tmp_path / "an ox.txt"
    ox.write_bytes(picture("PNG"))
    clip = tmp_path / "clip"
    clip.write_bytes(recording("mp4", "mpeg4"))
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 moo")
    notes = tmp_path / "notes.md"
    notes.write_text("Moo \x1b[31mred")

    assert await attachment_of(f'"{ox}"') == Attachment(
        "image", "an ox.txt", ox.as_uri(), "image/png", ox.stat().st_size, 24, 16
    )
    found = await attachment_of(str(clip))
    assert (found.kind, found.mime, found.width, found.height, found.seconds) == ("video", "video/mp4", 64, 48, 1.0)
    assert await attachment_of(paper.as_uri()) == Attachment(
        "pdf", "paper.pdf", paper.as_uri(), "application/pdf", 12
    )
    written = await attachment_of(str(notes))
    assert (written.kind, written.text) == ("text", "Moo ␛[31mred")


async def test_an_address_is_told_by_its_ending_and_not_fetched() -> None:
    picture = await attachment_of("https://example.com/a%20b.png?size=2")
    assert picture == Attachment("image", "a b.png", "https://example.com/a%20b.png?size=2")
    kinds = {
        ending: (await attachment_of(f"https://example.com/x.{ending}")).kind for ending in ("mp4", "mp3", "pdf")
    }
    assert kinds == {"mp4": "video", "mp3": "audio", "pdf": "pdf"}
    assert (await attachment_of("https://example.com/")).name == "example.com"
    assert "no usable address" in (await _refused("https://")).sentence


async def test_what_cannot_be_attached_is_said_in_words(tmp_path: Path) -> None:
    empty, odd, lie = tmp_path / "empty", tmp_path / "odd", tmp_path / "lie.png"
    empty.touch()
    odd.write_bytes(b"\x00\x01\x02" * 9)
    lie.write_bytes(picture("PNG")[:40])
    assert (await _refused(" ")).sentence == "A path or an address is wanted."
    assert (await _refused("data:image/png;base64,AAAA")).sentence.startswith("Data cannot be attached")
    assert (await _refused("file://elsewhere/ox.png")).sentence.startswith("The file is on another machine")
    assert (await _refused(str(tmp_path))).sentence == "It is a folder; a file is wanted."
    assert (await _refused(str(empty))).sentence == "The file is empty."
    assert (await _refused(str(odd))).sentence.startswith("It is no picture, clip, sound, PDF or text")
    assert (await _refused(str(lie))).smaller is None


async def test_a_path_of_the_users_own_machine_is_explained(tmp_path: Path) -> None:
    path = str(tmp_path / "Desktop" / "ox.png")
    assert (await _refused(path)).sentence.startswith("There is no folder")
    over_ssh = await _refused(path, {"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"})
    assert "where this program runs" in over_ssh.sentence
    assert "scp" in over_ssh.sentence


async def test_a_picture_that_is_too_large_can_be_sent_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ox = tmp_path / "ox.png"
    ox.write_bytes(picture("PNG", (400, 300)))
    monkeypatch.setitem(MOST_BYTES, "image", 20)
    error = await _refused(str(ox))
    assert error.smaller == ox
    assert "the most that is sent" in error.sentence


async def test_a_picture_that_hardly_any_model_reads_can_be_sent_as_another(tmp_path: Path) -> None:
    scan = tmp_path / "scan.tiff"
    scan.write_bytes(picture("TIFF"))
    error = await _refused(str(scan))
    assert (error.sentence, error.smaller) == ("It is a TIFF picture, which hardly any model reads.", scan)


async def test_text_is_taken_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / "long.txt"
    long.write_text("moo\n" * 20)
    monkeypatch.setattr(attachments, "MOST_TEXT", 60)
    assert "of text" in (await _refused(str(long))).sentence


async def test_a_model_takes_what_it_says_or_anything_where_it_says_nothing() -> None:
    carried = [Attachment(kind, "x") for kind in ("image", "video", "text", "pdf", "audio", "image")]
    assert refusal(carried, ()) == ""
    assert refusal(carried, {"text", "image", "video", "audio"}) == ""
    assert refusal(carried, {"text", "image", "audio"}) == "clips"
    assert refusal(carried, {"text"}) == "pictures, clips and sounds"


async def test_a_file_that_is_gone_is_found_before_it_is_sent(tmp_path: Path) -> None:
    ox = tmp_path / "ox.png"
    ox.write_bytes(png_claiming(2, 2))
    here, web = Attachment("image", "ox.png", ox.as_uri()), Attachment("image", "b.png", "https://example.com/b.png")
    text = Attachment("text", "notes", (tmp_path / "notes").as_uri(), text="Moo")
    assert await first_gone([web, text, here]) is None
    os.unlink(ox)
    assert await first_gone([web, text, here]) is here
