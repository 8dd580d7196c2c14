"""Results as small files: decoded once behind limits, kept as JPEG of a few kilobytes, fitted to where they stand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.atomic import write_whole
from oxen_tui.media.decode import open_picture
from oxen_tui.media.picture_source import CannotShow
from oxen_tui.media.still import open_still
from oxen_tui.paths import FolderError, make_folder

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 480
"""Pixels that a small file has at most in either direction: as many as a tile or a narrow detail shows."""
_QUALITY = 84
_MARGIN = 3
"""So much larger than the tile is what is made small for it: its parts may be cut off, and filters want pixels."""
_FORM = "1"
"""Part of the names of files: another number makes them all anew."""
_MOST_FILES = 6_000
"""About 100 MB. When there are more, the older half goes."""
_MOST_CUT = 0.34
"""Of a picture, to have its tile filled: a square in a tile of 22 by 8 cells just is."""


class NoThumbnail(Exception):
    """There is no small picture of a file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in words for the user; "" where nothing is wrong, as with a sound."""


class SmallFiles:
    """A folder of them. Blocks: for a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counted = False

    def picture(self, path: Path, kind: str, box: tuple[int, int]) -> Image:
        """A result in pixels, fitted to a box.

        Raises:
            NoThumbnail: It has no picture, is missing, or cannot be decoded.
        """
        # A JPEG is read at an eighth of its size where that is enough, in a fraction of the time.
        return fit(self._small(path, kind, (_MARGIN * box[0], _MARGIN * box[1])), box)

    def whole(self, path: Path, kind: str) -> Image:
        """A result in pixels, in its own shape, within `SIDE`.

        Raises:
            NoThumbnail: Likewise.
        """
        return self._small(path, kind)

    def _small(self, path: Path, kind: str, least: tuple[int, int] | None = None) -> Image:
        place = self._place(path)
        if place.exists():
            try:
                return open_picture(place, least)
            except CannotShow:
                place.unlink(missing_ok=True)  # half of it was lost: it is made again
        made = _decoded(path, kind)
        self._keep(place, made)
        return made

    def _place(self, path: Path) -> Path:
        """Where the small file lies: by what the file is now, so that another file of that name is another one."""
        try:
            facts = path.stat()
        except FileNotFoundError:
            raise NoThumbnail("missing") from None
        except OSError as error:
            raise NoThumbnail(error.strerror or "It cannot be read") from error
        known = f"{_FORM}|{path}|{facts.st_size}|{facts.st_mtime_ns}"
        return self._folder / f"{hashlib.sha256(known.encode('utf-8', 'surrogateescape')).hexdigest()[:40]}.jpg"

    def _keep(self, place: Path, picture: Image) -> None:
        import io

        content = io.BytesIO()
        picture.save(content, "JPEG", quality=_QUALITY, optimize=True)
        try:
            make_folder(self._folder)
            self._sweep_once()
            write_whole(place, content.getvalue())
        except (OSError, FolderError):
            return  # a full or read-only disk: it is shown all the same, and decoded again the next time

    def _sweep_once(self) -> None:
        """Once in a session, make room where very many are kept."""
        if self._counted:
            return
        self._counted = True
        files = [entry for entry in self._folder.iterdir() if entry.suffix == ".jpg"]
        if len(files) > _MOST_FILES:
            for file in sorted(files, key=lambda each: each.stat().st_mtime)[: len(files) // 2]:
                file.unlink(missing_ok=True)


def fit(picture: Image, box: tuple[int, int]) -> Image:
    """The picture made so small that it fills the box, or lies within it where filling would cut off too much."""
    from PIL import ImageOps
    from PIL.Image import Resampling

    width, height = picture.size
    scale = max(box[0] / width, box[1] / height)
    kept = (box[0] * box[1]) / (width * scale * height * scale)
    if 1 - kept <= _MOST_CUT:
        return ImageOps.fit(picture, box, Resampling.LANCZOS)
    inside = min(box[0] / width, box[1] / height)
    size = max(1, round(width * inside)), max(1, round(height * inside))
    return picture.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def _decoded(path: Path, kind: str) -> Image:
    if kind not in ("image", "video"):
        raise NoThumbnail("")
    try:
        return open_still(path, (SIDE, SIDE))
    except CannotShow as error:
        raise NoThumbnail(error.sentence) from error
