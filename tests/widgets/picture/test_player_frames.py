"""Frames as large as they are played."""

from __future__ import annotations

import pytest
from PIL import Image

from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.picture.player_frames import play_box, spread

HD = (1_920, 1_080)


@pytest.mark.parametrize(("level", "box"), [(0, (80, 46)), (1, (40, 23)), (2, (20, 11))])
def test_half_cells_are_given_a_pixel_each_or_for_each_square(level: int, box: tuple[int, int]) -> None:
    found = play_box(level, HD, 80, 30, Display(PictureMode.HALF, (10, 20)))

    assert found == pytest.approx(box, abs=1)


def test_what_the_terminal_enlarges_has_few_pixels() -> None:
    display = Display(PictureMode.TGP, (10, 20))
    widths = [play_box(level, HD, 120, 40, display)[0] for level in (0, 1, 2)]

    assert widths == sorted(widths, reverse=True)
    assert widths[0] <= 720
    assert play_box(0, HD, 20, 10, display)[0] <= 200  # no more than is seen


def test_coarse_frames_have_squares_of_one_colour() -> None:
    frame = Image.new("RGB", (2, 2), (200, 0, 0))
    frame.putpixel((1, 0), (0, 0, 200))

    large = spread(frame, 1, (400, 400), 4, 2, Display(PictureMode.HALF, (10, 20)))

    assert large.size == (4, 4)
    assert [large.getpixel(place) for place in ((1, 1), (2, 0), (3, 1))] == [(200, 0, 0), *[(0, 0, 200)] * 2]


@pytest.mark.parametrize(("level", "mode"), [(0, PictureMode.HALF), (2, PictureMode.TGP)])
def test_fine_frames_are_left_as_they_are(level: int, mode: PictureMode) -> None:
    frame = Image.new("RGB", (30, 20))

    assert spread(frame, level, (1_920, 1_280), 80, 30, Display(mode, (10, 20))) is frame
