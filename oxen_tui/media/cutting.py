"""A part of a picture at the size in which it is shown: what is not seen is neither made small nor sent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part, and how large it is to become."""

    box: tuple[float, float, float, float]
    """Left, top, right and bottom as parts of the whole, 0 to 1: the same of a picture that is held at half its
    size."""
    size: tuple[int, int]
    """Pixels, width and height, at the most: it is not made larger unless `blocks` says so."""
    blocks: int = 1
    """Pixels on a side that each pixel becomes, for looking at single ones."""


def cut_out(picture: Image, cut: Cut) -> Image:
    """The part of a picture (RGB). Milliseconds, for a thread."""
    from PIL.Image import Resampling

    left, top, right, bottom = cut.box
    box = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
    width, height = max(1.0, box[2] - box[0]), max(1.0, box[3] - box[1])
    if cut.blocks > 1:
        # Whole pixels, each a square; what sticks out at the edges is cut off again.
        whole = (math.floor(box[0]), math.floor(box[1]), math.ceil(box[2]), math.ceil(box[3]))
        whole = (whole[0], whole[1], min(whole[2], picture.width), min(whole[3], picture.height))
        part = picture.crop(whole)
        part = part.resize((part.width * cut.blocks, part.height * cut.blocks), Resampling.NEAREST)
        begin = round((box[0] - whole[0]) * cut.blocks), round((box[1] - whole[1]) * cut.blocks)
        end = begin[0] + round(width * cut.blocks), begin[1] + round(height * cut.blocks)
        return part.crop((*begin, min(end[0], part.width), min(end[1], part.height)))
    scale = min(1.0, cut.size[0] / width, cut.size[1] / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return picture.resize(size, Resampling.LANCZOS, box=box, reducing_gap=2.0)
