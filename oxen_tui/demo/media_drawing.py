"""Paints a scene: the place first, then the light, then the things. Blocking work: call it in a thread.

The same scene at another time gives the next frame of a clip.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import backdrops, figures
from .brushes import colour, glow, gradient, mixed
from .scenes import LIGHTS, Colour, Scene

if TYPE_CHECKING:
    from PIL.Image import Image

PAINTED_TWICE = 1_200_000
"""Pixels up to which a still is drawn at double size and reduced, which smooths every edge."""


def still(scene: Scene, size: tuple[int, int]) -> Image:
    """A picture of a scene, with smooth edges."""
    if size[0] * size[1] > PAINTED_TWICE:
        return paint(scene, size)
    return paint(scene, (size[0] * 2, size[1] * 2)).reduce(2)


def paint(scene: Scene, size: tuple[int, int], at: float = 0.0) -> Image:
    """The scene at a time in seconds."""
    on = backdrops.sky(scene, size)
    if "stars" in scene.things or scene.place in ("space", "fjord"):
        backdrops.stars(on, scene, at)
    if ({"sun", "moon"} & scene.things) and scene.place not in ("still", "flower", "abstract", "space", "fjord"):
        figures.sun(on, scene, at)
    if "clouds" in scene.things and scene.place not in ("still", "flower", "abstract", "space"):
        figures.clouds(on, scene, at)
    match scene.place:
        case "sea":
            backdrops.sea(on, scene, at)
        case "ridges":
            backdrops.ridges(on, scene, at)
        case "dunes":
            backdrops.dunes(on, scene, at)
        case "forest":
            backdrops.forest(on, scene, at)
        case "city":
            backdrops.city(on, scene, at)
        case "fjord":
            backdrops.aurora(on, scene, at)
        case "meadow":
            backdrops.meadow(on, scene, at)
        case "still":
            teapot(on, scene, at)
        case "flower":
            flower(on, scene, at)
        case "space":
            planet(on, scene, at)
        case _:
            shapes(on, scene, at)
    for thing, draw in (
        ("boat", figures.boat),
        ("house", figures.house),
        ("lighthouse", figures.lighthouse),
        ("ox", figures.ox),
        ("balloon", figures.balloon),
        ("birds", figures.birds),
    ):
        if thing in scene.things and (thing != "boat" or scene.place == "sea"):
            draw(on, scene, at)
    if {"rain", "snow"} & scene.things:
        figures.falling(on, scene, at)
    return on


def teapot(on: Image, scene: Scene, at: float) -> None:
    """A teapot on linen; steam rises."""
    from PIL import Image, ImageDraw, ImageFilter

    width, height = on.size
    table = int(height * 0.7)
    on.paste(gradient((width, height - table), ((176, 140, 106), (140, 104, 78))), (0, table))
    glow(on, (width * 0.35, height * 0.3), max(on.size) * 0.5, (255, 250, 238), 0.4)
    size = min(on.size) * 0.27
    x, y = width * 0.5, height * 0.56
    shadow = Image.new("L", on.size, 0)
    low = y + size * 0.72
    ImageDraw.Draw(shadow).ellipse((x - size * 1.3, low, x + size * 1.5, low + size * 0.3), fill=150)
    on.paste((70, 48, 36), (0, 0), shadow.filter(ImageFilter.GaussianBlur(size * 0.06)))
    draw = ImageDraw.Draw(on)
    glaze: Colour = scene.tint or (56, 116, 128)
    dark = mixed(glaze, (16, 34, 44), 0.4)
    stroke = max(3, round(size * 0.15))
    draw.arc((x - size * 1.55, y - size * 0.5, x - size * 0.55, y + size * 0.5), 70, 290, fill=dark, width=stroke)
    draw.polygon(
        [
            (x + size * 0.7, y + size * 0.25),
            (x + size * 1.5, y - size * 0.55),
            (x + size * 1.7, y - size * 0.5),
            (x + size * 0.75, y + size * 0.55),
        ],
        fill=dark,
    )
    draw.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.85), fill=glaze)
    draw.ellipse((x - size * 0.5, y - size * 0.95, x + size * 0.5, y - size * 0.6), fill=dark)
    draw.ellipse((x - size * 0.14, y - size * 1.2, x + size * 0.14, y - size * 0.92), fill=(196, 132, 62))
    glow(on, (x - size * 0.4, y - size * 0.25), size * 0.6, (236, 246, 246), 0.55)
    for puff in range(5):
        rise = (puff / 5 + at * 0.2) % 1.0
        drift = math.sin(at + puff) * size * 0.12
        glow(
            on,
            (x + size * 1.65 + drift, y - size * (0.6 + rise)),
            size * (0.14 + 0.25 * rise),
            (255, 255, 255),
            0.35 * (1 - rise),
        )


def flower(on: Image, scene: Scene, at: float) -> None:
    """One flower, close."""
    from PIL import ImageDraw, ImageFilter

    width, height = on.size
    dice = scene.chance("garden")
    for _ in range(14):
        spot = mixed((40, 92, 60), (150, 180, 90), dice.random())
        glow(
            on, (dice.uniform(0, width), dice.uniform(0, height)), min(on.size) * dice.uniform(0.08, 0.22), spot, 0.4
        )
    on.paste(on.filter(ImageFilter.GaussianBlur(min(on.size) / 60)))
    size = min(on.size) * 0.3
    x, y = width * 0.5 + math.sin(at * 1.1) * size * 0.05, height * 0.44
    draw = ImageDraw.Draw(on)
    draw.line((x, y, width * 0.5, height), fill=(62, 104, 62), width=max(3, round(size * 0.09)))
    petal: Colour = scene.tint or (236, 112, 118)
    for ring, count in ((1.0, 9), (0.72, 7)):
        for turn in range(count):
            angle = math.tau * turn / count + ring + math.sin(at * 0.8) * 0.05
            cx, cy = x + math.cos(angle) * size * 0.55 * ring, y + math.sin(angle) * size * 0.55 * ring
            reach = size * 0.42 * ring
            tone = mixed(petal, WHITE_PINK, 0.12 * (turn % 3) + (0.25 if ring < 1 else 0))
            draw.ellipse((cx - reach, cy - reach, cx + reach, cy + reach), fill=tone)
    draw.ellipse((x - size * 0.24, y - size * 0.24, x + size * 0.24, y + size * 0.24), fill=(240, 196, 70))
    glow(on, (x - size * 0.25, y - size * 0.3), size * 0.8, (255, 244, 236), 0.3)


WHITE_PINK: Colour = (255, 232, 226)


def planet(on: Image, scene: Scene, at: float) -> None:
    """A banded planet with a ring."""
    from PIL import Image, ImageDraw, ImageFilter

    size = min(on.size) * 0.27
    x, y = on.width * 0.52, on.height * 0.5
    tone: Colour = scene.tint or (206, 150, 98)
    glow(on, (x, y), size * 2.2, tone, 0.35)
    side = int(size * 2)
    bands = Image.new("RGB", (side, side), tone)
    draw = ImageDraw.Draw(bands)
    dice = scene.chance("bands")
    for _ in range(12):
        top = dice.uniform(0, side)
        draw.rectangle(
            (0, top, side, top + dice.uniform(0.02, 0.1) * side), fill=mixed(tone, (90, 56, 60), dice.uniform(0, 0.6))
        )
    bands = bands.filter(ImageFilter.GaussianBlur(side / 60)).rotate(-14, fillcolor=tone)
    glow(bands, (side * 1.05, side * 1.05), side * 0.95, (10, 10, 24), 0.95, 1.0)
    disc = Image.new("L", (side, side), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), fill=255)
    ring = Image.new("L", on.size, 0)
    pen = ImageDraw.Draw(ring)
    for part, light in ((1.9, 120), (1.75, 170), (1.6, 90)):
        box = (x - size * part, y - size * part * 0.28, x + size * part, y + size * part * 0.28)
        pen.ellipse(box, outline=light, width=max(2, round(size * 0.05)))
    ring = ring.rotate(12 + math.sin(at * 0.5) * 2, center=(x, y))
    on.paste(mixed(tone, (255, 255, 255), 0.4), (0, 0), ring)
    on.paste(bands, (round(x - size), round(y - size)), disc)
    front = ring.copy()
    front.paste(0, (0, 0, on.width, int(y)))
    on.paste(mixed(tone, (255, 255, 255), 0.5), (0, 0), front)


def shapes(on: Image, scene: Scene, at: float) -> None:
    """Overlapping discs, bars and squares in the colours of the light."""
    from PIL import ImageDraw

    width, height = on.size
    stops = [colour(code) for code in LIGHTS[scene.light]]
    tones: list[Colour] = [*stops, scene.tint or (46, 132, 138), (240, 196, 84), (30, 38, 64), (226, 92, 76)]
    draw = ImageDraw.Draw(on, "RGBA")
    dice = scene.chance("shapes")
    for _ in range(22):
        x, y = dice.uniform(0, width), dice.uniform(0, height)
        size = min(on.size) * dice.uniform(0.06, 0.26)
        tone = (*dice.choice(tones), dice.choice((150, 200, 255)))
        angle = dice.uniform(0, math.tau) + at * dice.uniform(-0.5, 0.5)
        x += math.sin(at * 0.7 + angle) * size * 0.2
        sides = dice.choice((0, 0, 3, 4, 4, 6))
        if sides == 0:
            draw.ellipse((x - size, y - size, x + size, y + size), fill=tone)
        else:
            corners = [
                (x + math.cos(angle + math.tau * n / sides) * size, y + math.sin(angle + math.tau * n / sides) * size)
                for n in range(sides)
            ]
            draw.polygon(corners, fill=tone)
