from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from oxen_tui.media.png_text import NotPng, insert_texts, is_signed, read_texts
from tests.media.media_files import picture


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_texts(content: bytes, texts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    insert_texts(io.BytesIO(content), out, texts)
    return out.getvalue()


def texts_of(content: bytes) -> dict[str, str]:
    return read_texts(io.BytesIO(content))


def test_another_program_finds_the_texts_and_the_same_pixels() -> None:
    plain = picture("PNG", frames=3)

    content = with_texts(plain, {"Description": "ein Öchslein 🐂", "oxen-tui": "{}"})

    with Image.open(io.BytesIO(plain)) as before, Image.open(io.BytesIO(content)) as after:
        assert isinstance(after, PngImagePlugin.PngImageFile)
        assert after.text == {"Description": "ein Öchslein 🐂", "oxen-tui": "{}"}
        assert (before.tobytes(), before.n_frames) == (after.tobytes(), after.n_frames)  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(content)) as after:
        after.verify()


def test_nothing_but_the_texts_changes() -> None:
    plain = picture("PNG") + b"something behind the end"
    content = with_texts(plain, {"Title": "a"})

    assert content.replace(chunk(b"iTXt", b"Title\0\0\0\0\0a"), b"") == plain


def test_a_text_of_the_same_name_is_replaced_and_others_stay() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "old", zip=True)
    info.add_itxt("Author", "somebody")
    content = with_texts(picture("PNG", pnginfo=info), {"Title": "new"})

    assert texts_of(content) == {"Title": "new", "Author": "somebody"}


@pytest.mark.parametrize("packed", [True, False])
def test_texts_of_every_form_are_read(packed: bool) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "an øx", zip=packed)
    info.add_itxt("Title", "ein Öchslein 🐂", lang="de", tkey="Titel", zip=packed)

    assert texts_of(picture("PNG", pnginfo=info)) == {"parameters": "an øx", "Title": "ein Öchslein 🐂"}


def test_a_text_that_unpacks_without_end_is_left_alone() -> None:
    bomb = chunk(b"zTXt", b"Bomb\0\0" + zlib.compress(bytes(50_000_000)))
    plain = picture("PNG")

    assert texts_of(plain[:33] + bomb + plain[33:]) == {}


def test_a_file_cut_off_gives_the_texts_before_the_cut() -> None:
    content = with_texts(picture("PNG"), {"Title": "a"})

    assert texts_of(content[:-20]) == {"Title": "a"}
    with pytest.raises(NotPng):
        with_texts(content[:-20], {"Title": "b"})


def test_what_is_no_png_has_no_texts_and_takes_none() -> None:
    assert texts_of(b"") == texts_of(picture("GIF")) == {}
    with pytest.raises(NotPng):
        with_texts(picture("GIF"), {"Title": "a"})


def test_a_signed_picture_is_known() -> None:
    plain = picture("PNG")

    assert not is_signed(io.BytesIO(plain))
    assert is_signed(io.BytesIO(plain[:33] + chunk(b"caBX", b"jumb") + plain[33:]))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(8, 60))
def test_any_bytes_can_be_read(noise: bytes, place: int) -> None:
    content = with_texts(picture("PNG"), {"Title": "a"})

    texts_of(content[:place] + noise + content[place:])
