"""Examples in showcases: real files behind the addresses in the catalogue, drawn when they are asked for."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from oxen_tui.demo.catalogue import load_models
from oxen_tui.demo.models import Model
from tests.demo.conftest import Make
from tests.demo.stand_ins import model

PIECES: list[dict[str, Any]] = [
    {"src": "/examples/lab/shown/firs.webp", "details": "16:9, 20 steps", "prompt": "Firs in fog"},
    {"src": "/examples/lab/shown/waves.mp4", "details": None, "prompt": "Waves"},
]
SHOWN = model("lab/shown", "text", "image", showcase={"hero_image": None, "tagline": None, "gallery": PIECES})


def pieces(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    gallery: list[dict[str, Any]] = (entry.get("showcase") or {}).get("gallery", [])
    return gallery


async def test_an_example_is_drawn_from_its_prompt_and_in_its_shape(make: Make) -> None:
    wire = await make(models=[SHOWN])
    wire.client.headers.clear()  # no key
    answer = await wire.get(PIECES[0]["src"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    drawn = Image.open(io.BytesIO(answer.content))
    assert abs(drawn.width / drawn.height - 16 / 9) < 0.02
    assert (await wire.get(PIECES[0]["src"])).content == answer.content
    still = await wire.get("/examples/lab/shown/waves.png")
    assert still.headers["content-type"] == "image/png"


async def test_a_clip_is_an_example_too(make: Make) -> None:
    wire = await make(models=[SHOWN])
    answer = await wire.get(PIECES[1]["src"])
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.content[4:8] == b"ftyp"


async def test_what_no_showcase_has_is_not_drawn(make: Make) -> None:
    wire = await make(models=[SHOWN])
    for path in ("lab/shown/other.webp", "lab/shown/firs.svg", "lab/shown/firs", "nobody/firs.webp"):
        assert (await wire.get(f"/examples/{path}")).status_code == 404, path


def test_showcases_of_the_catalogue_are_addresses_of_the_demo() -> None:
    entries = [entry for entry in load_models() if pieces(entry)]
    assert {Model(entry, {}).kind for entry in entries} == {"image", "video"}
    assert len(entries) >= 4
    for entry in entries:
        sources = [piece["src"] for piece in pieces(entry)]
        assert len(set(sources)) == len(sources) > 1
        assert all(source.startswith(f"/examples/{entry['id']}/") for source in sources)
        assert all(piece["prompt"] for piece in pieces(entry))
