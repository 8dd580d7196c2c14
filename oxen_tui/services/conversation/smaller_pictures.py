"""Copies of pictures that are small enough for any model, and pictures that came without a file. Kept on the disk."""

from __future__ import annotations

import asyncio
import hashlib
import io
from pathlib import Path
from typing import Final

from oxen_tui.atomic import write_whole
from oxen_tui.media.decode import open_picture
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.media.picture_source import CannotShow
from oxen_tui.safe_text import clean_line
from oxen_tui.services.conversation.attachments import CannotAttach
from oxen_tui.store.attachment import Attachment
from oxen_tui.system_words import why

LONGEST_SIDE: Final = 2048
"""Pixels. More is made smaller by the models themselves."""

_MOST_AS_PNG: Final = 1_500_000
"""Bytes up to which a copy stays free of loss: drawings and screens are then sharp."""
_QUALITY: Final = 88


async def smaller_copy(path: Path, folder: Path) -> Attachment:
    """Writes a copy of a picture, upright, no longer than `LONGEST_SIDE`, as PNG or JPEG. In a thread.

    Args:
        path: The picture.
        folder: Where copies are kept; made if need be.

    Raises:
        CannotAttach: It cannot be decoded, or the copy not written.
    """
    return await asyncio.to_thread(_copy, path, folder)


async def kept_picture(content: bytes, folder: Path, name: str) -> Attachment:
    """Keeps a picture that has no file, from the clipboard say.

    Args:
        content: Of a picture file.
        folder: Where it is kept; made if need be.
        name: Shown on its chip, without an ending.

    Raises:
        CannotAttach: It is no picture, or cannot be written.
    """
    return await asyncio.to_thread(_keep, content, folder, name)


def _copy(path: Path, folder: Path) -> Attachment:
    try:
        picture = open_picture(path, (LONGEST_SIDE, LONGEST_SIDE))
    except CannotShow as error:
        raise CannotAttach(f"{error.sentence}.") from error
    out = io.BytesIO()
    picture.save(out, "PNG")
    mime, ending = "image/png", "png"
    if out.tell() > _MOST_AS_PNG:
        out, mime, ending = io.BytesIO(), "image/jpeg", "jpg"
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    written = _written(out.getvalue(), folder, ending)
    name = clean_line(path.name, 200)
    return Attachment("image", name, written.as_uri(), mime, out.tell(), *picture.size, reduced=True)


def _keep(content: bytes, folder: Path, name: str) -> Attachment:
    kind = kind_of(content[:HEAD])
    if kind is None or kind.kind != "image":
        raise CannotAttach("It is no picture.")
    try:
        picture = open_picture(content)
    except CannotShow as error:
        raise CannotAttach(f"{error.sentence}.") from error
    path = _written(content, folder, kind.extension)
    return Attachment("image", f"{name}.{kind.extension}", path.as_uri(), kind.mime, len(content), *picture.size)


def _written(content: bytes, folder: Path, ending: str) -> Path:
    """The same content is written once."""
    path = folder / f"{hashlib.sha256(content).hexdigest()[:20]}.{ending}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            write_whole(path, content)
    except OSError as error:
        raise CannotAttach(f"The copy cannot be written to {folder}: {why(error)}.") from error
    return path
