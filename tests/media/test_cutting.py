"""Parts of pictures come in the size in which they are seen."""

from __future__ import annotations

from PIL import Image

from oxen_tui.media.cutting import Cut, cut_out

RED, BLUE = (200, 0, 0), (0, 0, 200)


def halves(size: tuple[int, int] = (100, 60)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture


def test_a_part_is_no_larger_than_it_is_seen() -> None:
    part = cut_out(halves(), Cut((0.5, 0.0, 1.0, 1.0), (25, 30)))

    assert part.size == (25, 30)
    assert part.getpixel((12, 15)) == BLUE


def test_nothing_is_made_larger_than_it_is() -> None:
    assert cut_out(halves(), Cut((0.0, 0.0, 0.5, 0.5), (5_000, 3_000))).size == (50, 30)


def test_single_pixels_become_squares() -> None:
    picture = Image.new("RGB", (4, 2), RED)
    picture.putpixel((1, 0), BLUE)

    part = cut_out(picture, Cut((0.25, 0.0, 0.75, 0.5), (60, 30), blocks=8))

    assert part.size == (16, 8)
    assert part.getpixel((0, 0)) == part.getpixel((7, 7)) == BLUE
    assert part.getpixel((8, 0)) == RED


def test_a_view_may_begin_within_a_pixel() -> None:
    picture = Image.new("RGB", (4, 1), RED)
    picture.putpixel((1, 0), BLUE)

    part = cut_out(picture, Cut((0.125, 0.0, 0.625, 1.0), (60, 30), blocks=4))

    assert [part.getpixel((x, 0)) for x in range(8)] == [RED] * 2 + [BLUE] * 4 + [RED] * 2


def test_a_picture_that_is_held_smaller_gives_the_same_part() -> None:
    cut = Cut((0.5, 0.0, 1.0, 1.0), (25, 30))

    assert cut_out(halves((50, 30)), cut).getpixel((3, 3)) == cut_out(halves(), cut).getpixel((3, 3)) == BLUE


def test_the_smallest_part_has_a_pixel() -> None:
    assert cut_out(halves(), Cut((0.999, 0.999, 1.0, 1.0), (1, 1))).size == (1, 1)
