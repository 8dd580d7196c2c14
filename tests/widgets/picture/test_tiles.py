"""Pictures of many tiles in a terminal with the graphics protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PIL import Image
from textual.widgets import Static

from oxen_tui.terminal import display, tgp
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.picture import terminal as picture_terminal
from oxen_tui.widgets.picture.terminal import PictureTerminal
from oxen_tui.widgets.picture.tiles import TilePictures, tile_pixels
from tests.widgets.host import Host

GROUND = (20, 22, 26)


@pytest.fixture(autouse=True)
def _tgp() -> Iterator[None]:
    before = display.in_use()
    display.use(Display(PictureMode.TGP, (10, 20)))
    yield
    display.use(before)


def picture(colour: str) -> Image.Image:
    return Image.new("RGB", (40, 40), colour)


def test_a_tile_wants_the_pixels_of_the_screen_or_two_in_each_cell() -> None:
    assert tile_pixels(22, 8) == (220, 160)
    display.use(Display(PictureMode.HALF))
    assert tile_pixels(22, 8) == (22, 16)


async def test_tiles_are_sent_once_and_the_oldest_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(PictureTerminal, "write", lambda _, text: written.append(text))
    told: list[str] = []
    tiles = TilePictures(told.append)
    tiles.most = 2
    host, red, blue = Host(Static()), picture("red"), picture("blue")

    async with host.run_test() as pilot:
        assert tiles.rows(host, "a", red, 4, 2, GROUND) is None
        assert tiles.rows(host, "b", blue, 4, 2, GROUND) is None
        while told != ["a", "b"]:
            await pilot.pause(0.01)
        rows = tiles.rows(host, "a", red, 4, 2, GROUND)
        assert rows is not None
        assert [row[0].text for row in rows] == [tgp.placeholders(0, 4), tgp.placeholders(1, 4)]

        tiles.rows(host, "c", red, 4, 2, GROUND)  # looks the same, so nothing is sent
        await asyncio.sleep(0)
        assert told == ["a", "b", "b"]
        tiles.rows(host, "b", blue, 4, 2, GROUND)
        assert "".join(written).count("a=T") == 2
        tiles.clear()
        await picture_terminal.close(host)

    assert "".join(written).count("a=d,d=I") == 2
