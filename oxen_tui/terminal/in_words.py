"""What was found out about the terminal, in words: for the command and for the app."""

from __future__ import annotations

from oxen_tui.safe_text import clean_line
from oxen_tui.terminal.display import PictureMode
from oxen_tui.terminal.picture_mode import Choice
from oxen_tui.terminal.probe import TerminalFacts

_MODES = {
    PictureMode.TGP: "tgp, real pictures in the text",
    PictureMode.SIXEL: "sixel, real pictures over the text",
    PictureMode.HALF: "half, two pixels in each cell",
    PictureMode.NONE: "none, a line of words",
}


def lines_about(facts: TerminalFacts, choice: Choice) -> list[tuple[str, str]]:
    """What was found, as names and values."""
    display, answers = choice.display, facts.answers
    weight = "light" if display.light else "full"
    if not facts.is_terminal:
        return [("terminal", "none: this is not a terminal"), ("pictures", f"{_MODES[display.mode]}; {choice.why}")]
    rows = [
        ("terminal", clean_line(facts.name, 60) or _why_nameless(facts)),
        ("multiplexer", facts.multiplexer or "none"),
        ("size", f"{facts.size[0]} columns, {facts.size[1]} rows"),
        ("cell", _cell(facts)),
        ("round trip", "not known" if facts.round_trip is None else f"{facts.round_trip * 1000:.1f} ms"),
        ("colours", "true colour" if facts.truecolour else "256 at most, as far as it says"),
        ("graphics protocol", _graphics(facts)),
        ("sixel", _yes(facts, answers.sixel)),
        ("whole frames", _yes(facts, answers.synchronized)),
        ("pictures", f"{_MODES[display.mode]}; {choice.why}"),
    ]
    if display.mode in (PictureMode.TGP, PictureMode.SIXEL):
        rows.append(("weight of pictures", f"{weight}; {choice.why_light}"))
    return rows


def _why_nameless(facts: TerminalFacts) -> str:
    if not facts.asked:
        return "not asked: TERM names one that would print the question"
    return "does not say its name" if facts.answered else "did not answer"


def _cell(facts: TerminalFacts) -> str:
    return "not known, taken as 10×20 pixels" if facts.cell is None else f"{facts.cell[0]}×{facts.cell[1]} pixels"


def _graphics(facts: TerminalFacts) -> str:
    if facts.multiplexer:
        return f"not asked inside {facts.multiplexer}"
    if facts.answers.graphics and not facts.has_placeholders:
        return "yes, without placeholders"
    return _yes(facts, facts.answers.graphics)


def _yes(facts: TerminalFacts, value: bool) -> str:
    return ("yes" if value else "no") if facts.answered else "not known"
