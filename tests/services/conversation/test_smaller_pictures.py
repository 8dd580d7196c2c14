"""Copies of pictures that any model takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from oxen_tui.services.conversation.attachment_parts import local_path
from oxen_tui.services.conversation.attachments import CannotAttach
from oxen_tui.services.conversation.smaller_pictures import LONGEST_SIDE, kept_picture, smaller_copy
from tests.media.media_files import picture, turned


def _file(source: str) -> Path:
    path = local_path(source)
    assert path is not None
    return path


async def test_a_copy_is_upright_and_no_larger_than_models_look_at(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(turned("JPEG", (3000, 1500)))
    copy = await smaller_copy(large, tmp_path / "attached")
    assert (copy.name, copy.width, copy.height, copy.mime, copy.reduced) == (
        "large.jpg",
        1024,
        2048,
        "image/png",
        True,
    )
    with Image.open(_file(copy.source)) as made:
        assert made.size == (1024, LONGEST_SIDE)
    assert await smaller_copy(large, tmp_path / "attached") == copy


async def test_what_is_large_as_png_becomes_a_jpeg(tmp_path: Path) -> None:
    noise = tmp_path / "noise.png"
    Image.frombytes("RGB", (900, 900), os.urandom(900 * 900 * 3)).save(noise)
    copy = await smaller_copy(noise, tmp_path / "attached")
    assert copy.mime == "image/jpeg"
    assert copy.size == _file(copy.source).stat().st_size


async def test_a_pasted_picture_is_kept(tmp_path: Path) -> None:
    kept = await kept_picture(picture("PNG"), tmp_path / "attached", "pasted")
    assert (kept.name, kept.mime, kept.width, kept.height) == ("pasted.png", "image/png", 24, 16)
    assert _file(kept.source).read_bytes() == picture("PNG")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n half"])
async def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CannotAttach):
        await kept_picture(content, tmp_path / "attached", "pasted")


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "attached").write_text("in the way")
    with pytest.raises(CannotAttach, match="cannot be written"):
        await kept_picture(picture("PNG"), tmp_path / "attached", "pasted")
