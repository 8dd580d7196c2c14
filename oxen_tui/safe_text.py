"""Cleaning of foreign text, where it enters. A leaf: every room may import it.

Text from a model, a server or a file may carry escape sequences that act on the terminal (set the title, write
the clipboard, clear the screen), characters that turn the reading direction, or the placeholder with which a
terminal draws pictures. Widgets pass all of them through unchanged, so they are taken out once, at the border.

The cleaning looks at single characters only. It therefore gives the same result however a stream was cut into
fragments; a pattern for whole sequences would miss one that is split over two fragments.
"""

from __future__ import annotations

_ESCAPE_SHOWN = "\u241b"
"""ESC is shown as the symbol for it, so that a reader of a model's answer about escape codes still sees them."""

_DROPPED = (
    *(code for code in range(0x20) if code not in (0x09, 0x0A, 0x1B)),
    0x7F,
    *range(0x80, 0xA0),  # C1: some terminals take 0x9B for CSI
    0x00AD,  # soft hyphen: zero cells in some terminals, one in others
    0x061C,
    0x200B,  # zero-width space; the joiners stay, emoji and Persian need them
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xD800, 0xE000),  # lone surrogates cannot be encoded and would end the writer thread
    *range(0xE0000, 0xE0080),  # tag characters: text that nobody sees
    0x10EEEE,  # the picture placeholder of the terminal graphics protocol
)

_TEXT = dict.fromkeys(_DROPPED) | {0x1B: _ESCAPE_SHOWN, 0x2028: "\n", 0x2029: "\n"}
_LINE = _TEXT | {0x09: " ", 0x0A: " ", 0x2028: " ", 0x2029: " "}


def clean(text: str) -> str:
    """Text of any length, newlines and tabs kept. Safe to apply to each fragment of a stream."""
    return text.translate(_TEXT)


def clean_line(text: str, limit: int = 500) -> str:
    """Text for one line (a name, a title, a cell, a notification), at most `limit` characters."""
    line = text[: limit * 2].translate(_LINE)
    return line if len(line) <= limit else line[: limit - 1] + "…"
