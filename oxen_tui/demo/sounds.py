"""Short sounds made of plain sine waves: the speech of the demo (a tune, a note for each word), also under clips."""

from __future__ import annotations

import io
import math
import random
import wave
import zlib
from array import array
from functools import lru_cache

RATE = 16000
"""Samples a second."""
SCALE = (261.6, 293.7, 329.6, 392.0, 440.0, 523.3)
"""Notes in hertz: a scale in which every order sounds pleasant."""


@lru_cache(maxsize=16)
def tune(words: int, seed: int, seconds: float) -> array[int]:
    """Signed 16-bit samples, mono: as many notes as words, spread over the time."""
    dice = random.Random(seed)
    total = int(seconds * RATE)
    notes = [dice.choice(SCALE) for _ in range(max(1, min(words, 64)))]
    each = max(1, total // len(notes))
    samples = array("h")
    for position in range(total):
        note = notes[min(position // each, len(notes) - 1)]
        within = (position % each) / each
        loud = min(1.0, within * 12) * (1 - within) ** 0.7
        angle = math.tau * note * position / RATE
        samples.append(int(9000 * loud * (math.sin(angle) + 0.3 * math.sin(2 * angle))))
    return samples


def wav(text: str, seconds: float | None = None) -> bytes:
    """A WAV file for a text: about a third of a second for each word, 1 to 6 s in all."""
    words = len(text.split())
    length = min(6.0, max(1.0, words * 0.33)) if seconds is None else seconds
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(tune(words, zlib.crc32(text.encode()), length).tobytes())
    return out.getvalue()
