"""Models for tests of the catalogue: entries as a server lists them, and an index made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from oxen_tui.api.model_list import entries
from oxen_tui.demo.catalogue import HINTS_KEY, load_models
from oxen_tui.services.catalogue.columns import Columns
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.services.catalogue.listing import Listing, listing_of

Entry = dict[str, Any]


def entry(name: str, **more: Any) -> Entry:
    """One model: a painter that takes text, unless said otherwise."""
    return {
        "id": name,
        "object": "model",
        "created": 1_770_000_000,
        "summary": "",
        "model_type": "base",
        "endpoint": "/images/generate",
        "capabilities": {"input": ["text"], "output": ["image"]},
        "pricing": {"method": "per_image", "cost_per_image": 0.04},
        "developer": {"name": "Test Works"},
        **more,
    }


def schema(*names: str, required: Iterable[str] = (), **fields: Any) -> Entry:
    """A request schema of plain strings and of given fields."""
    properties = {name: {"type": "string"} for name in names} | fields
    return {"type": "object", "properties": properties, "required": list(required)}


def chat(name: str, **more: Any) -> Entry:
    pricing = {"method": "token", "input_cost_per_token": 1e-6, "output_cost_per_token": 5e-6}
    sides = {"input": ["text"], "output": ["text"]}
    return entry(name, endpoint="/chat/completions", capabilities=sides, **{"pricing": pricing, **more})


def video(name: str, **more: Any) -> Entry:
    pricing = {"method": "per_video_output_second", "cost_per_second": 0.1}
    sides = {"input": ["text", "image"], "output": ["video"]}
    return entry(name, endpoint="/videos/generate", **{"capabilities": sides, "pricing": pricing, **more})


def body_of(models: Iterable[Entry]) -> bytes:
    """A list answer."""
    return json.dumps({"object": "list", "data": list(models)}).encode()


def index_of(*models: Entry) -> CatalogueIndex:
    """What a catalogue makes of the list."""
    return CatalogueIndex(Columns.of(listings_of(*models)))


def listings_of(*models: Entry) -> list[Listing]:
    found = (listing_of(each.value, each.start, each.end) for each in entries(body_of(models)))
    return [listing for listing in found if listing is not None]


@cache
def demo_entries() -> tuple[Entry, ...]:
    """As the demo service lists them."""
    return tuple({key: value for key, value in each.items() if key != HINTS_KEY} for each in load_models())


def made(count: int) -> list[Entry]:
    """Many models in the likeness of the demo's."""
    shapes = demo_entries()
    return [
        {**shapes[number % len(shapes)], "id": f"made-{number}-{shapes[number % len(shapes)]['id']}"}
        for number in range(count)
    ]
