"""Places: what fills the picture behind the things. Each takes the canvas, the scene and the time in seconds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .brushes import colour, filled, glow, gradient, mixed, ridge, shade
from .scenes import LIGHTS, Colour, Scene

if TYPE_CHECKING:
    from PIL.Image import Image

WHITE: Colour = (255, 255, 255)
NIGHT: Colour = (8, 11, 24)
TINTED = frozenset({"lighthouse", "boat", "balloon", "ox", "house"})
"""Things that take the colour a prompt names, so that the ground does not."""


def sky(scene: Scene, size: tuple[int, int]) -> Image:
    """The canvas, filled with the light of the scene."""
    return gradient(size, [colour(code) for code in LIGHTS[scene.light]])


def sun_place(scene: Scene, size: tuple[int, int]) -> tuple[float, float, float]:
    """Where the sun or moon stands and its radius."""
    dice = scene.chance("sun")
    width, height = size
    low = scene.light in ("dusk", "sunset", "dawn")
    x = width * (0.5 if scene.place == "sea" and scene.light == "sunset" else dice.uniform(0.25, 0.75))
    return x, height * (0.42 if low else 0.22), min(size) * (0.11 if low else 0.07)


def sea(on: Image, scene: Scene, at: float) -> None:
    """Water from the horizon down, with the light lying on it."""
    from PIL import ImageDraw

    width, height = on.size
    horizon = int(height * 0.62)
    stops = [colour(code) for code in LIGHTS[scene.light]]
    far = mixed(stops[-1], (40, 70, 110), 0.55)
    near = mixed(min(stops, key=sum), (14, 26, 52), 0.6)
    on.paste(gradient((width, height - horizon), (far, near)), (0, horizon))
    draw = ImageDraw.Draw(on, "RGBA")
    dice = scene.chance("sea")
    light = mixed(stops[-1], WHITE, 0.45)
    sun_x = sun_place(scene, on.size)[0]
    depth = height - horizon
    for _ in range(150):
        down = dice.random() ** 1.6
        y = horizon + 2 + down * depth
        length = width * (0.01 + 0.05 * down) * dice.uniform(0.6, 1.6)
        on_path = dice.random() < 0.6 and bool({"sun", "moon"} & scene.things)
        spread = width * (0.03 + 0.12 * down)
        x = dice.gauss(sun_x, spread) if on_path else dice.uniform(0, width)
        phase = dice.uniform(0, math.tau)
        swell = 0.55 + 0.45 * math.sin(at * 2.2 + phase)
        x += math.sin(at * 0.8 + phase) * width * 0.01
        alpha = int((190 if on_path else 55) * swell)
        thick = max(1, round(height * 0.004 * (0.5 + down)))
        draw.line((x - length / 2, y, x + length / 2, y), fill=(*light, alpha), width=thick)


def ridges(on: Image, scene: Scene, at: float) -> None:
    """Ranges of hills, paler the further away."""
    width, height = on.size
    stops = [colour(code) for code in LIGHTS[scene.light]]
    tint = None if scene.things & TINTED else scene.tint
    dark = tint or mixed(min(stops, key=sum), (22, 52, 62), 0.65)
    haze = stops[-1]
    for layer in range(5):
        near = layer / 4
        dice = scene.chance(f"ridge {layer}")
        line = ridge(dice, int(width * 1.2), height * (0.46 + 0.13 * layer), height * (0.17 - 0.02 * layer), 1.15)
        slide = -width * 0.1 + math.sin(at * 0.25) * width * 0.03 * near
        top = mixed(haze, dark, 0.28 + 0.62 * near)
        shade(on, filled([(x + slide, y) for x, y in line], height), top, mixed(top, haze, 0.25 * (1 - near)))


def dunes(on: Image, scene: Scene, at: float) -> None:
    """Sand with one lit and one shaded side."""
    width, height = on.size
    sand = scene.tint or (226, 172, 104)
    for layer in range(4):
        dice = scene.chance(f"dune {layer}")
        line = ridge(dice, int(width * 1.2), height * (0.58 + 0.13 * layer), height * 0.11, 0.35)
        slide = -width * 0.1 + at * width * 0.004 * (layer + 1)
        lit = mixed(sand, (110, 58, 44), 0.2 * layer)
        shade(
            on,
            filled([(x + slide, y) for x, y in line], height),
            mixed(lit, WHITE, 0.16),
            mixed(lit, (90, 44, 40), 0.4),
        )


def forest(on: Image, scene: Scene, at: float) -> None:
    """Rows of firs that come out of the haze."""
    from PIL import ImageDraw

    width, height = on.size
    haze = colour(LIGHTS[scene.light][-1])
    dark: Colour = (22, 46, 38) if scene.light != "night" else NIGHT
    draw = ImageDraw.Draw(on)
    for layer in range(4):
        near = layer / 3
        dice = scene.chance(f"firs {layer}")
        shade_of = mixed(haze, dark, 0.25 + 0.72 * near)
        base = height * (0.68 + 0.12 * layer)
        x = -width * 0.05
        while x < width * 1.05:
            tall = height * dice.uniform(0.22, 0.42) * (0.6 + 0.6 * near)
            sway = math.sin(at * 1.3 + x) * tall * 0.012
            half = tall * 0.2
            for tier in range(4):
                top = base - tall * (1 - tier * 0.2)
                low = top + tall * 0.42
                wide = half * (0.4 + 0.2 * tier)
                draw.polygon([(x + sway, top), (x - wide, low), (x + wide, low)], fill=shade_of)
            x += half * dice.uniform(0.9, 2.2)
        draw.rectangle((0, base - height * 0.02, width, max(base, height)), fill=shade_of)


def city(on: Image, scene: Scene, at: float) -> None:
    """Two rows of towers with lit windows."""
    from PIL import ImageDraw

    width, height = on.size
    draw = ImageDraw.Draw(on)
    glow(on, (width / 2, height * 0.8), max(on.size) * 0.6, mixed(colour(LIGHTS[scene.light][-1]), WHITE, 0.2), 0.5)
    for layer, wall in ((0, mixed(colour(LIGHTS[scene.light][1]), NIGHT, 0.35)), (1, NIGHT)):
        dice = scene.chance(f"towers {layer}")
        x = -width * 0.02
        while x < width:
            wide = width * dice.uniform(0.05, 0.11)
            top = height * (dice.uniform(0.28, 0.62) + 0.14 * layer)
            draw.rectangle((x, top, x + wide, height), fill=wall)
            cell = max(4.0, wide / 6)
            for row in range(int((height - top) / (cell * 1.5))):
                for column in range(5):
                    roll, phase = dice.random(), dice.uniform(0, math.tau)
                    if roll < 0.32 and math.sin(at * 0.9 + phase) > -0.85:
                        lamp = ((250, 206, 120), (120, 220, 230), (238, 110, 170))[int(roll * 100) % 3]
                        left = x + cell * (0.6 + column)
                        low = top + cell * (0.7 + row * 1.5)
                        draw.rectangle((left, low, left + cell * 0.5, low + cell * 0.7), fill=lamp)
            x += wide * dice.uniform(1.0, 1.25)


def aurora(on: Image, scene: Scene, at: float) -> None:
    """Curtains of light over dark hills and still water."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    width, height = on.size
    small = (max(2, width // 4), max(2, height // 4))
    veil = Image.new("RGB", small)
    draw = ImageDraw.Draw(veil)
    for band, tone in enumerate(((60, 220, 150), (70, 190, 220), (150, 90, 210))):
        dice = scene.chance(f"veil {band}")
        phase, often = dice.uniform(0, math.tau), dice.uniform(0.8, 1.8)
        for x in range(small[0]):
            u = x / small[0]
            wave = math.sin(u * math.tau * often + phase + at * 0.5) + 0.4 * math.sin(u * 17 + at * 0.9 + band)
            top = small[1] * (0.14 + 0.08 * band + 0.07 * wave)
            long = small[1] * (0.24 + 0.08 * math.sin(u * 11 + phase + at * 0.7))
            light = 0.35 + 0.3 * math.sin(u * 23 + at * 1.1 + phase) + 0.2 * wave
            draw.line((x, top, x, top + long), fill=mixed((0, 0, 0), tone, min(0.9, max(0.05, light))))
    veil = veil.filter(ImageFilter.GaussianBlur(small[1] / 24)).resize(on.size, Image.Resampling.BICUBIC)
    on.paste(ImageChops.add(on, veil))
    for layer in range(2):
        line = ridge(scene.chance(f"fjord {layer}"), width, height * (0.62 + 0.06 * layer), height * 0.12, 1.2)
        dark = mixed((18, 34, 58), NIGHT, 0.5 * layer + 0.2)
        shade(on, filled(line, height), dark, mixed(dark, NIGHT, 0.6))
    mirror = on.crop((0, int(height * 0.3), width, int(height * 0.78))).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    water = mirror.resize((width, height - int(height * 0.78))).filter(ImageFilter.GaussianBlur(height / 120))
    on.paste(Image.blend(water, Image.new("RGB", water.size, NIGHT), 0.35), (0, int(height * 0.78)))


def meadow(on: Image, scene: Scene, at: float) -> None:
    """Rounded green hills."""
    width, height = on.size
    haze = colour(LIGHTS[scene.light][-1])
    green: Colour = scene.tint if scene.tint and not scene.things & TINTED else (92, 136, 74)
    if scene.light == "night":
        green = mixed(green, NIGHT, 0.75)
    for layer in range(4):
        near = layer / 3
        line = ridge(scene.chance(f"hill {layer}"), width, height * (0.58 + 0.1 * layer), height * 0.08, 0.3)
        top = mixed(haze, mixed(green, (34, 66, 44), 0.5 * near), 0.4 + 0.6 * near)
        shade(on, filled(line, height), top, mixed(top, (28, 54, 40), 0.35))


def stars(on: Image, scene: Scene, at: float) -> None:
    """Points of light that twinkle."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(on, "RGBA")
    dice = scene.chance("stars")
    for _ in range(140):
        x, y = dice.uniform(0, on.width), dice.random() ** 1.4 * on.height * (1.0 if scene.place == "space" else 0.6)
        size = max(0.6, min(on.size) * dice.choice((0.001, 0.0015, 0.0025)))
        alpha = int(150 + 100 * math.sin(at * 1.7 + dice.uniform(0, math.tau)))
        draw.ellipse((x - size, y - size, x + size, y + size), fill=(255, 250, 235, max(30, alpha)))
