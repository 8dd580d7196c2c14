"""From a prompt to a scene: which light, which place, which things, all told by its words and a seed.

Pure: no Pillow here. `media_drawing.paint` draws what this file decided.
"""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass

Colour = tuple[int, int, int]

LIGHTS: dict[str, tuple[str, ...]] = {
    "dusk": ("#24264f", "#5a3f76", "#b95f7f", "#f0926f", "#fbc987"),
    "dawn": ("#6c86b8", "#b3a7c9", "#f0b8b0", "#fbd9a9", "#fff1d0"),
    "sunset": ("#fbb867", "#f78f55", "#e8635a", "#a34a6b", "#47406f"),
    "noon": ("#4f93cf", "#86bbe2", "#bcdcf0", "#e2f1f7"),
    "night": ("#060a1a", "#0c1634", "#172a54", "#2b4470"),
    "fog": ("#b6c9b4", "#c8d6c4", "#dbe4d6", "#e9ede4"),
    "storm": ("#2c3440", "#4a5562", "#707c86", "#98a2a6"),
    "neon": ("#150b2c", "#35195a", "#6b2774", "#c23f86"),
    "paper": ("#efe4d2", "#e6d6bd", "#dcc7a6", "#d1b68f"),
    "green": ("#24382f", "#1c3028", "#172821", "#12201a"),
}
"""Sky colours from the top down, by the name of the light."""

LIGHT_WORDS: dict[str, str] = {
    "dusk": "dusk evening twilight gloaming pink purple",
    "dawn": "dawn morning sunrise first pastel soft",
    "sunset": "sunset low-sun golden orange sundown",
    "night": "night midnight dark moon moonlit stars starry aurora space galaxy northern",
    "fog": "fog foggy mist misty haze hazy",
    "storm": "storm stormy rain rainy thunder grey gray bleak",
    "neon": "neon cyberpunk city skyline club synthwave",
    "paper": "teapot cup mug vase linen studio packshot product still-life ceramic bottle book",
    "green": "poppy macro flower tulip rose petal",
    "noon": "noon day blue sunny clear desert dune dunes summer snow",
}

PLACE_WORDS: dict[str, str] = {
    "sea": "sea ocean harbour harbor beach coast shore waves wave lighthouse boat ship sail ferry water lake gulls",
    "city": "city skyline street neon town building buildings tower towers rooftop cyberpunk",
    "forest": "forest fir firs pine pines wood woods tree trees spruce jungle",
    "dunes": "desert dune dunes sand sahara mars camel",
    "fjord": "aurora fjord northern lights",
    "still": "teapot cup mug vase linen studio packshot product ceramic bottle still-life book",
    "flower": "poppy flower tulip rose petal macro daisy blossom garden",
    "space": "space planet galaxy star stars astronaut orbit nebula saturn rocket",
    "meadow": "ox oxen cow bull field meadow farm grass hill hills pasture sheep horse windmill balloon village",
    "ridges": "mountain mountains ridge ridges alps peak peaks valley layered paper",
    "abstract": "abstract geometric pattern shapes cube cubes logo bauhaus gradient texture circle circles",
}

THING_WORDS: dict[str, str] = {
    "lighthouse": "lighthouse beacon beam",
    "boat": "boat ship sail sailing ferry yacht harbour harbor",
    "sun": "sun sunset sunrise dusk dawn golden",
    "moon": "moon moonlit night",
    "stars": "stars starry night space galaxy aurora",
    "birds": "birds bird gull gulls crane cranes tern heron geese",
    "clouds": "clouds cloud cloudy noon day summer sky",
    "rain": "rain rainy storm",
    "snow": "snow snowy snowing winter",
    "balloon": "balloon balloons",
    "ox": "ox oxen cow bull cattle",
    "house": "house cottage cabin village barn",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What to draw."""

    light: str
    """A key of `LIGHTS`."""
    place: str
    """A key of `PLACE_WORDS`."""
    things: frozenset[str]
    """Keys of `THING_WORDS`."""
    tint: Colour | None
    """A colour the prompt names, for what stands in front."""
    seed: int

    def chance(self, purpose: str) -> random.Random:
        """Dice of their own for each purpose, so that one layer does not shift another's."""
        return random.Random(zlib.crc32(f"{self.seed}:{purpose}".encode()))


NAMED: dict[str, Colour] = {
    "red": (200, 54, 52),
    "crimson": (178, 30, 60),
    "orange": (232, 130, 48),
    "yellow": (240, 200, 72),
    "gold": (214, 168, 64),
    "green": (72, 144, 84),
    "teal": (46, 132, 138),
    "blue": (54, 100, 186),
    "navy": (30, 44, 92),
    "purple": (120, 72, 160),
    "violet": (140, 96, 196),
    "pink": (236, 134, 164),
    "brown": (124, 84, 58),
    "black": (30, 32, 38),
    "white": (240, 238, 232),
    "grey": (134, 140, 148),
    "gray": (134, 140, 148),
}
"""Colours a prompt can name."""


def words_of(prompt: str) -> list[str]:
    """The prompt's words, lower case, hyphens kept."""
    return re.findall(r"[a-zà-ÿ][a-zà-ÿ-]*", prompt.lower())


def seed_of(prompt: str, seed: object) -> int:
    """The seed of a request; without one, the prompt's own, so that the same words give the same picture."""
    if isinstance(seed, int) and not isinstance(seed, bool):
        return zlib.crc32(f"{prompt}\n{seed}".encode())
    return zlib.crc32(prompt.encode())


def scene_for(prompt: str, seed: int) -> Scene:
    """Read a prompt."""
    words = words_of(prompt)
    dice = random.Random(seed)
    places = ("sea", "ridges", "meadow", "dunes", "fjord", "abstract", "forest")
    place = _most(words, PLACE_WORDS) or dice.choice(places)
    light = _most(words, LIGHT_WORDS) or dice.choice(("dusk", "dawn", "noon", "sunset"))
    if place in ("fjord", "space"):
        light = "night"
    if place == "city" and light not in ("neon", "night", "dusk", "sunset", "dawn"):
        light = "neon"
    if place == "still":
        light = "paper"
    if place == "flower" and light == "noon":
        light = "green"
    things = {thing for thing, names in THING_WORDS.items() if set(words) & set(names.split())}
    if place in ("sea", "dunes", "meadow", "ridges") and light in ("dusk", "sunset", "dawn"):
        things.add("sun")
    tint = next((NAMED[word] for word in words if word in NAMED), None)
    return Scene(light, place, frozenset(things), tint, seed)


def _most(words: list[str], table: dict[str, str]) -> str | None:
    """The key most of whose words occur; the first wins a tie, None if none occurs."""
    counts = {key: sum(word in names.split() for word in words) for key, names in table.items()}
    best = max(counts, key=lambda key: counts[key])
    return best if counts[best] else None
