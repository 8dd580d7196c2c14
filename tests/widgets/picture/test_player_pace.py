"""A clip is played as fast and as finely as the link was seen to carry it."""

from __future__ import annotations

import pytest

from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.picture.player_pace import CAPS, COARSEST, PlayerPace


def pace(round_trip: float | None, mode: PictureMode = PictureMode.HALF) -> PlayerPace:
    return PlayerPace(Display(mode, round_trip=round_trip))


@pytest.mark.parametrize(("round_trip", "level"), [(0.001, 0), (0.05, 1), (0.3, 2), (None, 2)], ids=str)
def test_it_begins_as_boldly_as_the_round_trip_allows(round_trip: float | None, level: int) -> None:
    assert (pace(round_trip).level, pace(round_trip).budget) == (level, CAPS[level])


def test_light_pictures_are_a_wish_for_few_bytes() -> None:
    assert PlayerPace(Display(round_trip=0.001, light=True)).budget == CAPS[-1]


def test_frames_wait_until_their_bytes_are_due() -> None:
    # 15 kB at 150 kB a second are a tenth of a second, of which some is gone already.
    assert pace(0.3).shown(15_000, 0.02, None) == pytest.approx(0.08)


def test_a_link_that_is_seen_to_be_slow_gets_coarser_frames_at_once() -> None:
    near = pace(0.001)
    near.shown(80_000, 0.05, 1.3)

    assert near.level == COARSEST
    assert near.budget < 62_000


def test_a_fast_link_gets_finer_frames_step_by_step() -> None:
    far = pace(0.05)
    far.shown(4_000, 0.01, 0.055)

    assert far.level == 0


def test_a_frame_never_keeps_an_echo_waiting_for_long() -> None:
    slow = pace(0.001)
    for _ in range(20):
        weight = 64_000 >> 2 * slow.level
        slow.shown(weight, 0.02, 0.001 + weight / 62_500)
    assert (64_000 >> 2 * slow.level) / 62_500 <= 0.1


def test_time_that_the_screen_took_is_given_to_others_too() -> None:
    assert pace(0.001).shown(1_000, 0.2, 0.001) == pytest.approx(0.1)


def test_what_the_poster_took_is_known_before_anything_plays() -> None:
    near = pace(0.001)
    near.begin(80_000, 1.3, None)
    assert near.level == COARSEST

    pieces = pace(0.001, PictureMode.TGP)
    pieces.begin(80_000, None, 60_000.0)
    assert pieces.level == 2
    assert pieces.budget == pytest.approx(42_000)


def test_a_terminal_that_says_nothing_is_taken_for_a_slow_one() -> None:
    silent = pace(None)
    for _ in range(5):
        silent.shown(5_000, 0.01, None)
    assert silent.budget == CAPS[-1]
