"""What a file of a picture, a clip or a sound is: read from its headers, never decoded, so it is quick and bounded.

Files come from anywhere: cut off, empty, a web page in a picture's name, a picture of 400 megapixels in 50 kB. Each
of them is a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NotMedia(Exception):
    """The file is no picture, clip or sound that can be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in words for the user; names no folder."""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file, as its own bytes describe it."""

    kind: str
    """"image", "video" or "audio"."""
    mime: str
    size: int
    """Bytes."""
    width: int | None = None
    """Pixels as they are shown: a picture or clip lying on its side is turned. None for sounds."""
    height: int | None = None
    seconds: float | None = None
    """Of a clip, a sound or a moving picture; None where it does not say."""
    frames_per_second: float | None = None
    has_sound: bool | None = None
    """None for pictures."""
    frames: int | None = None
    """1 for a still picture; of a clip only where its header says."""
    extension: str = ""
    """The usual one for its type, without the dot."""


def read_facts(path: Path) -> MediaFacts:
    """Reads them. Blocks for the disk, some milliseconds; the first call loads a library.

    Raises:
        NotMedia: It is none, damaged in its header, or cannot be read.
    """
    raise NotImplementedError
