"""Takes escape characters out of what is pasted, before anything reads keys from it.

A terminal puts a paste between two marks, and most leave ESC out of it; some do not. What a page put on the clipboard
could press keys here then: send, cancel, delete. Between the marks nothing but text can come.
"""

from __future__ import annotations

START, END = "\x1b[200~", "\x1b[201~"
"""The marks of a bracketed paste."""


class PasteFilter:
    """What the terminal sent, piece by piece, with pastes made harmless."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""
        """The end of what was handed on, that may be the beginning of the first mark."""
        self._held = ""
        """The end of what came within a paste, that may be the beginning of the last mark."""

    def pass_on(self, data: str) -> str:
        """The part of what has come that is settled; "" where more is needed to know what it is."""
        passed: list[str] = []
        while data:
            if self._inside:
                data, text = "", self._held + data
                content, found, data = text.partition(END)
                kept = 0 if found else _beginning_at_end(content, END)
                self._held = content[len(content) - kept :]
                passed.append(content[: len(content) - kept].replace("\x1b", ""))
                if found:
                    passed.append(END)
                    self._inside, self._tail = False, ""
                    continue
                break
            seen = self._tail + data
            at = seen.find(START)
            if at < 0:
                self._tail = seen[len(seen) - _beginning_at_end(seen, START) :]
                passed.append(data)
                break
            through = at + len(START) - len(self._tail)
            passed.append(data[:through])
            data, self._inside, self._held = data[through:], True, ""
        return "".join(passed)


def _beginning_at_end(text: str, mark: str) -> int:
    """How many characters at the end of a text are the beginning of a mark."""
    return next((size for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), 0)
