"""The ways in which pictures keep their pixels, made into one: eight bits of red, green and blue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def unsqueezed(picture: Image) -> Image:
    """The picture in a mode that can be made smaller without harm: L, LA, RGB or RGBA.

    Palettes cannot be averaged, 16 bits are cut to 8, and printing and laboratory colours become red, green, blue.
    """
    mode = picture.mode
    if mode in ("RGB", "RGBA", "L", "LA"):
        # A single colour of an RGB picture may stand for nothing at all.
        return picture.convert("RGBA") if mode in ("RGB", "L") and "transparency" in picture.info else picture
    if mode in ("P", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    if mode == "1":
        return picture.convert("L")
    if mode.startswith("I;16"):
        return _eight_bits(picture, 0, 65535)
    if mode in ("I", "F"):
        low, high = picture.getextrema()
        # Nothing says what is black and white in such files, so it is what is darkest and lightest in this one.
        return _eight_bits(picture, float(low), float(high))  # type: ignore[arg-type]
    if mode == "LAB":
        return _from_lab(picture)
    return picture.convert("RGB")


def shrunk(picture: Image, box: tuple[int, int]) -> Image:
    """The picture made small enough to fit within so many pixels; never larger."""
    from PIL.Image import Resampling

    scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
    if scale == 1.0:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def upright(pixels: Image, picture: Image) -> Image:
    """The pixels turned as the picture's EXIF data say."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(picture.getexif().get(0x0112, 1))
    return pixels if turn is None else pixels.transpose(turn)


def flattened(picture: Image, ground: tuple[int, int, int]) -> Image:
    """The picture as RGB; where it is transparent, the ground is seen."""
    from PIL import Image as Images

    if picture.mode == "LA":
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        under = Images.new("RGB", picture.size, ground)
        under.paste(picture, mask=picture.getchannel("A"))
        return under
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _eight_bits(picture: Image, low: float, high: float) -> Image:
    scale = 255.0 / ((high - low) or 1.0)
    return picture.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _from_lab(picture: Image) -> Image:
    from PIL import ImageCms

    laboratory, screen = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(laboratory, screen, "LAB", "RGB")
    made = ImageCms.applyTransform(picture, transform)
    return made if made is not None else picture.convert("L")
