"""Copying through the terminal (OSC 52), which also works over ssh. It is only ever written, never read.

No terminal answers whether it took the text, and VTE-based ones and macOS Terminal ignore it: offer another way
out ("save to file") beside it.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

LARGEST = 74_994
"""Bytes of UTF-8. As base64 with its frame that is under 100,000, where xterm and others stop taking a sequence."""


class TooMuchToCopy(Exception):
    """The text is larger than terminals take; half of it would be worse than none."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size:,} bytes are more than a terminal takes ({LARGEST:,}): save it to a file instead")
        self.size = size
        """Bytes of UTF-8."""


def copy_sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What to write to the terminal so that its clipboard holds the text.

    Inside tmux it comes twice: tmux takes the first with `set-clipboard on`, and hands the wrapped second one to
    the terminal around it with `allow-passthrough on`. Either setting is enough, and with both nothing is lost.

    Args:
        text: As it shall be pasted. Base64 keeps whatever is in it from acting on the terminal.
        environ: Where tmux shows itself.

    Raises:
        TooMuchToCopy: More than `LARGEST` bytes.
    """
    content = text.encode("utf-8", "replace")
    if len(content) > LARGEST:
        raise TooMuchToCopy(len(content))
    sequence = f"\x1b]52;c;{base64.b64encode(content).decode('ascii')}\x07"
    return sequence + passed_through_tmux(sequence) if inside_tmux(environ) else sequence


def inside_tmux(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether tmux is between us and the terminal; over ssh only TERM says so."""
    # Not TERM=screen: GNU screen would print the frame meant for tmux.
    return bool(environ.get("TMUX")) or environ.get("TERM", "").startswith("tmux")


def passed_through_tmux(sequence: str) -> str:
    """A sequence in the frame that tmux takes off before handing it on; every ESC inside is doubled."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
