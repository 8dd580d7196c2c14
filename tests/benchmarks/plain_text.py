"""Takes the escape sequences out of what a program writes, so that a text can be looked for as it is read."""

from __future__ import annotations

import re

SEQUENCE = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\x1b[P_^X].*?(?:\x1b\\|\x07)"  # DCS, APC, PM, SOS
    rb"|\x1b\].*?(?:\x07|\x1b\\)"  # OSC
    rb"|\x1b[ -/]*[0-OQ-WYZ\\`-~]",  # two letters and charsets
    re.S,
)
_LONGEST = 4096
"""An escape character with no end after so many bytes begins no sequence."""


class PlainText:
    """The readable bytes of a stream, without escape sequences, also those that were split over two reads."""

    def __init__(self) -> None:
        self.text = bytearray()
        self._cut = b""

    def feed(self, written: bytes) -> None:
        data = self._cut + written
        last = data.rfind(b"\x1b")
        whole = last < 0 or len(data) - last > _LONGEST or SEQUENCE.match(data, last) is not None
        end = len(data) if whole else last
        self._cut = data[end:]
        self.text += SEQUENCE.sub(b"", data[:end])
