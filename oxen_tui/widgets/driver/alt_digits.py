"""alt and a digit as most terminals send them: Esc and the digit in one go.

Textual has these sequences for the characters that Option types on a Mac in one terminal that sends them so, and
alt+2 wrote ™ into the composer in every terminal without the newer keyboard protocol: xterm, tmux, GNOME's.
"""

from __future__ import annotations

from enum import Enum
from typing import cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


class AltDigit(Enum):
    """Textual's table wants names with a `value`."""

    ONE = "alt+1"
    TWO = "alt+2"
    THREE = "alt+3"
    FOUR = "alt+4"
    FIVE = "alt+5"


def install() -> None:
    """Let these keys be read as what they are, in this process. Call it before the terminal is read."""
    table = cast(dict[str, tuple[Enum, ...]], ANSI_SEQUENCES_KEYS)
    for key in AltDigit:
        table[f"\x1b{key.value[-1]}"] = (key,)
