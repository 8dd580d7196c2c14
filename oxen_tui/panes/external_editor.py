"""Edits a text in the user's own editor, in the terminal that the app hands over meanwhile."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from oxen_tui.safe_text import clean


class EditorFailed(Exception):
    """No editor was found, or it ended with an error; the text is as it was."""


def edit_text(text: str, environ: Mapping[str, str] = os.environ, *, suffix: str = ".md") -> str:
    """The text as the editor left it. Blocks: to be called while the app is suspended.

    Args:
        suffix: By which the editor knows what kind of text it is.

    Raises:
        EditorFailed: With what to set, in a sentence.
    """
    chosen = environ.get("VISUAL") or environ.get("EDITOR") or next(filter(shutil.which, ("nano", "vi")), "")
    if not chosen:
        raise EditorFailed("No editor found. Set EDITOR to the one you use")
    command = shlex.split(chosen)
    # mkstemp makes the file 0600: a question may hold what nobody else on the machine should read.
    descriptor, name = tempfile.mkstemp(prefix="message-", suffix=suffix, text=True)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            ended = subprocess.run([*command, name], check=False)
        except OSError as error:
            raise EditorFailed(f"{command[0]} cannot be started: {error.strerror}") from error
        if ended.returncode:
            raise EditorFailed(f"{command[0]} ended with an error; the text is as it was")
        return clean(path.read_text(encoding="utf-8", errors="replace")).removesuffix("\n")
    finally:
        path.unlink(missing_ok=True)
