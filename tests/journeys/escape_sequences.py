"""Reads the bytes that a program wrote to its terminal: which sequences act on it, and which modes are left on."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<parameters>[0-9:;]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b(?P<string>[\]P_^X])(?P<words>.*?)(?:\x07|\x1b\\)"
    r"|\x1b(?P<short>[^\[\]P_^X])",
    re.S,
)

_MODES = {
    "1": "application cursor keys",
    "47": "the alternate screen",
    "1047": "the alternate screen",
    "1049": "the alternate screen",
    "9": "mouse reports",
    "1000": "mouse reports",
    "1002": "mouse reports while a button is down",
    "1003": "mouse reports of every move",
    "1004": "focus reports",
    "1005": "mouse coordinates in UTF-8",
    "1006": "mouse coordinates in SGR form",
    "1015": "mouse coordinates in urxvt form",
    "1016": "mouse coordinates in pixels",
    "2004": "bracketed paste",
    "2026": "synchronized output",
    "2048": "resize reports in band",
}


def sequences(raw: bytes) -> Iterator[re.Match[str]]:
    """Every escape sequence, in order.

    Raises:
        UnicodeDecodeError: The program wrote something that is no UTF-8.
    """
    return _SEQUENCE.finditer(raw.decode())


def modes_on(raw: bytes) -> list[str]:
    """The modes that are on at the end, in words: nothing when a terminal is as it is when it opens."""
    on: dict[str, bool] = {}
    keyboards = 0
    for found in sequences(raw):
        if found["private"] == "?" and found["final"] in ("h", "l"):
            for mode in found["parameters"].split(";"):
                on[mode] = found["final"] == "h"
        elif found["final"] == "u" and found["private"] in (">", "<"):
            keyboards += 1 if found["private"] == ">" else -1
        elif found["short"] in ("=", ">"):
            on["keypad"] = found["short"] == "="
    words = [said for mode, said in _MODES.items() if on.get(mode)]
    words += [said for mode, said in (("25", "a hidden cursor"), ("7", "no line wrap")) if on.get(mode) is False]
    if on.get("keypad"):
        words.append("the application keypad")
    if keyboards > 0:
        words.append("the keyboard protocol")
    return words


def shapes(raw: bytes) -> set[str]:
    """What kinds of sequences there are: `CSI m`, `CSI ? 25 h`, `OSC 52`; colours and positions left out."""
    found_shapes = set()
    for found in sequences(raw):
        if found["string"]:
            kind = {"]": "OSC", "P": "DCS", "_": "APC", "^": "PM", "X": "SOS"}[found["string"]]
            found_shapes.add(f"{kind} {found['words'].partition(';')[0][:20]}".strip())
        elif found["short"]:
            found_shapes.add(f"ESC {found['short']}")
        else:
            counts = found["final"] in "mHABCDGd" and not found["private"]
            parts = (found["private"], "" if counts else found["parameters"], found["between"], found["final"])
            found_shapes.add(" ".join(["CSI", *(part for part in parts if part)]))
    return found_shapes
