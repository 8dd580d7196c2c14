"""The few fields of a TIFF table that tell how a picture is shown: in TIFF files, and in the EXIF of other ones."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_WIDTH, _HEIGHT, _ORIENTATION = 256, 257, 274
_ON_ITS_SIDE = range(5, 9)
_NUMBERS = {1: "B", 3: "H", 4: "I"}
"""Types of fields that are whole numbers."""


@dataclass(frozen=True, slots=True)
class TiffFields:
    """What was found; None is not said."""

    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    """1 to 8, as EXIF numbers them."""

    @property
    def is_turned(self) -> bool:
        """Whether it is shown turned by a quarter, so that width and height change places."""
        return self.orientation in _ON_ITS_SIDE


def tiff_fields(block: bytes) -> TiffFields:
    """The fields of the first table; none of them for what is damaged, since a picture can be shown without."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return TiffFields()
    found: dict[int, int] = {}
    try:
        (table,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, table)
        for each in range(min(count, 1000)):
            place = table + 2 + 12 * each
            tag, kind = struct.unpack_from(f"{order}HH", block, place)
            if tag in (_WIDTH, _HEIGHT, _ORIENTATION) and kind in _NUMBERS:
                (found[tag],) = struct.unpack_from(f"{order}{_NUMBERS[kind]}", block, place + 8)
    except struct.error:
        return TiffFields()
    return TiffFields(found.get(_WIDTH), found.get(_HEIGHT), found.get(_ORIENTATION))
