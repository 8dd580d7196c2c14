"""The title of the terminal's window: the old one put by, ours set, the old one put back."""

from __future__ import annotations

import os
from collections.abc import Mapping

from oxen_tui.safe_text import clean_line

_LONGEST = 120  # cells would be truer, but a title bar cuts for itself
_WITHOUT_TITLE = ("dumb", "linux", "vt100", "vt220", "")


def has_title(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal has a title; the Linux console would show parts of the sequence instead."""
    return environ.get("TERM", "") not in _WITHOUT_TITLE


def push_title() -> str:
    """Puts the window's title by. Terminals without such a stack ignore it."""
    return "\x1b[22;0t"


def set_title(text: str) -> str:
    """Sets the window's title; the text may come from anywhere, it is cleaned here."""
    return f"\x1b]2;{clean_line(text, _LONGEST)}\x1b\\"


def pop_title() -> str:
    """Puts back what `push_title` put by.

    An empty title is set first: where there is no stack, that gives the terminal's own title back instead of
    leaving ours behind.
    """
    return "\x1b]2;\x1b\\\x1b[23;0t"
