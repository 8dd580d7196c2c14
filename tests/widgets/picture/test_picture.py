"""The picture widget in half cells: its shape, its words, and what it says to its parent."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from rich.style import Style
from textual.pilot import Pilot

from oxen_tui.widgets import palette
from oxen_tui.widgets.picture.picture import Picture
from tests.widgets.host import Host, lines


@pytest.fixture
def picture_file(tmp_path: Path) -> Path:
    file = tmp_path / "halves.png"
    picture = Image.new("RGB", (200, 100), (200, 0, 0))
    picture.paste((0, 0, 200), (0, 50, 200, 100))
    picture.save(file)
    return file


async def until(pilot: Pilot[None], true: object) -> None:
    """Let the app work until it is so."""
    assert callable(true)
    for _ in range(500):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never became so")


async def test_a_picture_keeps_its_shape_within_its_place(picture_file: Path) -> None:
    picture = Picture(picture_file)
    host = Host(picture, hears=(Picture.Shown,))

    async with host.run_test(size=(40, 20)) as pilot:
        await until(pilot, lambda: host.heard)
        drawn = [picture.render_line(y) for y in range(20)]

    colours = [next(iter(strip)).style for strip in drawn]
    grounds = [style.bgcolor.triplet.hex for style in colours if style and style.bgcolor and style.bgcolor.triplet]
    # 40 columns of 10 pixels for 200: 10 rows of 20 for 100.
    assert (grounds[1], grounds[8], grounds[10]) == ("#c80000", "#0000c8", palette.DARK.bg)
    assert host.heard[0].header.words.startswith("200×100 · PNG")


async def test_a_file_that_cannot_be_shown_says_why(tmp_path: Path) -> None:
    page = tmp_path / "picture.png"
    page.write_bytes(b"<html>502 bad gateway</html>")
    picture = Picture(page)
    host = Host(picture, hears=(Picture.Failed,))

    async with host.run_test(size=(30, 6)) as pilot:
        await until(pilot, lambda: host.heard)
        drawn = lines(picture)

    assert drawn[:2] == ["✕ The file is a web page, not a", "picture"] or drawn[0].startswith(
        "✕ The file is a web page"
    )
    assert host.heard[0].sentence == "The file is a web page, not a picture"


async def test_without_a_picture_its_words_stand_there() -> None:
    picture = Picture(empty="No picture yet")

    async with Host(picture).run_test(size=(30, 6)):
        assert lines(picture)[0] == "No picture yet"


async def test_with_auto_height_it_is_as_high_as_the_picture(picture_file: Path) -> None:
    picture = Picture(picture_file)
    picture.styles.height = "auto"
    host = Host(picture, hears=(Picture.Shown,))

    async with host.run_test(size=(40, 30)) as pilot:
        await until(pilot, lambda: picture.size.height == 10)


async def test_who_shows_frames_one_after_another_hears_when_each_is_there(picture_file: Path) -> None:
    picture = Picture()

    async with Host(picture).run_test(size=(40, 20)):
        picture.show(picture_file, frame=Image.new("RGB", (40, 40), (0, 200, 0)))
        assert await asyncio.wait_for(picture.settled(), 5)
        assert picture.weight > 20 * 10  # a green square of ten rows at the least

        picture.show(picture_file, frame=Image.new("RGB", (40, 40), (0, 0, 200)))
        waiting = asyncio.create_task(picture.settled())
        await asyncio.sleep(0)
        picture.show(None)
        assert not await asyncio.wait_for(waiting, 5)


async def test_nobody_waits_for_a_picture_that_cannot_be_shown(tmp_path: Path) -> None:
    picture = Picture(tmp_path / "nowhere.png")

    async with Host(picture).run_test(size=(40, 20)):
        assert not await asyncio.wait_for(picture.settled(), 5)


async def test_a_frame_like_the_one_before_costs_next_to_nothing(picture_file: Path) -> None:
    picture = Picture()
    frame = Image.new("RGB", (40, 40), (0, 200, 0))

    async with Host(picture).run_test(size=(40, 20)):
        picture.show(picture_file, frame=frame)
        await picture.settled()
        whole = picture.weight
        moved = frame.copy()
        moved.putpixel((0, 0), (200, 0, 0))
        picture.show(picture_file, frame=moved)
        assert await asyncio.wait_for(picture.settled(), 5)
        assert 0 < picture.weight < whole / 10
        assert picture.render_line(0).text  # all of it can still be drawn


def on_screen(host: Host) -> list[str]:
    """The rows of the screen as they were drawn, green as #."""
    drawn = host.screen._compositor.render_strips()
    return ["".join(["#" * len(text) if is_green(style) else text for text, style, _ in strip]) for strip in drawn]


def is_green(style: Style | None) -> bool:
    ground = style.bgcolor if style is not None else None
    return ground is not None and ground.triplet == (0, 200, 0)


async def test_a_frame_of_half_a_row_less_leaves_nothing_behind(picture_file: Path) -> None:
    picture = Picture()
    host = Host(picture)

    async with host.run_test(size=(40, 20)):
        for height, last in ((100, "#" * 40), (95, "▀" * 40), (100, "#" * 40)):
            picture.show(picture_file, frame=Image.new("RGB", (200, height), (0, 200, 0)))
            assert await asyncio.wait_for(picture.settled(), 5)
            assert on_screen(host)[8:10] == ["#" * 40, last]


async def test_a_small_picture_stays_in_the_middle_when_its_place_grows(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20), (0, 200, 0)).save(tmp_path / "small.png")
    picture = Picture(tmp_path / "small.png")
    picture.styles.content_align = ("center", "middle")
    host = Host(picture, hears=(Picture.Shown,))

    async with host.run_test(size=(40, 20)) as pilot:
        await until(pilot, lambda: host.heard)
        await pilot.resize_terminal(40, 30)
        await until(pilot, lambda: len(host.heard) == 2)
        assert await asyncio.wait_for(picture.settled(), 5)
        green = [y for y, row in enumerate(on_screen(host)) if "#" in row]
        assert (len(green), sum(green) / len(green)) == (8, 14.5)
