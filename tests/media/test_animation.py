"""Pictures of several frames, as clips."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from oxen_tui.media import animation
from oxen_tui.media.animation import Animation
from oxen_tui.media.clip import Clip
from oxen_tui.media.moving import open_moving
from oxen_tui.media.picture_source import CannotShow, Stopped
from tests.media.media_files import picture, recording

COLOURS = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]
LASTS = [100, 300, 100, 500]
"""Milliseconds of each."""


def moving(form: str, **options: Any) -> bytes:
    """Four frames of one colour each, shown for different times."""
    frames = [Image.new("RGB", (60, 40), colour) for colour in COLOURS]
    if form == "WEBP":
        options |= {"lossless": True}
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=LASTS, **options)
    return out.getvalue()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "moving"
    path.write_bytes(content)
    return path


def colour_of(picture: Image.Image) -> tuple[int, ...]:
    found = picture.getpixel((5, 5))
    assert isinstance(found, tuple)
    return tuple(round(part / 100) * 100 for part in found)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
class TestOfAnyKind:
    def test_it_says_when_each_frame_begins(self, form: str, tmp_path: Path) -> None:
        with Animation(written(tmp_path, moving(form))) as moves:
            assert moves.times == pytest.approx((0.0, 0.1, 0.4, 0.5))
            assert moves.seconds == pytest.approx(1.0)
            assert moves.frames_per_second == pytest.approx(4.0)
            assert (moves.header.width, moves.header.height, moves.header.moves) == (60, 40, True)

    def test_each_moment_has_its_frame_also_backwards(self, form: str, tmp_path: Path) -> None:
        with Animation(written(tmp_path, moving(form))) as moves:
            for second, place in ((0.45, 2), (0.0, 0), (9.0, 3), (0.39, 1), (0.1, 1)):
                frame = moves.frame_at(second, (30, 30))
                assert colour_of(frame.picture) == COLOURS[place], second
                assert frame.picture.size == (30, 20)
                assert frame.second == pytest.approx(moves.times[place])

    def test_frames_follow_each_other_from_the_one_that_is_seen(self, form: str, tmp_path: Path) -> None:
        with Animation(written(tmp_path, moving(form))) as moves:
            frames = list(moves.frames_from(0.2))
            assert [frame.second for frame in frames] == pytest.approx([0.2, 0.4, 0.5])
            assert [colour_of(frame.picture) for frame in frames] == COLOURS[1:]
            assert len({id(frame.picture) for frame in frames}) == 3

    def test_a_slow_link_gets_fewer_of_them(self, form: str, tmp_path: Path) -> None:
        with Animation(written(tmp_path, moving(form))) as moves:
            seconds = [frame.second for frame in moves.frames_from(0.0, at_most=4.0)]
            assert seconds == pytest.approx([0.0, 0.4, 0.5]) or seconds == pytest.approx([0.0, 0.4])

    def test_a_strip_goes_from_the_first_to_the_last(self, form: str, tmp_path: Path) -> None:
        with Animation(written(tmp_path, moving(form))) as moves:
            assert [colour_of(frame.picture) for frame in moves.frames_evenly(4, (9, 9))] == COLOURS
            assert [colour_of(frame.picture) for frame in moves.frames_evenly(2)] == [COLOURS[0], COLOURS[3]]

    @pytest.mark.parametrize(("loop", "rounds"), [(0, 60), (3, 3), (1_000, 60)])
    def test_it_is_played_as_often_as_it_says_but_not_for_ever(
        self, form: str, loop: int, rounds: int, tmp_path: Path
    ) -> None:
        with Animation(written(tmp_path, moving(form, loop=loop))) as moves:
            assert moves.rounds == rounds

    def test_it_ends_when_nobody_wants_it(self, form: str, tmp_path: Path) -> None:
        wanted = [True]
        with Animation(written(tmp_path, moving(form)), stop=lambda: not wanted[0]) as moves:
            frames = moves.frames_from(0.0)
            next(frames)
            wanted[0] = False
            with pytest.raises(Stopped):
                next(frames)

    def test_too_many_pixels_are_said_before_they_are_decoded(
        self, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(animation, "LARGEST_PIXELS", 60 * 40 - 1)
        with pytest.raises(CannotShow, match="too large to play"), Animation(written(tmp_path, moving(form))):
            pass

    def test_a_picture_that_stands_still_is_none(self, form: str, tmp_path: Path) -> None:
        with pytest.raises(CannotShow, match="does not move"), Animation(written(tmp_path, picture(form))):
            pass

    def test_half_a_file_is_said(self, form: str, tmp_path: Path) -> None:
        content = moving(form)
        with (
            pytest.raises(CannotShow),
            Animation(written(tmp_path, content[: len(content) * 2 // 3])) as moves,
        ):
            list(moves.frames_from(0.0))


def test_what_is_transparent_shows_the_ground_and_what_was_disposed_of_is_gone(tmp_path: Path) -> None:
    frames = []
    for left in (0, 20, 40):
        frame = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
        frame.paste((255, 0, 0, 255), (left, 0, left + 20, 40))
        frames.append(frame)
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100, disposal=2)
    with Animation(written(tmp_path, out.getvalue()), ground=(0, 0, 250)) as moves:
        for number, shown in enumerate(moves.frames_from(0.0)):
            seen = [shown.picture.getpixel((x, 20)) for x in (10, 30, 50)]
            assert seen == [(255, 0, 0) if place == number else (0, 0, 250) for place in range(3)]


def test_a_frame_that_claims_no_time_has_a_tenth_of_a_second(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in COLOURS]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=0)
    with Animation(written(tmp_path, out.getvalue())) as moves:
        assert moves.seconds == pytest.approx(0.4)


def test_the_content_says_who_reads_it(tmp_path: Path) -> None:
    assert isinstance(open_moving(written(tmp_path, moving("GIF"))), Animation)
    assert isinstance(open_moving(written(tmp_path, recording("mp4", "mpeg4"))), Clip)
    with pytest.raises(CannotShow):
        open_moving(tmp_path / "nothing")


@pytest.mark.parametrize("content", [picture("PNG"), moving("GIF")[:60], b"no picture"], ids=["still", "cut", "text"])
def test_a_file_that_does_not_move_is_closed_again(content: bytes, tmp_path: Path) -> None:
    moves = Animation(written(tmp_path, content))
    with pytest.raises(CannotShow), moves:
        pass
    assert moves._reading.file.closed


def test_a_mistake_of_ours_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(_: Animation) -> None:
        raise AssertionError("a mistake")

    monkeypatch.setattr(Animation, "_open", mistake)
    moves = Animation(written(tmp_path, moving("GIF")))
    with pytest.raises(AssertionError), moves:
        pass
    assert moves._reading.file.closed
