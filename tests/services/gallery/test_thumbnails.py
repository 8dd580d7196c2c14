"""Small pictures: only what is wanted is made, and each is decoded once."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from oxen_tui.services.gallery.small_files import NoThumbnail, SmallFiles, fit
from oxen_tui.services.gallery.thumbnails import Thumbnails, Wanted
from tests.services.gallery_jobs import picture

BOX = (22, 16)


@pytest.fixture
async def thumbnails(tmp_path: Path) -> AsyncIterator[Thumbnails]:
    made = Thumbnails(tmp_path / "cache")
    yield made
    await made.close()


def wanted(folder: Path, number: int, content: bytes | None = None, kind: str = "image") -> Wanted:
    path = folder / f"{number}.png"
    path.write_bytes(picture() if content is None else content)
    return Wanted(number, path, kind, BOX)


async def made(thumbnails: Thumbnails, number: int) -> list[int]:
    """Wait until so many were made or failed; which, in their order."""
    done: list[int] = []
    all_there = asyncio.Event()

    def hear(job_id: int) -> None:
        done.append(job_id)
        if len(done) >= number:
            all_there.set()

    end = thumbnails.subscribe(hear)
    await asyncio.wait_for(all_there.wait(), 10)
    end()
    return done


async def test_pictures_are_made_in_the_order_in_which_they_are_wanted(
    thumbnails: Thumbnails, tmp_path: Path
) -> None:
    thumbnails.want([wanted(tmp_path, number) for number in (5, 2, 9)])
    assert await made(thumbnails, 3) == [5, 2, 9]
    small = thumbnails.get(9, BOX)
    assert small is not None
    assert small.size == BOX
    assert thumbnails.get(9, (10, 10)) is None


async def test_what_is_wanted_last_takes_the_place_of_what_was_wanted_before(
    thumbnails: Thumbnails, tmp_path: Path
) -> None:
    thumbnails.want([wanted(tmp_path, number) for number in (1, 2, 3)])
    thumbnails.want([wanted(tmp_path, 7)])
    await made(thumbnails, 1)
    assert thumbnails.get(7, BOX) is not None
    assert [thumbnails.get(number, BOX) for number in (2, 3)] == [None, None]


async def test_each_is_decoded_once_in_its_life(
    thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = wanted(tmp_path, 1)
    thumbnails.want([first])
    await made(thumbnails, 1)
    await thumbnails.close()

    def decode(*_: object) -> None:
        raise AssertionError("it was decoded before")

    monkeypatch.setattr("oxen_tui.services.gallery.small_files._decoded", decode)
    again = Thumbnails(tmp_path / "cache")
    again.want([first])
    await made(again, 1)
    assert again.get(1, BOX) is not None
    await again.close()


async def test_another_file_of_that_name_is_another_picture(tmp_path: Path) -> None:
    files = SmallFiles(tmp_path / "cache")
    path = tmp_path / "a.png"
    path.write_bytes(picture((255, 0, 0)))
    red = files.picture(path, "image", BOX).getpixel((5, 5))
    path.write_bytes(picture((0, 0, 255), (64, 64)))
    blue = files.picture(path, "image", BOX).getpixel((5, 5))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 200 > blue[0]


async def test_what_cannot_be_shown_says_why_and_is_not_tried_again(thumbnails: Thumbnails, tmp_path: Path) -> None:
    broken = wanted(tmp_path, 1, b"<html>not found</html>")
    gone = Wanted(2, tmp_path / "nowhere.png", "image", BOX)
    sound = wanted(tmp_path, 3, b"RIFF", "audio")
    thumbnails.want([broken, gone, sound])
    await made(thumbnails, 3)
    assert thumbnails.trouble(1)
    assert thumbnails.trouble(2) == "missing"
    assert thumbnails.trouble(3) == ""
    thumbnails.want([broken])
    assert thumbnails._task is None
    thumbnails.forget(1)
    broken.path.write_bytes(picture())
    thumbnails.want([broken])
    await made(thumbnails, 1)
    assert thumbnails.trouble(1) == ""
    with pytest.raises(NoThumbnail):
        await thumbnails.large(gone.path, "image")
    assert (await thumbnails.large(broken.path, "image")).size == (48, 32)


async def test_memory_is_bounded(thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oxen_tui.services.gallery.thumbnails.KEPT_BYTES", 4 * (22 * 16 * 3 + 500))
    thumbnails.want([wanted(tmp_path, number) for number in range(9)])
    await made(thumbnails, 9)
    assert [number for number in range(9) if thumbnails.get(number, BOX)] == [5, 6, 7, 8]


def test_a_cached_file_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    files = SmallFiles(tmp_path / "cache")
    path = tmp_path / "a.png"
    path.write_bytes(picture())
    files.picture(path, "image", BOX)
    (small,) = (tmp_path / "cache").iterdir()
    small.write_bytes(b"half")
    assert files.picture(path, "image", BOX).size == BOX
    assert small.stat().st_size > 100


def test_a_folder_that_cannot_be_written_costs_only_the_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    path = tmp_path / "a.png"
    path.write_bytes(picture())
    assert SmallFiles(tmp_path / "cache").picture(path, "image", BOX).size == BOX


def test_very_many_small_files_are_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oxen_tui.services.gallery.small_files._MOST_FILES", 6)
    cache = tmp_path / "cache"
    cache.mkdir()
    for number in range(8):
        (cache / f"{number}.jpg").write_bytes(b"x")
    path = tmp_path / "a.png"
    path.write_bytes(picture())
    SmallFiles(cache).picture(path, "image", BOX)
    assert len(list(cache.iterdir())) == 5


@pytest.mark.parametrize(
    ("size", "fitted"),
    [((300, 200), BOX), ((200, 200), BOX), ((160, 90), BOX), ((90, 160), (9, 16)), ((900, 9), (22, 1))],
)
def test_a_tile_is_filled_unless_that_cuts_off_too_much(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert fit(Image.new("RGB", size), BOX).size == fitted


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(content, "PNG")
    path = tmp_path / "huge.png"
    path.write_bytes(content.getvalue())
    refuse: Callable[[], object] = lambda: SmallFiles(tmp_path / "cache").picture(path, "image", BOX)  # noqa: E731
    with pytest.raises(NoThumbnail) as said:
        refuse()
    assert said.value.sentence
