"""The one picture that stands for a file: a picture itself, or the poster of a clip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.media.decode import WHITE, PictureHeader, open_picture, read_header
from oxen_tui.media.picture_source import kind_of_file

if TYPE_CHECKING:
    from PIL.Image import Image


def read_still(path: Path) -> PictureHeader:
    """What the file says about itself; hardly anything is decoded.

    Raises:
        CannotShow: It is neither picture nor clip, or damaged, or too large.
    """
    if not _is_clip(path):
        return read_header(path)
    from oxen_tui.media.clip import Clip

    with Clip(path) as clip:
        return clip.header


def open_still(
    path: Path,
    box: tuple[int, int] | None = None,
    *,
    ground: tuple[int, int, int] = WHITE,
    stop: Callable[[], bool] | None = None,
) -> Image:
    """The picture, or the poster of the clip, as RGB; see `decode.open_picture`.

    Raises:
        CannotShow: With a sentence why.
        Stopped: `stop` said so.
    """
    if not _is_clip(path):
        return open_picture(path, box, ground=ground, stop=stop)
    from oxen_tui.media.clip import Clip

    with Clip(path, stop=stop) as clip:
        return clip.poster(box).picture


def _is_clip(path: Path) -> bool:
    kind = kind_of_file(path)
    return kind is not None and kind.kind == "video"
