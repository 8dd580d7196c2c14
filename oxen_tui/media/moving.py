"""Whatever moves: a clip, or a picture of several frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from oxen_tui.media.decode import WHITE
from oxen_tui.media.picture_source import kind_of_file

if TYPE_CHECKING:
    from oxen_tui.media.animation import Animation
    from oxen_tui.media.clip import Clip

    Moving: TypeAlias = "Clip | Animation"


def open_moving(
    path: Path, *, stop: Callable[[], bool] | None = None, ground: tuple[int, int, int] = WHITE
) -> Moving:
    """What reads a file, by its content; not open yet.

    Args:
        path: Of the file.
        stop: Asked between frames; true ends what runs.
        ground: What is seen where a picture is transparent.

    Raises:
        CannotShow: It cannot be read.
    """
    kind = kind_of_file(path)
    if kind is not None and kind.kind == "image":
        from oxen_tui.media.animation import Animation

        return Animation(path, stop=stop, ground=ground)
    from oxen_tui.media.clip import Clip

    return Clip(path, stop=stop)
