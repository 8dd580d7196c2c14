"""Looks at attachments, truly: size, colours and light of a picture, length of a sound or clip, pages of a file.

Blocking: call `look` in a thread.
"""

from __future__ import annotations

import io
import re
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chat_request import Attachment
from .errors import envelope_error
from .files import FileStore
from .inputs import Unusable, fetched
from .scenes import Colour
from .studio import opened

if TYPE_CHECKING:
    from PIL.Image import Image

SOUND_LIMIT = 20 * 1024 * 1024
FILE_LIMIT = 24 * 1024 * 1024
"""Bytes; the caps of contract section 3."""

COLOURS: dict[str, Colour] = {
    "black": (18, 18, 22),
    "charcoal": (58, 60, 66),
    "grey": (128, 130, 134),
    "silver": (188, 190, 194),
    "white": (244, 244, 242),
    "red": (206, 48, 48),
    "maroon": (112, 34, 44),
    "coral": (240, 128, 110),
    "orange": (240, 146, 60),
    "amber": (238, 184, 88),
    "yellow": (244, 222, 92),
    "cream": (246, 234, 206),
    "sand": (206, 176, 132),
    "brown": (118, 82, 56),
    "olive": (124, 126, 62),
    "green": (70, 150, 74),
    "dark green": (30, 64, 46),
    "teal": (48, 132, 136),
    "cyan": (110, 204, 220),
    "sky blue": (134, 188, 228),
    "blue": (56, 104, 200),
    "navy": (26, 36, 76),
    "indigo": (66, 58, 116),
    "purple": (126, 70, 156),
    "violet": (170, 136, 214),
    "magenta": (206, 60, 150),
    "pink": (242, 174, 190),
}
PLACES = ("top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right")


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of one attachment."""

    kind: str
    headline: str
    """One line: what it is, how large."""
    details: tuple[str, ...] = ()
    """Markdown lines with the rest."""
    tokens: int = 300
    """What it counts for in the prompt."""


def look(attachment: Attachment, files: FileStore) -> Sight:
    """Look at one attachment.

    Raises:
        Refused: 400 `invalid_file_input` for what cannot be used.
    """
    try:
        media_type, content = fetched(attachment.url, files)
        match attachment.kind:
            case "image":
                return _picture(opened(content, "The picture"), len(content), media_type)
            case "audio":
                return _sound(content, media_type)
            case "video":
                return _clip(content, media_type)
        return _document(content, media_type, attachment.name)
    except Unusable as error:
        raise envelope_error(400, "invalid_file_input", str(error)) from error


def named(colour: Colour) -> str:
    """The nearest colour that has a name here."""
    return min(COLOURS, key=lambda name: sum((a - b) ** 2 for a, b in zip(COLOURS[name], colour, strict=True)))


def palette(picture: Image, most: int = 5) -> list[tuple[str, str, float]]:
    """(name, hex, share from 0 to 1) of the colours that fill a picture, largest share first."""
    small = picture.convert("RGB")
    small.thumbnail((96, 96))
    few = small.quantize(12)
    shares: dict[str, tuple[float, Colour]] = {}
    table = few.getpalette() or []
    counts = few.getcolors() or []
    for count, index in sorted(counts, key=lambda pair: (-pair[0], str(pair[1]))):
        if not isinstance(index, int):
            continue
        red, green, blue = table[index * 3 : index * 3 + 3]
        name = named((red, green, blue))
        share, first = shares.get(name, (0.0, (red, green, blue)))
        shares[name] = (share + count / (small.width * small.height), first)
    ranked = sorted(shares.items(), key=lambda entry: -entry[1][0])[:most]
    return [(name, "#{:02x}{:02x}{:02x}".format(*colour), share) for name, (share, colour) in ranked]


def size_of(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1_048_576:.1f} MB" if count >= 1_048_576 else f"{max(1, round(count / 1024))} KB"


def _picture(picture: Image, count: int, media_type: str) -> Sight:
    wide, high = picture.size
    shape = "square" if abs(wide - high) < max(wide, high) * 0.03 else "landscape" if wide > high else "portrait"
    kind = media_type.rpartition("/")[2].upper() or "picture"
    headline = f"a {shape} {kind}, {wide} × {high} pixels, {size_of(count)}"
    colours = palette(picture)
    grey = picture.convert("L")
    light = sum(value * times for value, times in enumerate(grey.histogram())) / (wide * high)
    grid = list(grey.resize((3, 3)).tobytes())
    brightest, darkest = PLACES[grid.index(max(grid))], PLACES[grid.index(min(grid))]
    upper = palette(picture.crop((0, 0, wide, max(1, high // 2))), 1)[0][0]
    lower = palette(picture.crop((0, high // 2, wide, high)), 1)[0][0]
    rows = [f"| {name} | `{code}` | {share:.0%} |" for name, code, share in colours]
    mood = "dark" if light < 85 else "bright" if light > 170 else "of middling light"
    details = [
        f"Most of it is **{colours[0][0]}**.",
        "",
        "| Colour | Code | Share |",
        "|---|---|---:|",
        *rows,
        "",
        f"- The upper half is mostly {upper}, the lower half mostly {lower}.",
        f"- It is {mood}: {light / 2.55:.0f} % on average, brightest at the {brightest}, darkest at the {darkest}.",
    ]
    if "A" in picture.getbands():
        details.append("- It has an alpha channel.")
    return Sight("image", headline, tuple(details), 85 + 170 * max(1, wide // 512) * max(1, high // 512))


def _sound(content: bytes, media_type: str) -> Sight:
    if len(content) > SOUND_LIMIT:
        raise Unusable(f"The sound has {size_of(len(content))}; at most 20 MB are taken.")
    try:
        with wave.open(io.BytesIO(content)) as file:
            seconds = file.getnframes() / max(1, file.getframerate())
            form = f"{file.getframerate()} Hz, {file.getnchannels()} channel{'s' if file.getnchannels() > 1 else ''}"
        return Sight("audio", f"a WAV sound of {seconds:.1f} s, {form}, {size_of(len(content))}")
    except (wave.Error, EOFError):
        return Sight("audio", f"a sound of type {media_type}, {size_of(len(content))}")


def _clip(content: bytes, media_type: str) -> Sight:
    import av

    try:
        with av.open(io.BytesIO(content), mode="r") as file:
            if not file.streams.video:
                raise Unusable("The clip holds no video.")
            stream = file.streams.video[0]
            seconds = (file.duration or 0) / 1_000_000
            rate = float(stream.average_rate or 0)
            sound = "with sound" if file.streams.audio else "without sound"
            form = f"{stream.width} × {stream.height} pixels, {rate:g} frames a second, {sound}"
        return Sight("video", f"a clip of {seconds:.1f} s, {form}, {size_of(len(content))}", (), 1200)
    except av.FFmpegError:
        return Sight("video", f"a clip of type {media_type}, {size_of(len(content))}, which could not be opened")


def _document(content: bytes, media_type: str, name: str) -> Sight:
    if len(content) > FILE_LIMIT:
        raise Unusable(f"The file has {size_of(len(content))}; at most 24 MB are taken.")
    if not content.startswith(b"%PDF"):
        raise Unusable(f"Unsupported file type '{media_type}'. Supported file types: application/pdf.")
    pages = len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", content))
    words = f"{pages} page{'s' if pages != 1 else ''}, " if pages else ""
    called = f" called {name}" if name else ""
    return Sight("file", f"a PDF{called}, {words}{size_of(len(content))}", (), 300 * max(1, pages))
