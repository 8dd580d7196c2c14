"""Pictures out of clips."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from oxen_tui.media.clip import STRIP_MOST, Clip
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.media.still import open_still, read_still

RATE = 8


@pytest.fixture(scope="module")
def clip_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds: four frames of black, then frames that grow lighter, each by its number."""
    file = tmp_path_factory.mktemp("clips") / "clip.mp4"
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        for number in range(2 * RATE):
            level = 0 if number < 4 else 60 + 10 * number
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (level,) * 3))  # type: ignore[no-untyped-call]
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file


def level(picture: Image.Image) -> int:
    found = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return found[0]


def test_a_clip_says_what_it_is(clip_file: Path) -> None:
    with Clip(clip_file) as clip:
        assert (clip.header.width, clip.header.height) == (64, 48)
        assert clip.seconds == pytest.approx(2.0)
        assert clip.frames_per_second == RATE
        assert clip.header.words.startswith("64×48 · MP4 · ")
        assert clip.header.words.endswith(" · 2 s")


def test_the_poster_is_the_first_frame_that_shows_something(clip_file: Path) -> None:
    with Clip(clip_file) as clip:
        poster = clip.poster((32, 32))

    assert poster.second == pytest.approx(0.5)
    assert poster.picture.size == (32, 24)
    assert poster.picture.mode == "RGB"
    assert level(open_still(clip_file)) == pytest.approx(100, abs=6)
    assert read_still(clip_file).seconds == pytest.approx(2.0)


@pytest.mark.parametrize(("second", "number"), [(0.0, 0), (1.0, 8), (1.1, 8), (1.25, 10), (99.0, 15), (0.5, 4)])
def test_at_a_second_the_frame_is_seen_that_a_player_shows(clip_file: Path, second: float, number: int) -> None:
    with Clip(clip_file) as clip:
        frame = clip.frame_at(second)

    assert frame.second == pytest.approx(number / RATE)
    assert level(frame.picture) == pytest.approx(0 if number < 4 else 60 + 10 * number, abs=6)


def test_a_strip_goes_evenly_from_beginning_to_end(clip_file: Path) -> None:
    with Clip(clip_file) as clip:
        strip = [frame.second for frame in clip.frames_evenly(4, (16, 16))]
        many = sum(1 for _ in clip.frames_evenly(10_000, (8, 8)))

    assert strip == pytest.approx([0.0, 0.625, 1.25, 1.875])
    assert many == STRIP_MOST


def test_frames_come_in_their_order_and_no_more_of_them_than_asked(clip_file: Path) -> None:
    with Clip(clip_file) as clip:
        every = [frame.second for frame in clip.frames_from(1.0)]
        some = [frame.second for frame in clip.frames_from(0.0, at_most=4)]

    assert every == pytest.approx([1 + number / RATE for number in range(RATE)])
    assert some == pytest.approx([number / 4 for number in range(8)])


def test_it_ends_when_nobody_wants_it(clip_file: Path) -> None:
    asked = itertools.count()
    with Clip(clip_file, stop=lambda: next(asked) >= 3) as clip, pytest.raises(Stopped):
        list(clip.frames_from(0.0))


@pytest.mark.parametrize("damage", ["half", "junk", "empty", "picture"])
def test_a_clip_that_cannot_be_read_says_so(clip_file: Path, tmp_path: Path, damage: str) -> None:
    content = clip_file.read_bytes()
    file = tmp_path / "clip.mp4"
    file.write_bytes(
        {"half": content[: len(content) // 2], "junk": content[:40] + b"x" * 900, "empty": b"", "picture": b"GIF89a"}[
            damage
        ]
    )
    with pytest.raises(CannotShow) as caught, Clip(file) as clip:
        clip.poster()

    assert caught.value.sentence in (
        "The clip is damaged", "The clip has no picture in it", "The file is empty", "The file is no clip",
    )  # fmt: skip


def test_a_clip_whose_first_frame_is_damaged_is_closed_again(
    clip_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Clip) -> bool:
        raise CannotShow("The clip is damaged")

    monkeypatch.setattr(Clip, "_quarter_turned", damaged)
    clip = Clip(clip_file)
    with pytest.raises(CannotShow), clip:
        pass
    assert clip._container is None
