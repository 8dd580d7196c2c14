"""Blanks a key wherever it stands, before anything of the wire is kept."""

from __future__ import annotations

import json
from urllib.parse import quote

from oxen_tui.api.secret import Secret

BLANK = "***"
"""What stands where the key stood."""

_SHORTEST = 8
"""Characters: what is shorter (`none`, `test`, for servers that take anything) is no secret, and is in many words."""


class Veil:
    """Knows the forms that a key may take in what is sent and in what a server echoes, and never shows one."""

    __slots__ = ("_bytes", "_texts", "longest")

    def __init__(self, key: Secret | None) -> None:
        self._texts = () if key is None else _forms(key)
        self._bytes = tuple(text.encode() for text in self._texts)
        self.longest = max(map(len, self._bytes), default=0)
        """Bytes of the longest form; 0 where there is nothing to blank."""

    def __repr__(self) -> str:
        return "Veil(...)"

    def text(self, text: str) -> str:
        """Without the key."""
        for form in self._texts:
            while form in text:  # what is left of the text may join to it again
                text = text.replace(form, BLANK)
        return text

    def data(self, data: bytes) -> bytes:
        """Without the key; the very same bytes where it does not stand in them, as nearly always."""
        for form in self._bytes:
            while form in data:
                data = data.replace(form, BLANK.encode())
        return data

    def across(self, before: bytes, data: bytes) -> tuple[int, int]:
        """How many bytes of a key stand at the end of what came before, and how many at the beginning of this."""
        seam = before[-self.longest :] + data[: self.longest]
        for form in self._bytes:
            if form in seam:
                for size in range(len(form) - 1, 0, -1):
                    if before.endswith(form[:size]) and data.startswith(form[size:]):
                        return size, len(form) - size
        return 0, 0


def _forms(key: Secret) -> tuple[str, ...]:
    """The key as it is, in JSON (slashes too, by some servers) and in an address; the longest first."""
    if len(key.reveal()) < _SHORTEST:
        return ()
    escaped = json.dumps(key.reveal(), ensure_ascii=False)[1:-1]
    forms = {key.reveal(), escaped, escaped.replace("/", "\\/"), quote(key.reveal(), safe="")}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
