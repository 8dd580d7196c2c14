"""Things that stand in a place: each drawn with a handful of shapes, at a size that follows the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .backdrops import NIGHT, WHITE, sun_place
from .brushes import colour, glow, mixed, ridge
from .scenes import LIGHTS, Colour, Scene

if TYPE_CHECKING:
    from PIL.Image import Image


def sun(on: Image, scene: Scene, at: float) -> None:
    """A disc with its light around it; at night it is the moon."""
    from PIL import ImageDraw

    x, y, radius = sun_place(scene, on.size)
    y += at * on.height * 0.006
    moon = scene.light == "night" or ("moon" in scene.things and scene.light not in ("dusk", "dawn", "sunset"))
    disc: Colour = (236, 238, 228) if moon else (255, 240, 200)
    glow(on, (x, y), radius * 5, disc if moon else (255, 214, 150), 0.45 if moon else 0.7)
    ImageDraw.Draw(on).ellipse((x - radius, y - radius, x + radius, y + radius), fill=disc)


def clouds(on: Image, scene: Scene, at: float) -> None:
    """Flat heaps that drift."""
    dice = scene.chance("clouds")
    light = mixed(colour(LIGHTS[scene.light][-1]), WHITE, 0.6)
    for _ in range(6):
        x = (dice.uniform(0, 1.3) * on.width + at * on.width * 0.012) % (on.width * 1.3) - on.width * 0.15
        y = dice.uniform(0.06, 0.34) * on.height
        for _ in range(7):
            size = on.width * dice.uniform(0.02, 0.06)
            glow(on, (x + dice.uniform(-2.4, 2.4) * size, y + dice.uniform(-0.4, 0.4) * size), size, light, 0.55, 1.1)


def birds(on: Image, scene: Scene, at: float) -> None:
    """A loose group, wings beating."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(on)
    dice = scene.chance("birds")
    ink = mixed(colour(LIGHTS[scene.light][0]), NIGHT, 0.6)
    for _ in range(7):
        size = on.width * dice.uniform(0.008, 0.016)
        x = dice.uniform(0.1, 0.7) * on.width + at * on.width * 0.02
        y = dice.uniform(0.12, 0.38) * on.height + math.sin(at + x) * size
        lift = size * (0.5 + 0.35 * math.sin(at * 7 + dice.uniform(0, math.tau)))
        wings = [(x - size, y - lift), (x, y), (x + size, y - lift)]
        draw.line(wings, fill=ink, width=max(1, round(size * 0.22)), joint="curve")


