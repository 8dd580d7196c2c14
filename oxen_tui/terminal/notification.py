"""Telling the user in another window that something ended: a desktop notification through the terminal, or its bell.

It goes through the terminal, so it reaches the machine in front of the user, over ssh too. No terminal answers
whether it showed one. Which sequence it takes is known by its name only; the oldest would show a wrong one as text,
so where nothing is known the bell rings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum

from oxen_tui.safe_text import clean_line

from .clipboard import inside_tmux, passed_through_tmux

BELL = "\x07"
_LONGEST_TITLE = 60
_LONGEST_TEXT = 200


class Channel(Enum):
    """How a terminal is told."""

    OSC_99 = "OSC 99"
    """kitty's own: shown only while its window is not looked at, and the next takes the place of the last."""
    OSC_777 = "OSC 777"
    """Title and text: foot, Ghostty, WezTerm, Warp, rxvt, VTE."""
    OSC_9 = "OSC 9"
    """Text alone: iTerm2."""
    BELL = "bell"


_BY_NAME = {
    "kitty": Channel.OSC_99,
    "ghostty": Channel.OSC_777,
    "wezterm": Channel.OSC_777,
    "warp": Channel.OSC_777,
    "foot": Channel.OSC_777,
    "rxvt": Channel.OSC_777,
    "vte": Channel.OSC_777,
    "iterm": Channel.OSC_9,
}
_BY_VARIABLE = {
    # Set by the terminal for all that runs in it; tmux hands them on from where it was started.
    "KITTY_WINDOW_ID": Channel.OSC_99,
    "GHOSTTY_RESOURCES_DIR": Channel.OSC_777,
    "WEZTERM_PANE": Channel.OSC_777,
    "ITERM_SESSION_ID": Channel.OSC_9,
    "VTE_VERSION": Channel.OSC_777,
}
_WITHOUT_FOCUS = ("", "dumb", "linux", "screen", "tmux", "vt100", "vt220")


def channel(environ: Mapping[str, str] = os.environ, name: str = "") -> Channel:
    """How to tell the terminal that is there.

    Args:
        environ: Where terminals show themselves.
        name: What it answered when it was asked who it is (XTVERSION); "" where it was not.
    """
    if environ.get("STY"):
        return Channel.BELL  # GNU screen lets nothing through
    said = (name, environ.get("LC_TERMINAL", ""), environ.get("TERM_PROGRAM", ""), environ.get("TERM", ""))
    for each in said:
        for known, how in _BY_NAME.items():
            if known in each.lower():
                return how
    return next((how for variable, how in _BY_VARIABLE.items() if environ.get(variable)), Channel.BELL)


def reports_focus(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether it can be known that the user looks elsewhere. tmux only says so where it was set up to."""
    term = environ.get("TERM", "")
    return not (inside_tmux(environ) or environ.get("STY") or term.partition("-")[0] in _WITHOUT_FOCUS)


def notification(
    title: str, text: str, environ: Mapping[str, str] = os.environ, *, name: str = "", bell_only: bool = False
) -> str:
    """What to write to the terminal so that it tells the user.

    Args:
        title: Who speaks.
        text: What happened. Both may come from anywhere: they are cleaned here.
        environ: See `channel`.
        name: See `channel`.
        bell_only: Whether the user wants no more than the bell.
    """
    how = Channel.BELL if bell_only else channel(environ, name)
    if how is Channel.BELL:
        return BELL
    sequence = _sequence(how, clean_line(title, _LONGEST_TITLE), clean_line(text, _LONGEST_TEXT))
    # tmux marks the window of a bell in its status line, whether or not it lets the rest through.
    return BELL + passed_through_tmux(sequence) if inside_tmux(environ) else sequence


def _sequence(how: Channel, title: str, text: str) -> str:
    if how is Channel.OSC_99:
        head = "i=oxen-tui:o=unfocused"
        return f"\x1b]99;{head}:d=0;{title}\x1b\\\x1b]99;{head}:d=1:p=body;{text}\x1b\\"
    if how is Channel.OSC_777:
        return f"\x1b]777;notify;{title.replace(';', ',')};{text}\x1b\\"
    # With the title first: a text that began with a number and a semicolon would mean something else.
    return f"\x1b]9;{title}: {text}\x1b\\"
