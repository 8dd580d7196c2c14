"""The line of a clip and the strip under it: where one is, and clicks."""

from __future__ import annotations

from PIL import Image

from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.player_line import PlayerLine, tenths
from oxen_tui.widgets.picture.video_strip import StripTimes, VideoStrip
from tests.widgets.host import Host, lines


def test_times_have_tenths_and_are_never_ahead() -> None:
    assert [tenths(second) for second in (0.0, 2.29, 59.99, 60.0, 3_725.5)] == [
        "0:00.0",
        "0:02.2",
        "0:59.9",
        "1:00.0",
        "1:02:05.5",
    ]


async def test_the_bar_says_where_one_is() -> None:
    line = PlayerLine()
    async with Host(line).run_test(size=(40, 5)) as pilot:
        line.show_place(2.5, 5.0, playing=True)
        await pilot.pause()
        half = lines(line)[0]
        line.show_place(5.0, 5.0, "6 of 24 fps")
        await pilot.pause()
        end = lines(line)[0]

    assert half.startswith("  0:02.5 ━")
    assert half.endswith("─  0:05")
    assert half.count("━") in (half.count("─"), half.count("─") + 1, half.count("─") - 1)
    assert "●" in half
    assert end.endswith("━●  0:05   6 of 24 fps")


async def test_a_clip_that_does_not_say_how_long_it_is_has_no_bar() -> None:
    line = PlayerLine()
    async with Host(line).run_test(size=(40, 5)) as pilot:
        line.show_place(2.5, None)
        await pilot.pause()
        assert lines(line)[0] == "  0:02.5"


async def test_a_click_on_the_bar_goes_there() -> None:
    line = PlayerLine()
    host = Host(line, hears=(PlayerLine.Sought,))
    async with host.run_test(size=(40, 5)) as pilot:
        line.show_place(0.0, 5.0)
        await pilot.pause()
        bar = lines(line)[0]
        await pilot.click(PlayerLine, offset=(bar.index("●"), 0))
        await pilot.click(PlayerLine, offset=(bar.rindex("─"), 0))
        await pilot.click(PlayerLine, offset=(3, 0))

    assert [event.second for event in host.heard] == [0.0, 5.0]


async def test_the_strip_fills_from_the_left_and_marks_where_one_is() -> None:
    strip = VideoStrip()
    async with Host(strip).run_test(size=(60, 8)) as pilot:
        assert strip.count == 4
        strip.clear()
        for second in (0.0, 1.5, 3.0):
            strip.put(second, Image.new("RGB", (64, 48), (200, 0, 0)))
        strip.stand_at(2.0)
        await pilot.pause()
        shown = [picture for picture in strip.query(Picture) if picture.display]
        times = lines(strip.query_one(StripTimes))[0]

    assert len(shown) == 4
    assert times.split() == ["0:00", "▌0:01", "0:03"]


async def test_a_short_clip_has_tenths_in_its_strip() -> None:
    strip = VideoStrip()
    async with Host(strip).run_test(size=(60, 8)) as pilot:
        strip.clear()
        for second in (0.0, 0.25):
            strip.put(second, Image.new("RGB", (64, 48)))
        await pilot.pause()
        assert lines(strip.query_one(StripTimes))[0].split() == ["0:00.0", "0:00.2"]


async def test_a_click_on_a_frame_goes_there() -> None:
    strip = VideoStrip()
    host = Host(strip, hears=(VideoStrip.Sought,))
    async with host.run_test(size=(60, 8)) as pilot:
        strip.clear()
        for second in (0.0, 1.5):
            strip.put(second, Image.new("RGB", (64, 48)))
        await pilot.pause()
        await pilot.click(VideoStrip, offset=(strip.tile + 5, 1))
        await pilot.click(VideoStrip, offset=(3 * strip.tile + 5, 1))  # nothing is there yet

    assert [event.second for event in host.heard] == [1.5]