def lighthouse(on: Image, scene: Scene, at: float) -> None:
    """A striped tower on a rock, its beam sweeping."""
    from PIL import Image, ImageDraw, ImageFilter

    width, height = on.size
    x, foot, top = width * 0.7, height * 0.68, height * 0.24
    unit = height * 0.035
    lamp = (x, top + unit * 0.6)
    turn = math.sin(at * 0.9 + 0.5)
    veil = Image.new("L", (max(2, width // 4), max(2, height // 4)), 0)
    beam = ImageDraw.Draw(veil)
    for side in (-1, 1):
        reach = side * width * 1.1
        tilt = height * 0.1 * turn * side
        ends = [
            lamp,
            (lamp[0] + reach, lamp[1] - height * 0.16 + tilt),
            (lamp[0] + reach, lamp[1] + height * 0.1 + tilt),
        ]
        beam.polygon([(px / 4, py / 4) for px, py in ends], fill=int(90 + 60 * side * turn))
    veil = veil.filter(ImageFilter.GaussianBlur(3)).resize(on.size, Image.Resampling.BILINEAR)
    on.paste((255, 240, 200), (0, 0), veil)
    draw = ImageDraw.Draw(on)
    rock = ridge(scene.chance("rock"), int(width * 0.5), height * 0.66, height * 0.05, 1.4)
    dark = mixed(colour(LIGHTS[scene.light][0]), NIGHT, 0.7)
    line = [(px + width * 0.45, py + abs(px - width * 0.25) * 0.22) for px, py in rock]
    draw.polygon([*line, (width * 1.02, height), (width * 0.4, height)], fill=dark)
    for band in range(5):
        upper = top + unit + (foot - top - unit) * band / 5
        lower = top + unit + (foot - top - unit) * (band + 1) / 5
        half_up, half_low = unit * (0.55 + 0.09 * band), unit * (0.64 + 0.09 * band)
        paint = (232, 224, 214) if band % 2 == 0 else (scene.tint or (184, 50, 48))
        draw.polygon(
            [(x - half_up, upper), (x + half_up, upper), (x + half_low, lower), (x - half_low, lower)], fill=paint
        )
    draw.rectangle((x - unit * 0.75, top + unit * 0.85, x + unit * 0.75, top + unit * 1.05), fill=dark)
    draw.rectangle((x - unit * 0.4, top + unit * 0.2, x + unit * 0.4, top + unit * 0.85), fill=(255, 238, 150))
    draw.polygon(
        [(x - unit * 0.6, top + unit * 0.2), (x, top - unit * 0.5), (x + unit * 0.6, top + unit * 0.2)], fill=dark
    )
    glow(on, lamp, unit * 3, (255, 244, 190), 0.8)


def boat(on: Image, scene: Scene, at: float) -> None:
    """A small sailing boat that rocks."""
    from PIL import ImageDraw

    width, height = on.size
    size = min(on.size) * 0.16
    x = width * (0.32 + 0.012 * at)
    y = height * 0.72 + math.sin(at * 1.6) * size * 0.05
    lean = math.sin(at * 1.1) * size * 0.05
    draw = ImageDraw.Draw(on)
    hull = mixed(colour(LIGHTS[scene.light][0]), NIGHT, 0.5)
    draw.polygon(
        [
            (x - size * 0.5, y),
            (x + size * 0.55, y),
            (x + size * 0.36, y + size * 0.2),
            (x - size * 0.36, y + size * 0.2),
        ],
        fill=hull,
    )
    sail = scene.tint or (244, 236, 220)
    mast = (x + lean, y - size)
    draw.polygon([mast, (x + size * 0.03, y - size * 0.05), (x + size * 0.5, y - size * 0.08)], fill=sail)
    draw.polygon(
        [mast, (x - size * 0.03, y - size * 0.05), (x - size * 0.34, y - size * 0.08)], fill=mixed(sail, hull, 0.22)
    )
    draw.line((x, y, *mast), fill=hull, width=max(1, round(size * 0.03)))


def balloon(on: Image, scene: Scene, at: float) -> None:
    """A hot-air balloon, rising."""
    from PIL import ImageDraw

    size = min(on.size) * 0.15
    x, y = on.width * (0.3 + 0.006 * at), on.height * 0.3 - at * size * 0.06
    draw = ImageDraw.Draw(on)
    cloth = scene.tint or (206, 76, 62)
    draw.polygon(
        [(x - size * 0.55, y + size * 0.75), (x + size * 0.55, y + size * 0.75), (x, y + size * 1.5)],
        fill=mixed(cloth, NIGHT, 0.25),
    )
    for stripe, part in enumerate((1.0, 0.66, 0.33)):
        draw.ellipse(
            (x - size * part, y - size, x + size * part, y + size), fill=cloth if stripe % 2 == 0 else (244, 226, 190)
        )
    draw.rectangle((x - size * 0.16, y + size * 1.5, x + size * 0.16, y + size * 1.75), fill=(96, 66, 44))


def ox(on: Image, scene: Scene, at: float) -> None:
    """An ox that grazes; its head goes up and down."""
    from PIL import ImageDraw

    size = min(on.size) * 0.3
    x, y = on.width * 0.56, on.height * 0.72
    draw = ImageDraw.Draw(on)
    hide = scene.tint or (92, 62, 46)
    dark = mixed(hide, NIGHT, 0.45)
    nod = math.sin(at * 1.2) * size * 0.04
    for leg, tone in ((-0.3, dark), (0.26, dark), (-0.4, hide), (0.34, hide)):
        draw.rectangle((x + leg * size, y, x + leg * size + size * 0.1, y + size * 0.42), fill=tone)
    draw.rounded_rectangle(
        (x - size * 0.46, y - size * 0.36, x + size * 0.5, y + size * 0.16), radius=size * 0.2, fill=hide
    )
    draw.ellipse((x - size * 0.46, y - size * 0.46, x, y + size * 0.06), fill=hide)
    head = (x - size * 0.6, y - size * 0.2 + nod)
    draw.ellipse(
        (head[0] - size * 0.16, head[1] - size * 0.17, head[0] + size * 0.2, head[1] + size * 0.17), fill=hide
    )
    draw.ellipse(
        (head[0] - size * 0.24, head[1] + size * 0.01, head[0] - size * 0.02, head[1] + size * 0.16),
        fill=mixed(hide, WHITE, 0.45),
    )
    horn = max(2, round(size * 0.045))
    for side in (-1, 1):
        middle = head[0] + size * 0.05
        bow = (middle - size * 0.17, head[1] - size * 0.42, middle + size * 0.17, head[1] - size * 0.12)
        draw.arc(bow, 30 if side > 0 else 100, 80 if side > 0 else 150, fill=(236, 226, 204), width=horn)
    tail = math.sin(at * 2.3) * size * 0.06
    draw.line(
        (x + size * 0.48, y - size * 0.22, x + size * 0.58 + tail, y + size * 0.16),
        fill=dark,
        width=max(2, round(size * 0.035)),
    )


def house(on: Image, scene: Scene, at: float) -> None:
    """A house with a lit window."""
    from PIL import ImageDraw

    size = min(on.size) * 0.14
    x, y = on.width * 0.24, on.height * 0.66
    draw = ImageDraw.Draw(on)
    draw.rectangle(
        (x, y, x + size * 1.3, y + size), fill=mixed((222, 206, 184), NIGHT, 0.5 if scene.light == "night" else 0.1)
    )
    draw.polygon(
        [(x - size * 0.15, y), (x + size * 0.65, y - size * 0.7), (x + size * 1.45, y)],
        fill=scene.tint or (128, 62, 52),
    )
    lamp = mixed((250, 214, 130), (255, 240, 190), 0.5 + 0.5 * math.sin(at * 3))
    draw.rectangle((x + size * 0.5, y + size * 0.3, x + size * 0.8, y + size * 0.62), fill=lamp)


def falling(on: Image, scene: Scene, at: float) -> None:
    """Snow, or rain."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(on, "RGBA")
    snow = "snow" in scene.things
    dice = scene.chance("falling")
    for _ in range(200):
        speed = dice.uniform(0.1, 0.2) if snow else dice.uniform(1.2, 1.8)
        x = dice.random() * on.width + (math.sin(at + dice.uniform(0, 6)) * on.width * 0.01 if snow else 0)
        y = (dice.random() + at * speed) % 1.0 * on.height
        size = max(1.0, on.height * dice.uniform(0.002, 0.006))
        if snow:
            draw.ellipse((x - size, y - size, x + size, y + size), fill=(255, 255, 255, 210))
        else:
            draw.line((x, y, x - size, y + size * 7), fill=(220, 230, 240, 110), width=max(1, round(size / 3)))
