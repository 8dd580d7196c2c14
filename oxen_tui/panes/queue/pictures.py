"""Pictures for the queue: the result of a job, else what was put into its request."""

from __future__ import annotations

import mimetypes
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from oxen_tui.panes.jobs.units import Unit
from oxen_tui.services.session import Session
from oxen_tui.store.job import Job
from oxen_tui.terminal import display
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.half_cells import half_cell_pixels
from oxen_tui.widgets.jobs.lines import TILE_ROWS
from oxen_tui.widgets.jobs.row import SmallPicture
from oxen_tui.widgets.picture.tiles import tile_pixels

if TYPE_CHECKING:
    from PIL.Image import Image

_HALF_ROWS = 2 * TILE_ROWS
_BOX = 32, 24
"""Pixels that tiles in half cells of any width are made from."""
_KEPT = 300
_LONGEST = 4_096
"""Characters of an address of a file; longer ones are data."""


class QueuePictures:
    """Small pictures of the jobs in view. Others are neither made nor kept for long."""

    def __init__(self, session: Session, came: Callable[[], None]) -> None:
        """
        Args:
            session: Has the small pictures.
            came: Called when one came.
        """
        self._session = session
        self._came = came
        self._tiles: OrderedDict[tuple[int, int, Display], SmallPicture] = OrderedDict()
        self._end: Callable[[], None] | None = None

    def of(self, unit: Unit, columns: int) -> SmallPicture | None:
        """What is here already, for a tile of so many cells."""
        if (found := _picture_of(unit)) is None or self._end is None:
            return None
        name = (found[0], columns, display.in_use())
        if name not in self._tiles:
            picture = self._session.thumbnails.get(found[0], _box(columns))
            if picture is None:
                return None
            self._tiles[name] = _tile(str(found[0]), picture, columns)
            if len(self._tiles) > _KEPT:
                self._tiles.popitem(last=False)
        return self._tiles[name]

    def look_at(self, units: Sequence[Unit], columns: int) -> None:
        """Have the pictures of these made, where tiles have so many cells; 0 is no tiles."""
        found = [each for unit in units if (each := _picture_of(unit)) is not None] if columns else []
        if not found and self._end is None:
            return  # nothing is loaded that nobody needs
        from oxen_tui.services.gallery.thumbnails import Wanted

        thumbnails = self._session.thumbnails
        if self._end is None:
            self._end = thumbnails.subscribe(lambda _: self._came())
        thumbnails.want([Wanted(key, self._path(place), kind, _box(columns)) for key, place, kind in found])

    def look_away(self) -> None:
        """Nobody sees them now."""
        if self._end is not None:
            self._session.thumbnails.want(())

    def close(self) -> None:
        """No more."""
        if self._end is not None:
            self.look_away()
            self._end()
            self._end = None

    def file_of(self, unit: Unit) -> Path | None:
        """The file of which the page shows a picture."""
        found = _picture_of(unit)
        return self._path(found[1]) if found is not None and found[2] != "audio" else None

    def _path(self, place: str | Path) -> Path:
        return place if isinstance(place, Path) else self._session.results.folder / place


_Found = tuple[int, str | Path, str]
"""A number that names the picture, a name among the results or a path, and its kind."""


def _picture_of(unit: Unit) -> _Found | None:
    for job in unit.jobs:
        if job.file is not None and job.deleted_at is None and job.kind != "audio":
            return job.id, job.file.name, job.kind
    return _input_of(unit.first)


def _input_of(job: Job) -> _Found | None:
    """The first picture or clip of this machine in a request."""
    for text in _texts(job.body):
        if text.startswith("file:") and len(text) <= _LONGEST:
            path = Path(unquote(urlsplit(text).path))
            kind = (mimetypes.guess_type(path.name)[0] or "image/").partition("/")[0]
            if kind in ("image", "video"):
                return -job.id, path, kind  # another picture than the result that will come
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry)


def _box(columns: int) -> tuple[int, int]:
    """Pixels of what a tile is made from."""
    return tile_pixels(columns, TILE_ROWS) if display.in_use().mode is PictureMode.TGP else _BOX


def _tile(key: str, picture: Image, columns: int) -> SmallPicture:
    """The middle of a picture, as much as fills its tile."""
    from PIL import ImageOps

    if display.in_use().mode is PictureMode.TGP:
        return SmallPicture(b"", columns, key, ImageOps.fit(picture, tile_pixels(columns, TILE_ROWS)))
    filled = ImageOps.fit(picture, (columns, _HALF_ROWS))
    pixels = half_cell_pixels(filled, columns, _HALF_ROWS, truecolour=display.in_use().truecolour)
    return SmallPicture(pixels, columns, key)
