"""Examples of a model: read from the catalogue, fetched when asked for, kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from oxen_tui.api.address import Address
from oxen_tui.api.errors import ServerFailed
from oxen_tui.api.model import Model
from oxen_tui.services.gallery.showcase import Fetched, NotFetched, Showcase, Showpiece, showpieces
from tests.services.gallery_jobs import picture

HUB = Address.parse("https://hub.example/api/ai")


class OneFile:
    """A client that has one file for every address, and counts who asks."""

    def __init__(self, content: bytes, address: Address = HUB) -> None:
        self.address = address
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
    assert showpieces(model([entry])) == (Showpiece("https://x.example/a.png", "Li\u241bnen", "Teapot", "3:2"),)


@pytest.mark.parametrize(
    "gallery",
    [None, 5, [5], [{"src": "file:///etc/passwd"}], [{"src": "javascript:x"}], [{"src": "http://[x"}], [{}]],
)
def test_what_is_no_address_on_the_web_is_no_example(gallery: Any) -> None:
    assert showpieces(model(gallery)) == ()


async def test_an_example_is_fetched_once(tmp_path: Path) -> None:
    client = OneFile(picture())
    piece = Showpiece("https://x.example/a.html")
    showcase = Showcase(tmp_path / "cache", client.get)
    assert showcase.kept(piece) is None
    first = await showcase.fetch(piece)
    assert first.suffix == ".png"
    assert await showcase.fetch(piece) == first
    assert client.asked == ["https://x.example/a.html"]


async def test_one_that_cannot_be_had_keeps_no_other_back(tmp_path: Path) -> None:
    class Picky(OneFile):
        async def download(self, url: str, into: BinaryIO, *, limit: int = 0) -> object:
            if url.endswith("gone.png"):
                raise ServerFailed(status=500)
            return await super().download(url, into, limit=limit)

    pieces = [Showpiece(f"/{name}.png", name) for name in ("a", "gone", "b")]
    told: dict[int, Fetched] = {}
    fetched = await Showcase(tmp_path, Picky(picture()).get).fetch_all(pieces, told.__setitem__)
    assert [each.piece for each in fetched] == pieces
    assert [each.path is not None for each in fetched] == [True, False, True]
    assert fetched[1].trouble.startswith("It could not be fetched. ")
    assert [told[place] for place in range(3)] == fetched


async def test_an_example_is_known_again_at_another_host(tmp_path: Path) -> None:
    client = OneFile(picture())
    showcase = Showcase(tmp_path / "cache", client.get)
    (piece,) = showpieces(model([{"src": "/examples/a.png", "title": "../A Fir"}]))
    for host in ("http://127.0.0.1:5001", "http://127.0.0.1:5002"):
        client.address = Address.parse(f"{host}/api/ai")
        assert (await showcase.fetch(piece)).name == "a-fir.png"
    assert client.asked == ["http://127.0.0.1:5001/examples/a.png"]


async def test_the_oldest_examples_go_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = picture()
    monkeypatch.setattr("oxen_tui.services.gallery.showcase.MOST_KEPT", 2 * len(content))
    showcase = Showcase(tmp_path / "cache", OneFile(content).get)
    pieces = [Showpiece(f"https://x.example/{number}.png") for number in range(3)]
    for age, piece in enumerate(pieces[:2]):
        os.utime(await showcase.fetch(piece), (1_000 + age, 1_000 + age))
    await showcase.fetch(pieces[2])
    assert [showcase.kept(piece) is not None for piece in pieces] == [False, True, True]


async def test_a_page_in_the_place_of_a_picture_is_said(tmp_path: Path) -> None:
    showcase = Showcase(tmp_path / "cache", OneFile(b"<!doctype html><html>").get)
    with pytest.raises(NotFetched) as said:
        await showcase.fetch(Showpiece("https://x.example/a.png"))
    assert "neither" in said.value.sentence


async def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(NotFetched):
        await Showcase(tmp_path / "cache", OneFile(picture()).get).fetch(Showpiece("https://x.example/a.png"))
