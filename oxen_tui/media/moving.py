"""Whatever moves: a clip, or a picture of several frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from oxen_tui.media.decode import WHITE, CannotShow
from oxen_tui.media.file_kind import HEAD, kind_of

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
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
    except OSError as error:
        raise CannotShow(f"The file cannot be read: {(error.strerror or str(error)).lower()}") from error
    if kind is not None and kind.kind == "image":
        from oxen_tui.media.animation import Animation

        return Animation(path, stop=stop, ground=ground)
    from oxen_tui.media.clip import Clip

    return Clip(path, stop=stop)
