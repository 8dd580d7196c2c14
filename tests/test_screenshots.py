"""The pictures in `screenshots/`: there are those that are promised, and nothing of a machine is in them.

Those of scenes are drawn from the cells of the app, those called `terminal-` are photographs of terminals.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from PIL import Image
from rich.segment import Segment
from rich.style import Style

from screenshots.__main__ import main
from screenshots.drawing import BLOCKS, HEIGHT, WIDTH, draw
from screenshots.terminals import SHOTS
from tests.scenes.scenes import SCENES

ROOT = Path(__file__).resolve().parents[1]
ALL = sorted((ROOT / "screenshots").glob("*.png"), key=lambda picture: picture.stem)
PICTURES = [picture for picture in ALL if not picture.stem.startswith("terminal-")]
PHOTOGRAPHS = [picture for picture in ALL if picture not in PICTURES]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_scene_has_its_picture_and_every_picture_its_scene() -> None:
    assert [picture.stem for picture in PICTURES] == sorted(SCENES)


def test_the_pictures_of_the_readme_are_there() -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)

    assert shown[0] == "screenshots/terminal-kitty-gallery-120x40.png"
    assert all((ROOT / name).is_file() for name in shown)


@pytest.mark.parametrize("picture", PICTURES, ids=[picture.stem for picture in PICTURES])
class TestPicture:
    def test_it_is_small(self, picture: Path) -> None:
        assert picture.stat().st_size < 150_000

    def test_it_holds_colours_and_nothing_else(self, picture: Path) -> None:
        assert set(_chunks(picture.read_bytes())) == {"IHDR", "PLTE", "IDAT", "IEND"}

    def test_it_has_the_size_of_its_scene(self, picture: Path) -> None:
        width, height = struct.unpack(">II", picture.read_bytes()[16:24])
        columns, rows = SCENES[picture.stem].size

        assert (width - columns * WIDTH, height - rows * HEIGHT) == (24, 24)


def test_every_shot_has_its_photograph_and_every_photograph_its_shot() -> None:
    assert [picture.stem for picture in PHOTOGRAPHS] == sorted(SHOTS)


@pytest.mark.parametrize("photograph", PHOTOGRAPHS, ids=[photograph.stem for photograph in PHOTOGRAPHS])
class TestPhotograph:
    def test_it_is_small(self, photograph: Path) -> None:
        assert photograph.stat().st_size < 250_000

    def test_it_holds_colours_and_nothing_else(self, photograph: Path) -> None:
        assert set(_chunks(photograph.read_bytes())) == {"IHDR", "PLTE", "IDAT", "IEND"}

    def test_it_has_the_shape_of_its_terminal(self, photograph: Path) -> None:
        columns, rows = SHOTS[photograph.stem].cells
        with Image.open(photograph) as image:
            # Terminals add a few pixels round their cells, and fonts differ by one or two.
            assert abs(image.width / columns - 9) < 1.5
            assert abs(image.height / rows - 18) < 3


def _chunks(png: bytes) -> list[str]:
    """The types of the chunks of a PNG file, where text about its making would stand."""
    types, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        types.append(png[place + 4 : place + 8].decode("ascii"))
        place += length + 12
    return types


def test_half_blocks_meet_without_a_seam() -> None:
    ink = Style(color="#63cdbf", bgcolor="#14161a")
    image = draw([[Segment("▄▄", ink)], [Segment("█▌", ink)]], 2, "#14161a").convert("RGB")
    column = [image.getpixel((12 + WIDTH // 4, 12 + y)) for y in range(2 * HEIGHT)]

    assert column == [(0x14, 0x16, 0x1A)] * (HEIGHT // 2) + [(0x63, 0xCD, 0xBF)] * (HEIGHT * 3 // 2)


def test_a_rare_colour_stays_what_it_is() -> None:
    lines = [[Segment("█" * 40, Style(color=f"#{shade:02x}{shade:02x}{shade:02x}"))] for shade in range(60)]
    image = draw([*lines, [Segment("▌", Style(color="#f0807a"))]], 40, "#14161a").convert("RGB")

    assert image.getpixel((13, 12 + 60 * HEIGHT + 2)) == (0xF0, 0x80, 0x7A)


@pytest.mark.parametrize("sign", BLOCKS)
def test_a_block_fills_a_part_of_its_cell(sign: str) -> None:
    assert all(0 <= left < right <= 1 and 0 <= top < bottom <= 1 for left, top, right, bottom in BLOCKS[sign])


def test_a_scene_that_does_not_exist_is_answered_with_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-scene"]) == 2

    said = capsys.readouterr().err
    assert "no-such-scene" in said
    assert all(name in said for name in SCENES)
