"""Small files written whole or not at all. A leaf: every room may import it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replaces a file by a temporary one beside it and a rename, so that a reader never sees half of it.

    A link is followed, so that settings kept in a folder of dotfiles stay there.

    Args:
        path: The file; its folder must exist.
        content: All of it.
        mode: The permissions from the first moment on, so that a secret is never readable by others in between.

    Raises:
        OSError: The folder is read-only, the disk is full and the like; the old file is then unchanged.
    """
    import secrets  # loads what a start does without

    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
