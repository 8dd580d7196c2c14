"""Examples in the showcases of models (contract section 10), drawn when somebody first asks for one.

Their addresses in the catalogue are without a host, since the demo is at another port each time. They need no key.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from .errors import not_found
from .json_values import Json, table, tables, text
from .models import Shelf
from .studio import FORMATS, Made, Order, make

_RATIO = re.compile(r"\b\d{1,2}:\d{1,2}\b")
_HALF_A_DAY = "public, max-age=43200"


@dataclass(slots=True)
class Examples:
    """The route under /examples."""

    shelf: Shelf
    _drawn: dict[str, Made] = field(default_factory=dict)
    _drawing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def show(self, request: Request) -> Response:
        """GET /examples/{id}/{name}."""
        path = PurePosixPath(request.url.path)
        order = self._order(str(request.path_params["id"]), path)
        if order is None:
            raise not_found()
        async with self._drawing:  # one at a time: it takes a processor
            made = self._drawn.get(str(path))
            if made is None:
                made = self._drawn[str(path)] = await asyncio.to_thread(make, order)
        return Response(made.content, media_type=made.media_type, headers={"cache-control": _HALF_A_DAY})

    def _order(self, model: str, path: PurePosixPath) -> Order | None:
        """What is to be drawn; None where no showcase has it."""
        for piece in tables(table(self.shelf.get(model).entry.get("showcase")).get("gallery")):
            if PurePosixPath(text(piece.get("src"))).with_suffix("") == path.with_suffix(""):
                return _order_of(piece, path.suffix.lstrip("."))
        return None


def _order_of(piece: Json, ending: str) -> Order | None:
    asked: Json = {"prompt": text(piece.get("prompt")), "resolution": "480p" if ending == "mp4" else "768sq"}
    if ratio := _RATIO.search(text(piece.get("details"))):
        asked["aspect_ratio"] = ratio[0]
    if ending == "mp4":
        return Order("video", {}, asked)
    return Order("image", {}, {**asked, "output_format": ending}) if ending in FORMATS else None
