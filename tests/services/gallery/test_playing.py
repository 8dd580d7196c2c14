"""Frames of a clip: one, some from end to end, and in true time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from oxen_tui.media.clip import ClipFrame
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.services.gallery.playing import MOST_WAITING, Playback, ViewedClip
from tests.media.media_files import recording
from tests.media.test_animation import moving

BOX = (32, 24)


@pytest.fixture
def clip_file(tmp_path: Path) -> Path:
    """Four seconds of eight frames each."""
    file = tmp_path / "clip.mp4"
    file.write_bytes(recording("mp4", video="mpeg4", seconds=4.0, rate=8))
    return file


@asynccontextmanager
async def viewed(file: Path) -> AsyncIterator[ViewedClip]:
    clip = ViewedClip(file)
    try:
        yield clip
    finally:
        clip.close()


class PlayedTime:
    """A clock that goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


def playback(file: Path, time: PlayedTime, second: float = 0.0, at_most: float = 30.0) -> Playback:
    return Playback(file, second, BOX, at_most, clock=time.clock, sleep=time.sleep)


async def decoded(playing: Playback) -> None:
    """Wait until as much is decoded as there is room for."""
    while len(playing._frames) < MOST_WAITING and not playing._ended:
        await asyncio.sleep(0.002)


async def all_of(playing: Playback) -> list[ClipFrame]:
    frames = []
    while (frame := await playing.next()) is not None:
        frames.append(frame)
    return frames


async def test_a_clip_tells_what_it_is(clip_file: Path) -> None:
    async with viewed(clip_file) as clip:
        facts = await clip.open()

    assert (facts.size, facts.frames_per_second) == ((64, 48), 8.0)
    assert facts.seconds == pytest.approx(4.0, abs=0.05)
    assert facts.last == pytest.approx(3.875, abs=0.05)


async def test_single_frames_are_found(clip_file: Path) -> None:
    async with viewed(clip_file) as clip:
        frames = [await clip.still(second, BOX) for second in (0.0, 2.0, 1.13, 99.0)]

    assert [frame.second for frame in frames] == pytest.approx([0.0, 2.0, 1.125, 3.875])
    assert frames[0].picture.size == BOX


async def test_only_the_last_wish_counts(clip_file: Path) -> None:
    async with viewed(clip_file) as clip:
        all_wished = threading.Event()
        clip._thread.submit(all_wished.wait)
        answers = asyncio.gather(*(clip.still(second) for second in (1.0, 2.0, 3.0)), return_exceptions=True)
        asyncio.get_running_loop().call_soon(all_wished.set)
        wishes = await answers

    assert isinstance(wishes[-1], ClipFrame)
    assert wishes[-1].second == 3.0
    assert all(isinstance(wish, Stopped) for wish in wishes[:-1])


async def test_a_closed_clip_gives_nothing_more(clip_file: Path) -> None:
    clip = ViewedClip(clip_file)
    await clip.open()
    clip.close()

    with pytest.raises(Stopped):
        await clip.still(0.0)


async def test_the_strip_goes_from_the_first_frame_to_the_last(clip_file: Path) -> None:
    async with viewed(clip_file) as clip:
        seconds = [frame.second async for frame in clip.evenly(4, BOX)]

    assert seconds == pytest.approx([0.0, 1.29, 2.58, 3.875], abs=0.13)


async def test_a_strip_may_be_given_up(clip_file: Path) -> None:
    async with viewed(clip_file) as clip:
        frames = clip.evenly(20, BOX)
        async for _ in frames:
            break
        await frames.aclose()  # type: ignore[attr-defined]


async def test_what_is_no_clip_says_why(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(recording("mp4", video="mpeg4", seconds=4.0)[:400])
    async with viewed(file) as clip:
        with pytest.raises(CannotShow):
            await clip.open()
        with pytest.raises(CannotShow):
            [frame async for frame in clip.evenly(4, BOX)]
    async with playback(file, PlayedTime()) as playing:
        with pytest.raises(CannotShow):
            await playing.next()


async def test_frames_come_when_they_are_due(clip_file: Path) -> None:
    time = PlayedTime()
    async with playback(clip_file, time) as playing:
        frames = await all_of(playing)

    assert [frame.second for frame in frames] == pytest.approx([number / 8 for number in range(32)])
    assert time.seconds - 100 == pytest.approx(3.875, abs=0.01)
    assert playing.left_out == 0


async def test_it_begins_anywhere_and_shows_no_more_frames_than_are_wanted(clip_file: Path) -> None:
    async with playback(clip_file, PlayedTime(), second=2.0, at_most=4.0) as playing:
        seconds = [frame.second for frame in await all_of(playing)]

    assert seconds == pytest.approx([2.0, 2.25, 2.5, 2.75, 3.0, 3.25, 3.5, 3.75])


async def test_frames_are_left_out_and_time_is_not(clip_file: Path) -> None:
    time, seconds = PlayedTime(), list[float]()
    async with playback(clip_file, time) as playing:
        while (frame := await playing.next()) is not None:
            seconds.append(frame.second)
            assert playing.position - frame.second < 0.6
            time.seconds += 0.5  # the terminal takes that long
            await decoded(playing)

    assert seconds[:3] == pytest.approx([0.0, 0.5, 1.0], abs=0.01)
    assert len(seconds) < 12
    assert playing.left_out > 15


async def test_no_more_is_decoded_than_there_is_room_for(clip_file: Path) -> None:
    async with playback(clip_file, PlayedTime()) as playing:
        await decoded(playing)
        for _ in range(20):
            await asyncio.to_thread(int)  # turns for the thread that decodes
        assert len(playing._frames) == MOST_WAITING


async def test_leaving_ends_the_decoding(clip_file: Path) -> None:
    async with playback(clip_file, PlayedTime()) as playing:
        await playing.next()
    assert playing._work is not None
    assert playing._work.done()


async def test_a_moving_picture_is_played_in_its_own_time(tmp_path: Path) -> None:
    file, time = tmp_path / "moving.gif", PlayedTime()
    file.write_bytes(moving("GIF", loop=3))
    async with viewed(file) as clip:
        facts = await clip.open()
    assert facts.times == pytest.approx((0.0, 0.1, 0.4, 0.5))
    assert facts.rounds == 3
    assert facts.last == pytest.approx(0.5)
    assert facts.fastest == pytest.approx(10.0)
    assert [facts.beside(0.2, by) for by in (-2, -1, 0, 1, 9)] == pytest.approx([0.0, 0.0, 0.1, 0.4, 0.5])
    async with playback(file, time) as playing:
        seconds = []
        while (frame := await playing.next()) is not None:
            seconds.append(frame.second)
    assert seconds == pytest.approx([0.0, 0.1, 0.4, 0.5])
    assert sum(time.slept) == pytest.approx(0.5)


async def test_a_mistake_in_the_thread_comes_out_and_nobody_waits_for_ever(
    clip_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(*_: object, **__: object) -> None:
        raise KeyError("frame")

    monkeypatch.setattr("oxen_tui.media.moving.open_moving", mistake)
    with pytest.raises(KeyError):
        async with playback(clip_file, PlayedTime()) as playing:
            assert await playing.next() is None
    async with viewed(clip_file) as clip:
        with pytest.raises(KeyError):
            assert [frame async for frame in clip.evenly(4, BOX)] == []
