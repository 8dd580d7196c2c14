"""How large a file is, in words. A leaf: every room may import it."""

from __future__ import annotations

from typing import Final

_UNITS: Final = {"GB": 1_000_000_000, "MB": 1_000_000, "KB": 1_000, "B": 1}


def file_size(size: int) -> str:
    """`840 B`, `5.2 KB`, `412 KB`, `34.8 MB`, `128 MB`, `1.2 GB`.

    Args:
        size: Bytes. A kilobyte has a thousand of them.
    """
    unit, factor = next((each for each in _UNITS.items() if size >= 0.9995 * each[1]), ("B", 1))
    is_whole = unit == "B" or size >= (9.95 if unit == "KB" else 99.95) * factor
    return f"{size / factor:.{0 if is_whole else 1}f} {unit}"


def part_of_size(came: int, whole: int) -> str:
    """`12.1 of 34.8 MB`: what came of a file so far, in the unit of all of it."""
    figure, unit = file_size(whole).split(" ")
    return f"{came / _UNITS[unit]:.{1 if '.' in figure else 0}f} of {figure} {unit}"
