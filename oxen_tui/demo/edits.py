"""Changes to a picture that was handed in, chosen by the words of the prompt. Blocking: call it in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .brushes import mixed
from .scenes import NAMED, scene_for, seed_of, words_of

if TYPE_CHECKING:
    from PIL.Image import Image


def edited(picture: Image, prompt: str, seed: int, mask: Image | None = None) -> Image:
    """The picture after the prompt; with a mask, only where that is white (or, with alpha, transparent)."""
    from PIL import Image as Images

    words = set(words_of(prompt))
    result = _changed(picture.convert("RGB"), words, prompt, seed)
    if mask is not None:
        where = _open_part(mask).resize(result.size, Images.Resampling.BILINEAR)
        result = Images.composite(result, picture.convert("RGB").resize(result.size), where)
    return captioned(result, prompt)


def _open_part(mask: Image) -> Image:
    """The part that may change, as a grey picture: both readings that models have of a mask."""
    from PIL import ImageOps

    if "A" in mask.getbands():
        alpha = mask.getchannel("A")
        if alpha.getextrema() != (255, 255):
            return ImageOps.invert(alpha)
    return mask.convert("L")


def _changed(picture: Image, words: set[str], prompt: str, seed: int) -> Image:
    from PIL import Image, ImageEnhance, ImageFilter, ImageOps

    on, done = picture, False
    if words & {"mirror", "mirrored", "flip", "flipped"}:
        on, done = ImageOps.mirror(on), True
    if words & {"rotate", "rotated", "upside", "upside-down"}:
        on, done = on.transpose(Image.Transpose.ROTATE_180), True
    if words & {"sketch", "pencil", "drawing", "edges", "outline", "line"}:
        edges = ImageOps.invert(on.convert("L").filter(ImageFilter.GaussianBlur(1)).filter(ImageFilter.FIND_EDGES))
        on, done = ImageOps.autocontrast(edges).convert("RGB"), True
    if words & {"poster", "posterize", "cartoon", "comic", "flat", "paper"}:
        on, done = ImageOps.posterize(on.filter(ImageFilter.MedianFilter(5)), 2), True
    if words & {"pixel", "pixels", "pixelate", "pixelated", "mosaic", "retro"}:
        small = on.resize((max(1, on.width // 16), max(1, on.height // 16)), Image.Resampling.BOX)
        on, done = small.resize(on.size, Image.Resampling.NEAREST), True
    if words & {"blur", "blurred", "blurry", "soft", "dreamy", "bokeh"}:
        on, done = on.filter(ImageFilter.GaussianBlur(max(on.size) / 90)), True
    if words & {"sharp", "sharpen", "sharper", "crisp", "detail", "details"}:
        on, done = on.filter(ImageFilter.UnsharpMask(3, 160, 2)), True
    if words & {"invert", "inverted", "negative"}:
        on, done = ImageOps.invert(on), True
    if words & {"grey", "gray", "greyscale", "grayscale", "monochrome", "mono", "noir"} or (
        {"black", "white"} <= words
    ):
        return ImageOps.grayscale(on).convert("RGB")
    if words & {"sepia", "vintage", "old", "aged", "antique"}:
        return ImageOps.colorize(ImageOps.grayscale(on), (44, 28, 16), (250, 232, 200), mid=(160, 118, 76))
    if words & {"night", "dark", "darker", "midnight"}:
        return _tinted(ImageEnhance.Brightness(on).enhance(0.5), (24, 40, 96), 0.35)
    if words & {"dusk", "sunset", "warm", "warmer", "golden"}:
        return _tinted(on, (246, 140, 70), 0.32)
    if words & {"winter", "cold", "cool", "cooler", "snow", "ice"}:
        return _tinted(ImageEnhance.Color(on).enhance(0.6), (150, 190, 240), 0.35)
    if words & {"bright", "brighter", "light", "lighter"}:
        return ImageEnhance.Brightness(on).enhance(1.35)
    named = next((NAMED[word] for word in words_of(prompt) if word in NAMED), None)
    if named:
        return _tinted(on, named, 0.4)
    if done:
        return on
    # A prompt without a word we know still changes the picture: the light of the scene it would have been.
    from .brushes import colour
    from .scenes import LIGHTS

    scene = scene_for(prompt, seed_of(prompt, seed))
    return _tinted(on, colour(LIGHTS[scene.light][-1]), 0.35)


def _tinted(on: Image, tone: tuple[int, int, int], strength: float) -> Image:
    from PIL import Image, ImageOps

    toned = ImageOps.colorize(ImageOps.grayscale(on), mixed(tone, (0, 0, 0), 0.8), mixed(tone, (255, 255, 255), 0.8))
    return Image.blend(on, toned, min(1.0, strength * 1.6))


def captioned(on: Image, words: str) -> Image:
    """The picture with a line of words along its foot."""
    from PIL import ImageDraw, ImageFont

    words = " ".join(words.split())
    size = max(11, on.height // 32)
    if not words or on.height < 90:
        return on
    font = ImageFont.load_default(size)
    room = max(8, int(on.width / (size * 0.56)))
    line = words if len(words) <= room else words[: room - 1] + "…"
    pen = ImageDraw.Draw(on, "RGBA")
    top = on.height - size * 2
    pen.rectangle((0, top, on.width, on.height), fill=(12, 14, 18, 150))
    pen.text((size * 0.7, top + size * 0.35), line, font=font, fill=(240, 240, 236, 255))
    return on


def extended(picture: Image, left: int, top: int, right: int, bottom: int) -> Image:
    """The picture on a larger sheet, the new room filled with what was at its edges, out of focus."""
    from PIL import Image, ImageFilter

    on = picture.convert("RGB")
    sheet = on.resize((on.width + left + right, on.height + top + bottom), Image.Resampling.BICUBIC)
    sheet = sheet.filter(ImageFilter.GaussianBlur(max(sheet.size) / 40))
    sheet.paste(on, (left, top))
    return sheet


def beside(first: Image, others: list[Image]) -> Image:
    """The first picture with the other ones it was combined with, small, in its upper right corner."""
    from PIL import Image as Images

    on = first.convert("RGB")
    side = max(24, on.width // 5)
    left = on.width - side - side // 8
    for number, other in enumerate(others[:4]):
        small = other.convert("RGB")
        small.thumbnail((side, side), Images.Resampling.LANCZOS)
        on.paste(small, (left, side // 8 + number * (side + side // 12)))
    return on


def upscaled(picture: Image, factor: float, pixels: int) -> Image:
    """The picture, larger by a factor as far as the pixel limit lets it, with its edges sharpened again."""
    from PIL import Image, ImageFilter

    on = picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB")
    limit = (pixels / (on.width * on.height)) ** 0.5
    factor = max(1.0, min(factor, limit))
    size = (max(1, round(on.width * factor)), max(1, round(on.height * factor)))
    return on.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(2, 80, 2))
