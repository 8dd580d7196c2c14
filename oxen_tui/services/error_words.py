"""An error of the wire in words: what happened and what to do, then the server's own words on a line of their own."""

from __future__ import annotations

from oxen_tui.api.errors import ApiError


def in_words(error: ApiError) -> str:
    """One line, or two where the server said something."""
    said = f"\nThe server said: {error.server_text}" if error.server_text else ""
    return f"{error.title}. {error.advice}{said}"
