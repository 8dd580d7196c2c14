"""Pictures and clips: chosen by words, sized as asked, made from what was handed in."""

from __future__ import annotations

import io

import av
import pytest
from PIL import Image

from oxen_tui.demo import clips
from oxen_tui.demo.edits import edited
from oxen_tui.demo.inputs import Given, Unusable
from oxen_tui.demo.media_drawing import paint, still
from oxen_tui.demo.picture_size import bounded, clip_size, still_size
from oxen_tui.demo.scenes import LIGHTS, PLACE_WORDS, THING_WORDS, Scene, scene_for, seed_of
from oxen_tui.demo.sight import palette
from oxen_tui.demo.studio import Order, make, opened
from tests.demo.conftest import picture

SIZE = (96, 64)


@pytest.mark.parametrize("place", PLACE_WORDS)
def test_every_place_can_be_painted_in_every_shape_and_moves(place: str) -> None:
    assert scene_for(PLACE_WORDS[place].split()[0], 7).place == place
    scene = Scene("dusk", place, frozenset(THING_WORDS), None, 7)
    for size in ((96, 64), (64, 160), (200, 64)):
        assert paint(scene, size).size == size
    assert paint(scene, SIZE).tobytes() != paint(scene, SIZE, 1.5).tobytes()


@pytest.mark.parametrize("light", LIGHTS)
def test_every_light_is_a_picture_of_many_colours(light: str) -> None:
    image = still(scene_for(f"hills {light}", 3), SIZE)
    assert len(image.getcolors(100_000) or ()) > 20


def test_words_choose_the_scene() -> None:
    dusk = scene_for("A lighthouse at dusk over a quiet sea", 1)
    assert (dusk.place, dusk.light) == ("sea", "dusk")
    assert "lighthouse" in dusk.things
    assert scene_for("Teapot on linen", 1).place == "still"
    assert scene_for("Fog in a fir forest", 1).light == "fog"
    assert scene_for("zzz", 1) == scene_for("zzz", 1)
    assert seed_of("a", None) != seed_of("b", None)
    assert seed_of("a", 1) != seed_of("a", 2)


@pytest.mark.parametrize(
    ("request_", "size"),
    [
        ({}, (1024, 1024)),
        ({"size": "640x480"}, (640, 480)),
        ({"aspect_ratio": "16:9"}, (1364, 768)),
        ({"aspect_ratio": "9:16", "resolution": "512"}, (384, 682)),
        ({"image_size": "landscape_4_3", "resolution": "768sq"}, (886, 664)),
        ({"image_size": {"width": 300, "height": 200}}, (300, 200)),
        ({"width": 5000, "height": 5000}, (1224, 1224)),
        ({"size": "99999x1"}, (99998, 64)),
        ({"aspect_ratio": "auto"}, (1024, 1024)),
    ],
)
def test_the_size_is_read_from_each_way_to_say_it(request_: dict[str, object], size: tuple[int, int]) -> None:
    assert still_size({}, request_) == size
    assert size[0] % 2 == size[1] % 2 == 0


def test_sizes_stay_within_bounds() -> None:
    for given in ((0, 0), (1e9, 1e9), (3, 100_000)):
        wide, high = bounded(*given)
        assert wide * high < 8_000_000
        assert min(wide, high) >= 64
    assert clip_size({}, {"aspect_ratio": "21:9", "resolution": "4k"})[0] <= 1200
    assert clip_size({}, {}, (100, 200))[0] < clip_size({}, {}, (100, 200))[1]


@pytest.mark.parametrize(
    "prompt",
    [
        "mirror it",
        "rotate",
        "pencil sketch",
        "poster",
        "pixel art",
        "blur",
        "sharpen",
        "invert",
        "black and white",
        "sepia",
        "night",
        "sunset",
        "winter",
        "brighter",
        "make it teal",
        "zzz",
    ],
)
def test_every_edit_keeps_the_size_and_changes_the_picture(prompt: str) -> None:
    before = opened(picture("olive", (128, 96)))
    after = edited(before.copy(), prompt, 5)
    assert after.size == before.size
    assert after.tobytes() != before.tobytes()


def test_a_mask_keeps_the_rest_of_the_picture() -> None:
    before = opened(picture("red", (80, 80)))
    mask = Image.new("L", (80, 80), 0)
    mask.paste(255, (0, 0, 20, 80))
    after = edited(before, "make it blue", 5, mask)
    assert after.getpixel((40, 20)) == (255, 0, 0)
    assert after.getpixel((5, 20)) != (255, 0, 0)


def film(seconds: float = 2.0) -> bytes:
    return clips.encode(clips.drawn([scene_for("sea", 1)], SIZE, seconds), SIZE, seconds)


def shown(content: bytes) -> list[Image.Image]:
    with av.open(io.BytesIO(content), "r") as clip:
        return [frame.to_image() for frame in clip.decode(video=0)]  # type: ignore[no-untyped-call]


def test_a_clip_pans_over_the_picture_it_was_given() -> None:
    order = Order("video", {}, {"prompt": "slowly", "duration": 2}, (Given("image", picture("red", (200, 100))),))
    frames = shown(make(order).content)
    assert len(frames) == 24
    assert palette(frames[0])[0][0] in ("red", "orange", "coral")
    assert frames[0].tobytes() != frames[-1].tobytes()


def test_the_last_frame_is_the_one_named_last() -> None:
    inputs = (Given("last_frame_image", picture("blue")), Given("first_frame_image", picture("red")))
    frames = shown(make(Order("video", {}, {"duration": 2}, inputs)).content)
    assert palette(frames[0])[0][0] == "red"
    assert palette(frames[-1])[0][0] in ("blue", "navy")


def test_shots_follow_each_other() -> None:
    shots = [{"prompt": "white teapot"}, {"prompt": "neon city at night"}]
    frames = shown(make(Order("video", {}, {"multi_prompt": shots, "duration": 2})).content)
    light = [sum(frame.convert("L").resize((1, 1)).tobytes()) for frame in (frames[0], frames[-1])]
    assert light[0] > light[1] + 60


def test_a_clip_can_be_changed_and_enlarged() -> None:
    given = (Given("input_video", film()),)
    changed = shown(make(Order("video", {}, {"prompt": "black and white"}, given)).content)
    assert changed[0].size == SIZE
    schema: dict[str, object] = {"properties": {"resolution": {"default": "4k"}}}
    assert shown(make(Order("video", schema, {}, given)).content)[0].size == (192, 128)


@pytest.mark.parametrize("encoder", ["libx264", "mpeg4"])
def test_clips_are_written_with_whatever_encoder_there_is(encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "ENCODERS", (encoder,))
    assert len(shown(film())) == 24


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(Unusable, match="not a picture"):
        opened(b"<html>")
    with pytest.raises(Unusable, match="not a picture"):
        opened(picture()[:100])
    with pytest.raises(Unusable, match="not a clip"):
        make(Order("video", {}, {}, (Given("input_video", b"nothing" * 50),)))
    huge = io.BytesIO()
    Image.new("1", (8000, 8000)).save(huge, "PNG")
    with pytest.raises(Unusable, match="larger than 40 megapixels"):
        opened(huge.getvalue())
