"""Chooses how pictures are shown: by what the terminal proved, unless the user says otherwise."""

from __future__ import annotations

import codecs
import dataclasses
from typing import NamedTuple

from oxen_tui.terminal import display
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.fitting import USUAL_CELL
from oxen_tui.terminal.probe import TerminalFacts, cell_now

SLOW = 0.08
"""Seconds of a round trip beyond which pictures are sent light."""


class Choice(NamedTuple):
    """How pictures are shown, and why so."""

    display: Display
    why: str
    """A sentence without its full stop."""
    why_light: str
    """Likewise, of the weight of pictures."""


def choose(facts: TerminalFacts, wanted: str, light: str = "auto", encoding: str = "utf-8") -> Choice:
    """How to show pictures in this terminal.

    Args:
        facts: What is known of it.
        wanted: A value of the setting `images`: "auto" or a `PictureMode`.
        light: A value of the setting `light_pictures`: "auto", "on" or "off".
        encoding: Of what is written to the terminal.
    """
    mode, why = _mode(facts, wanted, encoding)
    is_light, why_light = _weight(facts, light)
    shown = Display(mode, facts.cell or USUAL_CELL, is_light, facts.truecolour, all(facts.pixels), facts.round_trip)
    return Choice(shown, why, why_light)


def measure_again(fd: int = 0) -> None:
    """Look again how large a cell is: the user may have zoomed."""
    known = display.in_use()
    if known.measured and (cell := cell_now(fd)) is not None and cell != known.cell:
        display.use(dataclasses.replace(known, cell=cell))


def _mode(facts: TerminalFacts, wanted: str, encoding: str) -> tuple[PictureMode, str]:
    mode = None if wanted == "auto" else PictureMode(wanted)
    if mode in (PictureMode.TGP, PictureMode.HALF, None) and not _is_unicode(encoding):
        return PictureMode.NONE, f"the encoding {encoding} has no signs to draw with"
    if mode is PictureMode.TGP and facts.no_colour:
        # The numbers of pictures travel as colours.
        return PictureMode.HALF, "NO_COLOR is set, and the graphics protocol needs colours"
    if mode is not None:
        return mode, "the user says so"
    if facts.no_colour:
        return PictureMode.HALF, "NO_COLOR is set"
    if facts.multiplexer:
        return PictureMode.HALF, f"{facts.multiplexer} is between this program and the terminal"
    if not facts.answered:
        return PictureMode.HALF, "the terminal did not say what it can do" if facts.asked else "it was not asked"
    if facts.answers.graphics and facts.has_placeholders:
        return PictureMode.TGP, "the terminal knows the graphics protocol and its placeholders"
    if facts.answers.sixel and facts.round_trip is not None and facts.round_trip > SLOW:
        # It is sent in one piece, again with each repaint, and keys would wait for the end of it.
        return PictureMode.HALF, f"Sixel is too much for a round trip of {facts.round_trip * 1000:.0f} ms"
    if facts.answers.sixel:
        return PictureMode.SIXEL, "the terminal knows Sixel"
    if facts.answers.graphics:
        return PictureMode.HALF, "the terminal knows the graphics protocol, but not its placeholders"
    return PictureMode.HALF, "the terminal knows no pictures"


def _weight(facts: TerminalFacts, light: str) -> tuple[bool, str]:
    if light != "auto":
        return light == "on", "the user says so"
    if facts.round_trip is None:
        return False, "the round trip is not known"
    is_slow = facts.round_trip > SLOW
    return is_slow, f"a round trip takes {facts.round_trip * 1000:.0f} ms"


def _is_unicode(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return False
