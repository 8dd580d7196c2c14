"""What is said in the graphics protocol, read back as a terminal reads it."""

from __future__ import annotations

import base64
import io
import re
import unicodedata

import pytest
from PIL import Image
from rich.cells import cell_len

from oxen_tui.terminal import tgp

COMMAND = re.compile(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")


@pytest.fixture
def photo() -> Image.Image:
    return Image.merge("RGB", [Image.radial_gradient("L").rotate(turn) for turn in (0, 90, 180)]).resize((800, 400))


def commands(text: str) -> list[tuple[dict[str, str], str]]:
    assert COMMAND.sub("", text) == ""
    return [(dict(part.split("=") for part in keys.split(",")), payload) for keys, payload in COMMAND.findall(text)]


def test_a_picture_is_sent_no_larger_than_it_is_shown(photo: Image.Image) -> None:
    sent = Image.open(io.BytesIO(base64.b64decode(tgp.packed(photo, 200, 100, light=False))))
    light = Image.open(io.BytesIO(base64.b64decode(tgp.packed(photo, 200, 100, light=True))))
    small = Image.open(io.BytesIO(base64.b64decode(tgp.packed(photo, 8000, 4000, light=False))))

    assert (sent.size, sent.mode) == ((200, 100), "P")
    assert light.size == (110, 55)
    assert small.size == (800, 400)


def test_an_upload_is_whole_however_it_is_cut(photo: Image.Image) -> None:
    payload = tgp.packed(photo, 200, 100, light=False)
    for size in (600, 4096, 20_000):
        next_piece = tgp.upload(77, payload, 20, 5)
        sent = commands("".join(iter(lambda ask=next_piece, size=size: ask(size), "")))  # type: ignore[misc]

        assert "".join(part for _, part in sent) == payload
        assert sent[0][0] == {"a": "T", "U": "1", "i": "77", "c": "20", "r": "5", "f": "100", "q": "2", "m": "1"}
        assert [keys["m"] for keys, _ in sent[1:]] == ["1"] * (len(sent) - 2) + ["0"]
        assert all(len(part) <= tgp.LARGEST_CHUNK and len(part) % 4 == 0 for _, part in sent)


def test_freeing_takes_the_data_as_well() -> None:
    assert commands(tgp.free(77)) == [({"a": "d", "d": "I", "i": "77", "q": "2"}, "")]


def test_an_upload_that_is_broken_off_is_ended_and_freed() -> None:
    ended = commands(tgp.end_of_broken_upload(77))

    assert ended[0] == ({"q": "2", "m": "0"}, "")
    assert ended[1][0]["d"] == "I"


def test_a_placeholder_is_one_cell_and_knows_its_place_or_is_right_of_one_that_does() -> None:
    text = tgp.placeholders(2, 30)

    assert cell_len(text) == 30
    cells = text.split(tgp.PLACEHOLDER)[1:]
    assert cells[0] == "\u030e\u0305"
    assert [column for column, marks in enumerate(cells) if marks] == [0, 24, 27, 28, 29]


def test_there_is_a_mark_for_each_of_297_rows_and_columns() -> None:
    marks = [tgp.placeholders(row, 1)[1] for row in range(297)]

    assert len(set(marks)) == 297
    assert all(unicodedata.combining(mark) == 230 for mark in marks)
    assert ascii(marks[-1]) == "'\\U0001d244'"


def test_the_number_of_a_picture_travels_as_a_colour() -> None:
    assert tgp.colour_of(0x123456) == (0x12, 0x34, 0x56)
