"""Attachments become the parts of a request."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from oxen_tui.api.chat import FilePart, MediaPart, TextPart
from oxen_tui.services.conversation.attachment_parts import AttachmentGone, local_path, parts_of
from oxen_tui.store.attachment import Attachment
from tests.services.conversation.test_history import _message

_PNG = b"\x89PNG\r\n\x1a\n and more"


async def test_media_are_sent_as_data_or_by_their_address(tmp_path: Path) -> None:
    picture = tmp_path / "an ox.png"
    picture.write_bytes(_PNG)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7 moo")
    local = Attachment("image", "an ox.png", picture.as_uri(), "image/png")
    assert local_path(local.source) == picture
    carried = (
        local,
        Attachment("video", "clip.mp4", "https://example.com/clip.mp4", "video/mp4"),
        Attachment("pdf", "paper.pdf", paper.as_uri(), "application/pdf"),
        Attachment("pdf", "paper.pdf", "https://example.com/paper.pdf"),
        Attachment("text", "notes.txt", picture.as_uri(), "text/plain", text="Moo."),
    )
    assert await parts_of([_message("user", "a"), replace(_message("user", "b"), id=2, attachments=carried)]) == {
        2: [
            MediaPart("image_url", f"data:image/png;base64,{b64encode(_PNG).decode()}"),
            MediaPart("video_url", "https://example.com/clip.mp4"),
            FilePart("paper.pdf", "data:application/pdf;base64,JVBERi0xLjcgbW9v"),
            FilePart(file_url="https://example.com/paper.pdf"),
            TextPart("notes.txt:\n\nMoo."),
        ]
    }


async def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    gone = Attachment("image", "ox.png", (tmp_path / "ox.png").as_uri(), "image/png")
    with pytest.raises(AttachmentGone, match=r"ox\.png cannot be read: no such file"):
        await parts_of([replace(_message("user", "b"), attachments=(gone,))])


@pytest.mark.parametrize("kind", ["image", "video", "audio", "pdf"])
@pytest.mark.parametrize("content", [b"-----BEGIN PRIVATE KEY-----\n", b"root:x:0:0:root\n", b"\x00\x01", b""])
async def test_what_is_no_medium_is_never_sent_as_one(tmp_path: Path, kind: str, content: bytes) -> None:
    # A conversation that was taken in from somebody's file may name any path of this machine.
    secret = tmp_path / "id_ed25519"
    secret.write_bytes(content)
    named = Attachment(kind, "ox", secret.as_uri(), "image/png")
    with pytest.raises(AttachmentGone, match="ox is something else by now"):
        await parts_of([replace(_message("user", "b"), attachments=(named,))])


async def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(AttachmentGone, match="something else"):
        await parts_of([replace(_message("user", "b"), attachments=(Attachment("image", "ox", pipe.as_uri()),))])


async def test_a_file_that_has_grown_too_large_is_named(tmp_path: Path) -> None:
    large = tmp_path / "song.wav"
    with large.open("wb") as file:
        file.write(b"RIFF\x00\x00\x00\x00WAVEfmt ")
        file.truncate(20_000_001)
    song = Attachment("audio", "song.wav", large.as_uri(), "audio/wav")
    with pytest.raises(AttachmentGone, match="larger than 20 MB"):
        await parts_of([replace(_message("user", "b"), attachments=(song,))])


async def test_words_take_the_place_of_what_an_earlier_question_carried(tmp_path: Path) -> None:
    gone = Attachment("image", "ox.png", (tmp_path / "ox.png").as_uri(), "image/png")
    clip = Attachment("video", "clip.mp4", "https://example.com/clip.mp4")
    before = replace(_message("user", "a"), id=1, attachments=(gone, clip))
    found = await parts_of([before, replace(_message("user", "b"), id=3)], {"text", "image"})
    assert found == {
        1: [
            TextPart("[ox.png was attached here. The file is gone.]"),
            TextPart("[clip.mp4 was attached here: video, which you cannot be shown.]"),
        ]
    }


async def test_what_a_job_was_given_is_not_sent_to_a_model_that_chats(tmp_path: Path) -> None:
    carried = (Attachment("image", "ox.png", (tmp_path / "ox.png").as_uri()), Attachment("job", "wren", job_id=4))
    assert await parts_of([replace(_message("user", "/image an ox"), attachments=carried)]) == {}
