"""Pictures as they come: in every mode, on their side, moving, damaged, huge, or none at all."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from oxen_tui.media import picture_source
from oxen_tui.media.decode import open_picture, read_header
from oxen_tui.media.picture_source import CannotShow, Stopped
from tests.media.media_files import picture, png_claiming, turned

RED, GROUND = (200, 30, 40), (20, 22, 26)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def red(mode: str) -> Image.Image:
    return Image.new("RGB", (40, 20), RED).convert(mode)


def near(found: object, wanted: tuple[int, int, int], by: int = 6) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def lab() -> Image.Image:
    screen, laboratory = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    made = ImageCms.profileToProfile(red("RGB"), screen, laboratory, outputMode="LAB")
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (saved(red("RGB"), "PNG"), RED),
        (saved(red("RGB"), "BMP"), RED),
        (saved(red("RGB"), "WEBP", lossless=True), RED),
        (saved(red("RGB"), "JPEG", quality=95), RED),
        (saved(red("P"), "PNG"), RED),
        (saved(red("CMYK"), "TIFF"), RED),
        (saved(red("CMYK"), "JPEG", quality=95), RED),
        (saved(red("L"), "PNG"), (82, 82, 82)),
        (saved(red("1").point(lambda _: 255), "PNG"), (255, 255, 255)),
        (saved(red("LA"), "PNG"), (82, 82, 82)),
        (saved(lab(), "TIFF"), RED),
        (saved(Image.new("I;16", (40, 20), 0x8080), "PNG"), (128, 128, 128)),
        (saved(Image.new("F", (40, 20), 0.5), "TIFF"), (0, 0, 0)),
    ],
    ids=[
        "rgb",
        "bmp",
        "webp",
        "jpeg",
        "palette",
        "cmyk-tiff",
        "cmyk-jpeg",
        "grey",
        "one-bit",
        "grey-alpha",
        "lab",
        "16-bit",
        "float",
    ],
)
def test_every_mode_becomes_red_green_and_blue(content: bytes, colour: tuple[int, int, int]) -> None:
    shown = open_picture(content, (20, 20))

    assert (shown.mode, shown.size) == ("RGB", (20, 10))
    assert near(shown.getpixel((10, 5)), colour)


def test_what_is_transparent_shows_the_ground() -> None:
    content = saved(Image.new("RGBA", (8, 8), (255, 255, 255, 0)), "PNG")

    assert open_picture(content, ground=GROUND).getpixel((4, 4)) == GROUND


def test_a_palette_with_a_transparent_colour_shows_the_ground() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])

    assert open_picture(saved(image, "PNG", transparency=0), ground=GROUND).getpixel((4, 4)) == GROUND


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_on_its_side_is_turned(form: str) -> None:
    shown = open_picture(turned(form, (40, 20)))

    assert shown.size == (20, 40)
    assert (read_header(turned(form, (40, 20))).width, read_header(turned(form, (40, 20))).height) == (20, 40)


def test_a_turned_picture_fits_its_box_as_it_is_shown() -> None:
    assert open_picture(turned("JPEG", (400, 200)), (30, 30)).size == (15, 30)


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_seen(form: str) -> None:
    content = picture(form, frames=3, lossless=True)

    assert near(open_picture(content).getpixel((3, 3)), (0, 90, 200))
    assert read_header(content).words.endswith("animation, first frame")


def test_a_picture_is_not_enlarged() -> None:
    assert open_picture(saved(red("RGB"), "PNG"), (400, 400)).size == (40, 20)


LARGE = "20,000×20,000 pixels, at most 72 million are decoded here"
PNG = picture("PNG", (300, 300))
NOISE = saved(Image.effect_noise((200, 200), 90).convert("RGB"), "JPEG")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\x00\x01\x02\x03" * 40, "The file is no picture: its first bytes are of no known kind"),
        (b"<html>502 bad gateway</html>", "The file is a web page, not a picture"),
        (b'{"error": "expired"}', "The file is JSON text, not a picture"),
        (b"<svg ></svg>", "The file is an SVG drawing, which is not shown here: a browser opens it"),
        (NOISE[: len(NOISE) // 3], "The picture is cut off: the end of the file is missing"),
        (PNG[:12] + b"\xff" * 60, "The picture is damaged"),
        (png_claiming(20_000, 20_000), f"The picture is too large to show: {LARGE}"),
        (b"GIF89a\x10\x00\x10\x00\x00\x00\x00;", "The picture is damaged"),
    ],
    ids=["empty", "unknown", "page", "json", "svg", "cut-off", "damaged", "bomb", "no-frames"],
)  # fmt: skip
def test_what_cannot_be_shown_says_why(content: bytes, sentence: str) -> None:
    with pytest.raises(CannotShow) as caught:
        open_picture(content, (50, 50))

    assert caught.value.sentence == sentence


def test_the_name_of_a_file_is_only_a_claim(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(PNG)

    assert open_picture(file).size == (300, 300)
    assert read_header(file).words.startswith("300×300 · PNG · ")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotShow, match="cannot be read: no such file"):
        open_picture(tmp_path / "gone.png")


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_file_that_is_cut_anywhere_is_shown_or_refused_in_words(cut: int) -> None:
    for content in (PNG, NOISE, picture("GIF", frames=3), picture("WEBP"), picture("TIFF"), picture("BMP")):
        with contextlib.suppress(CannotShow):
            assert open_picture(content[: len(content) * cut // 20], (10, 10)).mode == "RGB"


def test_nobody_waits_for_a_picture_that_is_not_wanted() -> None:
    with pytest.raises(Stopped):
        open_picture(PNG, stop=lambda: True)


def test_a_picture_may_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_source, "LONGEST", -1.0)
    with pytest.raises(CannotShow, match="longer than"):
        open_picture(PNG)


def test_a_file_may_not_be_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_source, "LARGEST_BYTES", 100)
    with pytest.raises(CannotShow, match="too large to show"):
        open_picture(NOISE)
