"""How a medium is named in a form: a file: URL for what is on this machine, https: and data: URLs as they are."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from oxen_tui.safe_text import clean, clean_line

_URL = re.compile(r"(?:https?|file)://|data:|file:/", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([^\w/])")


def medium_address(text: str) -> str:
    """What the form keeps for what was typed or dropped: a path (`~/ox.png`) becomes a file: URL. "" for nothing.

    Terminals put quotes around a dropped path, or backslashes before its spaces.
    """
    text = clean(text).strip()
    if _URL.match(text):
        return text
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif os.sep == "/":
        text = _ESCAPED.sub(r"\1", text)
    if not text:
        return ""
    if _URL.match(text):
        return text
    return Path(os.path.abspath(home_expanded(text))).as_uri()


def home_expanded(text: str) -> str:
    """With `~` as the folder it means; as it is where that is not known."""
    return os.path.expanduser(text)


def path_of(address: str) -> Path | None:
    """The file that a file: URL names; None for other addresses, and for a file on another machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = unquote(parts.path)
    if os.name == "nt":
        path = path.lstrip("/")
    return Path(path) if path and "\0" not in path else None


def address_label(address: str) -> str:
    """A medium's name, short: of a file its last part, of an address its last part and the host."""
    if address[:5].lower() == "data:":
        kind = re.match(r"data:([\w.+-]+/[\w.+-]+)", address, re.IGNORECASE)
        return f"{clean_line(kind[1], 40)} in the request" if kind else "data in the request"
    path = path_of(address)
    if path is not None:
        return clean_line(path.name or str(path), 200)
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return clean_line(address, 100)
    name = unquote(parts.path).rstrip("/").rsplit("/", 1)[-1]
    return clean_line(f"{name} from {host}" if name and host else host or address, 200)
