"""Zoom and pan, without a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.picture.viewer_geometry import LADDER, Room, View

LARGE = (3_000, 2_000)
ROOM = Room(1_000, 500)


def test_a_dot_is_a_pixel_or_half_a_cell() -> None:
    assert Room.of(100, 30, Display(PictureMode.TGP, (9, 18))) == Room(900, 540, 1)
    assert Room.of(100, 30, Display(PictureMode.HALF, (9, 18))) == Room(900, 540, 9)


def test_nearer_and_nearer_and_back_again() -> None:
    view, scales = View(), []
    for _ in range(4):
        view = view.zoomed(1, LARGE, ROOM)
        scales.append(view.scale)
    assert scales == [0.375, 0.5, 0.75, 1.0]  # 0.25 is what fits
    for _ in range(4):
        view = view.zoomed(-1, LARGE, ROOM)
    assert view == View()
    assert view.zoomed(-1, LARGE, ROOM) == View()


def test_there_is_a_nearest() -> None:
    view = View(LADDER[-1])

    assert view.zoomed(1, LARGE, ROOM).scale == LADDER[-1]


def test_a_small_picture_fits_enlarged_and_can_be_seen_as_it_is() -> None:
    small = (200, 100)
    assert ROOM.fit(small) == 5.0

    view = View().zoomed(-1, small, ROOM)
    assert view.scale == 4.0
    assert view.smaller(small, ROOM) == (800, 400)
    assert view.cut(small, ROOM) is None
    for _ in range(10):
        view = view.zoomed(-1, small, ROOM)
    assert view.scale == 1.0
    assert View().at(1.0, small, ROOM).smaller(small, ROOM) == small


def test_what_fits_exactly_is_no_zoom() -> None:
    assert View(2.0).at(0.25, LARGE, ROOM) == View()
    assert View().cut(LARGE, ROOM) is None


def test_only_what_is_seen_is_cut() -> None:
    cut = View(1.0).cut(LARGE, ROOM)

    assert cut is not None
    assert cut.size == (1_000, 500)
    assert cut.box == pytest.approx((1 / 3, 0.375, 2 / 3, 0.625))
    assert cut.blocks == 1


def test_half_cells_need_few_pixels() -> None:
    room = Room.of(100, 25, Display(PictureMode.HALF, (10, 20)))
    cut = View(1.0).cut(LARGE, room)

    assert cut is not None
    assert cut.size == (100, 50)  # one for each half cell


def test_single_pixels_are_squares_where_they_are_large() -> None:
    cut = View(16.0).cut(LARGE, ROOM)

    assert cut is not None
    assert cut.blocks == 4


def test_the_view_stops_at_the_edges() -> None:
    view = View(1.0)
    for _ in range(50):
        view = view.moved(-1, 1, LARGE, ROOM)
    cut = view.cut(LARGE, ROOM)

    assert cut is not None
    assert cut.box == pytest.approx((0.0, 0.75, 1 / 3, 1.0))


def test_what_is_seen_whole_does_not_move() -> None:
    assert View().moved(1, 1, LARGE, ROOM) == View()


def test_beside_each_other_the_same_part_is_seen() -> None:
    half = (1_500, 1_000)
    view = View(1.0, 0.3, 0.6)
    other = view.beside(LARGE, half, ROOM)

    first, second = view.cut(LARGE, ROOM), other.cut(half, ROOM)
    assert first is not None
    assert second is not None
    assert first.box == pytest.approx(second.box)


def test_the_scale_is_said_in_hundredths() -> None:
    assert View().percent(LARGE, ROOM) == 25
    assert View(1.5).percent(LARGE, ROOM) == 150


sizes = some.tuples(some.integers(1, 20_000), some.integers(1, 20_000))
rooms = some.builds(Room, some.integers(8, 3_000), some.integers(16, 2_000), some.sampled_from((1, 9)))
keys = some.lists(some.sampled_from("+-lrud1"), max_size=12)


@given(size=sizes, room=rooms, pressed=keys)
def test_whatever_is_pressed_a_part_of_the_picture_is_seen(
    size: tuple[int, int], room: Room, pressed: list[str]
) -> None:
    view = View()
    for key in pressed:
        match key:
            case "+" | "-":
                view = view.zoomed(1 if key == "+" else -1, size, room)
            case "1":
                view = view.at(1.0, size, room)
            case _:
                view = view.moved({"l": -1, "r": 1}.get(key, 0), {"u": -1, "d": 1}.get(key, 0), size, room)
    cut = view.cut(size, room)
    if cut is not None:
        left, top, right, bottom = cut.box
        assert -1e-9 <= left < right <= 1 + 1e-9
        assert -1e-9 <= top < bottom <= 1 + 1e-9
        assert cut.size[0] * room.dot <= room.width + room.dot
        assert cut.size[1] * room.dot <= room.height + room.dot
