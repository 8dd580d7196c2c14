"""Tiles that are made up, with pictures of one colour each."""

from __future__ import annotations

from PIL import Image

from oxen_tui.widgets.gallery.tile import Tile


class MadeTiles:
    """So many tiles; `drawn` are the pictures that were asked for."""

    def __init__(self, number: int, **known: str | bool) -> None:
        self.keys = [str(place) for place in range(number)]
        self.known = known
        self.drawn: list[str] = []
        self.there = True

    def __len__(self) -> int:
        return len(self.keys)

    def key_at(self, index: int) -> str:
        return self.keys[index]

    def find(self, key: str) -> int | None:
        return self.keys.index(key) if key in self.keys else None

    def tile_at(self, index: int) -> Tile:
        key = self.keys[index]
        return Tile(key, f"Picture {key}", "$0.04", **self.known)  # type: ignore[arg-type]

    def picture(self, key: str, box: tuple[int, int]) -> Image.Image | None:
        self.drawn.append(key)
        return Image.new("RGB", box, (200, int(key) % 256, 40)) if self.there else None
