"""A picture that is looked at closely is decoded once and let go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oxen_tui.media.cutting import Cut
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.services.gallery import viewed_pixels
from oxen_tui.services.gallery.viewed_pixels import ViewedPixels

RED, BLUE = (200, 0, 0), (0, 0, 200)
RIGHT = Cut((0.5, 0.0, 1.0, 1.0), (50, 60))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    halves = Image.new("RGB", (100, 60), RED)
    halves.paste(BLUE, (50, 0, 100, 60))
    file = tmp_path / "halves.png"
    halves.save(file)
    return file


async def test_it_is_decoded_once_for_many_parts(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    real = viewed_pixels._opened

    def counted(*how: Any) -> Image.Image:
        opened.append(how)
        return real(*how)

    monkeypatch.setattr(viewed_pixels, "_opened", counted)
    pixels = ViewedPixels(picture)

    first = await pixels.part(RIGHT)
    await pixels.part(Cut((0.0, 0.0, 0.1, 0.1), (10, 6)))

    assert (first.size, first.getpixel((10, 10))) == ((50, 60), BLUE)
    assert len(opened) == 1
    assert pixels.holds
    pixels.let_go()
    assert not pixels.holds


async def test_of_a_picture_beyond_the_limit_a_smaller_one_is_held(picture: Path) -> None:
    part = await ViewedPixels(picture).part(RIGHT, most_pixels=1_500)

    assert part.size == (25, 30)
    assert part.getpixel((12, 15)) == BLUE


async def test_a_frame_takes_the_place_of_the_file(picture: Path) -> None:
    pixels = ViewedPixels(picture)
    pixels.hold(Image.new("RGB", (10, 10), (1, 2, 3)))

    assert (await pixels.part(RIGHT)).getpixel((2, 2)) == (1, 2, 3)


async def test_what_cannot_be_decoded_says_why(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    page.write_bytes(b"<html>")
    with pytest.raises(CannotShow, match="web page"):
        await ViewedPixels(page).part(RIGHT)


async def test_whoever_let_it_go_gets_nothing(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = ViewedPixels(picture)
    real = viewed_pixels._opened

    def slow(*how: Any) -> Image.Image:
        pixels.let_go()
        return real(*how)

    monkeypatch.setattr(viewed_pixels, "_opened", slow)
    with pytest.raises(Stopped):
        await pixels.part(RIGHT)


async def test_what_is_let_go_while_it_is_opened_is_not_held_afterwards(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = viewed_pixels._opened
    pixels = ViewedPixels(picture)

    def let_go_meanwhile(*how: Any) -> Image.Image:
        opened = real(*how)
        pixels.hold(Image.new("RGB", (10, 10), (1, 2, 3)))
        return opened

    monkeypatch.setattr(viewed_pixels, "_opened", let_go_meanwhile)
    with pytest.raises(Stopped):
        await pixels.part(RIGHT)
    assert (await pixels.part(RIGHT)).getpixel((1, 1)) == (1, 2, 3)
