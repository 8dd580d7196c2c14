"""Does the work of a generation: from an order to the bytes of a real file. Blocking: call `make` in a thread."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import clips, edits, sounds
from .inputs import Given, Unusable
from .json_values import Json, is_number, number, table, tables, text
from .media_drawing import still
from .picture_size import UPSCALED_PIXELS, bounded, clip_size, still_size
from .pricing import default_of, seconds_asked
from .scenes import Scene, scene_for, seed_of

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_INPUT = 40_000_000
"""Pixels of an input picture; more is refused before it is decoded."""
FORMATS = {"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "webp": "image/webp"}
ENLARGED = {"1080p": 1.25, "2k": 1.5, "4k": 2.0}
"""How much an upscaled clip grows, by the resolution asked for."""
LOOSE = ("reference", "style", "face", "control")
"""In the name of a field whose pictures guide a new picture instead of being changed."""
LAST = ("tail", "last", "end")
"""In the name of a field that gives the last frame of a clip."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a generation needs to know."""

    kind: str
    """ "image", "video" or "audio"."""
    schema: Json
    parameters: Json
    inputs: tuple[Given, ...] = ()
    media_type: str = ""
    """What the model makes when the request names no format."""
    seed: object = None

    @property
    def prompt(self) -> str:
        """The words, those of all shots for a clip of several."""
        shots = [text(shot.get("prompt")) for shot in tables(self.parameters.get("multi_prompt"))]
        return text(self.parameters.get("prompt")) or " ".join(shots)

    @property
    def scene(self) -> Scene:
        """The scene of the whole prompt."""
        return scene_for(self.prompt, seed_of(self.prompt, self.seed))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file."""

    content: bytes
    media_type: str
    ending: str


def make(order: Order) -> Made:
    """Do the work.

    Raises:
        Unusable: if an input cannot be read or there is none where one is needed.
    """
    if order.kind == "audio":
        return Made(sounds.wav(order.prompt or "a little tune"), "audio/wav", "wav")
    if order.kind == "video":
        return Made(_clip(order), "video/mp4", "mp4")
    return _encoded(_picture(order), _format(order))


def opened(content: bytes, name: str = "picture") -> Image:
    """A picture from bytes, the right way up.

    Raises:
        Unusable: if it is none, is damaged, or has more pixels than `LARGEST_INPUT`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > LARGEST_INPUT:
            raise Unusable(f"{name} is larger than {LARGEST_INPUT // 1_000_000} megapixels")
        picture.load()
        return ImageOps.exif_transpose(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unusable(f"{name} is not a picture that can be read") from error


def _pictures(order: Order) -> list[tuple[str, Image]]:
    return [(given.field, opened(given.content, given.field)) for given in order.inputs if given.kind == "image"]


def _picture(order: Order) -> Image:
    pictures = _pictures(order)
    asked = order.parameters
    if not pictures:
        if "prompt" not in table(order.schema.get("properties")) and order.schema:
            raise Unusable("There is no picture to work on")
        return still(order.scene, still_size(order.schema, asked))
    first_field, first = pictures[0]
    others = [picture for _, picture in pictures[1:]]
    if order.schema and "prompt" not in table(order.schema.get("properties")):
        return edits.upscaled(first, _factor(order), UPSCALED_PIXELS)
    if any(word in first_field for word in LOOSE):
        return edits.beside(still(order.scene, still_size(order.schema, asked, first.size)), [first, *others])
    room = [max(0, int(number(asked.get(side), 0))) for side in ("left", "top", "right", "bottom")]
    if any(room):
        grown = edits.extended(first, *[min(side, 2048) for side in room])
        return _fitted(grown, bounded(*grown.size))
    open_shape = text(asked.get("aspect_ratio", "auto")) in ("auto", "match_input_image", "")
    base = _fitted(first, bounded(*first.size) if open_shape else still_size(order.schema, asked, first.size))
    mask = next((opened(given.content, given.field) for given in order.inputs if given.kind == "mask"), None)
    changed = edits.edited(base, order.prompt, seed_of(order.prompt, order.seed), mask)
    return edits.beside(changed, others) if others else changed


def _fitted(picture: Image, size: tuple[int, int]) -> Image:
    from PIL import Image, ImageOps

    return picture if picture.size == size else ImageOps.fit(picture, size, Image.Resampling.LANCZOS)


def _factor(order: Order) -> float:
    """How much an upscaler was asked to enlarge: 2, "2x", "x4"."""
    for name in ("upscale_factor", "scale", "factor", "upscale"):
        value = order.parameters.get(name, default_of(order.schema, name))
        if is_number(value):
            return number(value, 2.0)
        match = re.search(r"\d+(?:\.\d+)?", text(value))
        if match:
            return float(match[0])
    return 2.0


def _clip(order: Order) -> bytes:
    asked = order.parameters
    seconds = clips.seconds_shown(seconds_asked(order.schema, asked))
    sound = asked.get("generate_audio", default_of(order.schema, "generate_audio"))
    track = order.scene.seed if sound is True else None
    film = next((given for given in order.inputs if given.kind == "video"), None)
    if film is not None:
        return _reworked(order, film)
    pictures = _pictures(order)
    if pictures:
        # A stable sort: what is named as the last frame goes to the end, the others keep their order.
        pictures.sort(key=lambda given: any(word in given[0] for word in LAST))
        frames = [picture for _, picture in pictures]
        size = clip_size(order.schema, asked, frames[0].size)
        return clips.encode(clips.panned(frames, size, seconds), size, seconds, sound=track)
    shots = [text(shot.get("prompt")) for shot in tables(asked.get("multi_prompt"))]
    scenes = [scene_for(words, seed_of(words, order.seed)) for words in shots] or [order.scene]
    size = clip_size(order.schema, asked)
    return clips.encode(clips.drawn(scenes, size, seconds), size, seconds, sound=track)


def _reworked(order: Order, film: Given) -> bytes:
    prompt, seed = order.prompt, seed_of(order.prompt, order.seed)
    try:
        if prompt:
            return clips.reworked(film.content, 1.0, lambda frame: edits.edited(frame, prompt, seed))
        resolution = text(order.parameters.get("resolution", default_of(order.schema, "resolution"))).lower()
        return clips.reworked(film.content, ENLARGED.get(resolution, 1.0), lambda frame: frame)
    except clips.NotAClip as error:
        raise Unusable(f"{film.field} is not a clip that can be read") from error


def _format(order: Order) -> str:
    for value in (order.parameters.get("output_format"), default_of(order.schema, "output_format")):
        if text(value).lower() in FORMATS:
            return text(value).lower()
    return next((name for name, kind in FORMATS.items() if kind == order.media_type), "webp")


def _encoded(picture: Image, name: str) -> Made:
    out = io.BytesIO()
    media_type = FORMATS[name]
    if media_type == "image/png":
        picture.save(out, "PNG", compress_level=4)
    elif media_type == "image/jpeg":
        picture.convert("RGB").save(out, "JPEG", quality=88)
    else:
        picture.save(out, "WEBP", quality=84, method=2)
    return Made(out.getvalue(), media_type, "jpg" if media_type == "image/jpeg" else name)
