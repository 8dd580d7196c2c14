"""Clips in the viewer: the strip, scrubbing, playing in place."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.video_strip import VideoStrip
from tests.media.test_animation import moving
from tests.panes.viewer_host import View, clip, files, halves, opened
from tests.services.gallery.test_playing import PlayedTime

LONG = files(clip_mp4=clip(), still_png=halves())


async def ready(view: View) -> None:
    """Until the clip and its strip are there."""
    await view.wait(lambda: view.pane._clip_facts is not None, "the clip")
    strip = view.pane.query_one(VideoStrip)
    await view.wait(lambda: len(strip._seconds) == strip.count, "the strip")
    await view.settle()


async def test_it_tells_how_long_it_is_and_shows_frames_of_all_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, (120, 30)) as view:
        await ready(view)
        assert view.head.startswith("clip.mp4 1 of 2 64×48 · 0:04 · 8 fps · no sound · MP4")
        assert view.line.startswith("0:00.0 ●")
        assert view.line.endswith("0:04")
        strip = view.pane.query_one(VideoStrip)
        assert strip._seconds[0] == 0.0
        assert strip._seconds[-1] > 3.7
        await view.wait(lambda: not any(picture.busy for picture in strip.query(Picture)), "its pictures")


async def test_a_low_terminal_goes_without_the_strip(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, (80, 16)) as view:
        await view.wait(lambda: view.pane._clip_facts is not None, "the clip")
        assert not view.pane.query_one(VideoStrip).display
        assert view.line.startswith("0:00.0")


async def test_it_goes_by_seconds_by_frames_and_to_the_ends(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        for key, place in (
            ("right", "0:01.0"),
            ("l", "0:02.0"),
            ("full_stop", "0:02.1"),
            ("full_stop", "0:02.2"),
            ("comma", "0:02.1"),
            ("shift+right", "0:03.1"),
            ("left", "0:02.1"),
            ("end", "0:03.8"),
            ("right", "0:03.8"),
            ("home", "0:00.0"),
            ("comma", "0:00.0"),
        ):
            await view.press(key)
            assert view.line.startswith(place), key


async def test_each_place_shows_its_own_frame(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        colours = []
        for key in ("home", "right", "right"):
            await view.press(key)
            await view.settle()
            colours.append(view.colour(0.5, 0.5))
        assert len(set(colours)) == 3


async def test_a_held_key_ends_at_the_last_place(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        await view.press("end")
        await view.settle()
        wanted = view.colour(0.5, 0.5)
        await view.press("home")
        await view.pilot.press(*["full_stop"] * 40)
        await view.settle()
        assert view.colour(0.5, 0.5) == wanted


async def for_ever(_seconds: float) -> None:
    await asyncio.Event().wait()


async def test_space_plays_to_the_end_and_then_from_the_beginning(tmp_path: Path) -> None:
    async with opened(tmp_path, files(clip_mp4=clip(1.0))) as view:
        await ready(view)
        await view.press("space")
        await view.wait(lambda: view.pane._second > 0, "a frame")
        await view.wait(lambda: not view.pane.plays, "the end")
        assert view.line.startswith("0:00.8")
        view.pane.sleep = for_ever  # behind the first frame: on a busy machine it would be at its end again
        await view.press("space")
        await view.wait(lambda: view.pane._second < 0.1, "the beginning")
        assert view.pane.plays


async def test_keys_work_while_it_plays(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        await view.press("space")
        await view.wait(lambda: view.pane._second > 0, "a frame")
        assert (view.pane.may("play"), view.pane.may("pause")) == (False, True)
        await view.press("right")
        await view.wait(lambda: view.pane._second > 1.0, "the place that was gone to")
        await view.press("space")
        assert not view.pane.plays
        here = view.pane._second
        await view.settle()
        assert view.pane._second == here


async def test_esc_stops_before_it_closes(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        await view.press("space", "escape")
        assert not view.pane.plays
        assert view.told(ViewerPane.Closed) == []


async def test_where_it_is_stopped_it_can_be_looked_at_closely(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        await view.press("space")
        await view.wait(lambda: view.pane._second > 0, "a frame")
        await view.press("1", "plus")
        await view.settle()
        assert not view.pane.plays
        assert view.pane._pixels[0].holds
        assert "fit" not in view.head


async def test_going_on_ends_the_playing(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        await view.press("space", "n")
        await view.settle()
        assert view.head.startswith("still.png")
        assert not view.pane.plays
        assert not view.pane.query_one(VideoStrip).display
        await view.press("p")
        await ready(view)
        assert view.line.startswith("0:00.0")


async def test_what_is_wanted_before_the_clip_is_open_plays_then(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, index=1) as view:
        await view.press("p")
        view.pane.action_play()
        await view.wait(lambda: view.pane.plays, "the clip to play")


async def test_a_place_is_clicked_on(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as view:
        await ready(view)
        strip = view.pane.query_one(VideoStrip)
        await view.pilot.click(VideoStrip, offset=(strip.tile + 5, 1))
        await view.pilot.pause()
        assert view.pane._second == strip._seconds[1]


async def test_side_by_side_nothing_moves(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG, (120, 40)) as view:
        await view.press("v", "space", "full_stop")
        await view.settle()
        assert not view.pane.plays
        assert not view.pane.query_one(VideoStrip).display


async def test_a_clip_that_breaks_off_in_the_middle_says_so(tmp_path: Path) -> None:
    whole = clip()
    # The frames are behind the first box; what is written over is found when it is decoded.
    begin = whole.index(b"mdat") + 4
    broken = (
        whole[: begin + 500]
        + bytes(len(whole[begin + 500 : whole.index(b"moov") - 4]))
        + whole[whole.index(b"moov") - 4 :]
    )
    async with opened(tmp_path, files(clip_mp4=broken)) as view:
        await view.wait(lambda: view.pane._clip_facts is not None, "the clip")
        await view.press("space")
        await view.wait(lambda: not view.pane.plays, "the end of what there is")


MOVING = files(moving_gif=moving("GIF", loop=2), still_png=halves())


async def test_a_moving_picture_is_told_of_and_gone_through_frame_by_frame(tmp_path: Path) -> None:
    async with opened(tmp_path, MOVING, (120, 30)) as view:
        await ready(view)
        assert view.head.startswith("moving.gif 1 of 2 60×40 · animated, 4 frames, 1 s · GIF")
        assert view.line.endswith("0:01")
        for key, place in (("full_stop", "0:00.1"), ("full_stop", "0:00.4"), ("end", "0:00.5"), ("comma", "0:00.4")):
            await view.press(key)
            assert view.line.startswith(place), key
        await view.settle()
        assert view.colour(0.5, 0.5) == "0000c8"


async def test_a_moving_picture_is_played_as_often_as_it_says(tmp_path: Path) -> None:
    async with opened(tmp_path, MOVING, (120, 30)) as view:
        await ready(view)
        time = PlayedTime()
        view.pane.clock, view.pane.sleep = time.clock, time.sleep
        begun: list[float] = []
        show = view.pane._stand_at

        def hear(second: float, note: str = "") -> None:
            begun.append(second)
            show(second, note)

        view.pane._stand_at = hear  # type: ignore[method-assign]
        await view.press("space")
        await view.wait(lambda: bool(begun) and not view.pane.plays, "the end")
        assert sum(other < one for one, other in pairwise(begun)) == 1  # back to the beginning once
        assert begun[-1] == pytest.approx(0.5)
