"""Long questions, folded to their beginning: a log that was pasted must not stand between an answer and the next."""

from __future__ import annotations

from oxen_tui.widgets.wording import counted

QUESTION_KEY = "question"
"""What its fold is called."""

_MOST_LINES = 30
_MOST_CHARACTERS = 4_000
_SHOWN_LINES = 10
_SHOWN_CHARACTERS = 1_000


def beginning_of(text: str) -> str:
    """What is shown of a question while it is folded; nothing where it is short enough to be shown whole."""
    if len(text) <= _MOST_CHARACTERS and text.count("\n") < _MOST_LINES:
        return ""
    lines = text[:_SHOWN_CHARACTERS].split("\n")[:_SHOWN_LINES]
    shown = "\n".join(lines)
    if len(shown) == _SHOWN_CHARACTERS:  # cut within a line: at a blank, where there is one
        shown = shown[: shown.rfind(" ", -80) + 1 or None]
    return shown.rstrip()


def rest_in_words(text: str, beginning: str) -> str:
    """`108 more lines`, or characters where the rest is no more than a line."""
    rest = text[len(beginning) :].strip("\n")
    lines = rest.count("\n") + 1
    return counted(lines, "more line") if lines > 1 else counted(len(rest), "more character")
