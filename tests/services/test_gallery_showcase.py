"""Examples of a model: read from the catalogue, fetched when asked for, kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pytest

from oxen_tui.api.model import Model
from oxen_tui.services.gallery_showcase import NotFetched, Showcase, Showpiece, showpieces
from tests.services.gallery_jobs import picture

BASE = "https://hub.example/api/ai"


class OneFile:
    """A client that has one file for every address, and counts who asks."""

    def __init__(self, content: bytes) -> None:
        self.content, self.asked = content, list[str]()

    async def download(self, url: str, into: BinaryIO, *, limit: int = 0) -> object:
        self.asked.append(url)
        into.write(self.content)
        return None

    async def get(self) -> OneFile:
        return self


def model(gallery: Any) -> Model:
    return Model.from_json({"id": "m", "showcase": {"gallery": gallery}})


def test_examples_are_read_and_cleaned() -> None:
    entry = {
        "src": "https://x.example/a.png",
        "title": "Li\x1bnen",
        "prompt": "Teapot",
        "alt": None,
        "details": "3:2",
    }
    assert showpieces(model([entry]), BASE) == (Showpiece("https://x.example/a.png", "Li\u241bnen", "Teapot", "3:2"),)
    assert showpieces(model([{"src": "/files/a.png"}]), BASE)[0].url == "https://hub.example/files/a.png"


@pytest.mark.parametrize("gallery", [None, 5, [5], [{"src": "file:///etc/passwd"}], [{"src": "javascript:x"}], [{}]])
def test_what_is_no_address_on_the_web_is_no_example(gallery: Any) -> None:
    found = showpieces(model(gallery), BASE)
    assert all(piece.url.startswith("https://hub.example/") for piece in found)


async def test_an_example_is_fetched_once(tmp_path: Path) -> None:
    client = OneFile(picture())
    piece = Showpiece("https://x.example/a.html")
    showcase = Showcase(tmp_path / "cache", client.get)
    assert showcase.kept(piece) is None
    first = await showcase.fetch(piece)
    assert first.suffix == ".png"
    assert await showcase.fetch(piece) == first
    assert client.asked == ["https://x.example/a.html"]


async def test_a_page_in_the_place_of_a_picture_is_said(tmp_path: Path) -> None:
    showcase = Showcase(tmp_path / "cache", OneFile(b"<!doctype html><html>").get)
    with pytest.raises(NotFetched) as said:
        await showcase.fetch(Showpiece("https://x.example/a.png"))
    assert "neither" in said.value.sentence


async def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(NotFetched):
        await Showcase(tmp_path / "cache", OneFile(picture()).get).fetch(Showpiece("https://x.example/a.png"))
