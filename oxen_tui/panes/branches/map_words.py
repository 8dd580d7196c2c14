"""What the map of a conversation says of a message: its line, and the lines under the list for the one in hand."""

from __future__ import annotations

from datetime import date

from oxen_tui.panes.answers.turns import ending_words
from oxen_tui.safe_text import clean_line
from oxen_tui.services.conversation.map import MapLine
from oxen_tui.store.message import Ending
from oxen_tui.store.outline import FIRST_CHARACTERS, OutlinedMessage
from oxen_tui.widgets.chat.map_list import MapEntry
from oxen_tui.widgets.wording import clock, counted, duration, money

_STATES = {
    Ending.STREAMING: ("running", "accent"),
    Ending.STOPPED: ("cancelled", "muted"),
    Ending.CUT_OFF: ("failed", "err"),
    Ending.FAILED: ("failed", "err"),
    Ending.LENGTH: ("failed", "warn"),
    Ending.CONTENT_FILTER: ("failed", "warn"),
}
"""Glyph and tone."""


def entry_of(message: OutlinedMessage, line: MapLine, *, is_leaf: bool, passed: bool, today: date) -> MapEntry:
    """The line of a message.

    Args:
        message: What it says.
        line: Where it stands.
        is_leaf: Whether it is the last one of the branch that is shown.
        passed: Whether that branch goes on below it.
        today: Times of other days are days.
    """
    state, tone = _STATES.get(message.ending, ("other" if message.role == "tool" else "waiting", ""))
    return MapEntry(
        who=_who(message),
        text=_text(message),
        is_question=message.role == "user",
        state=state,
        state_tone=tone,
        depth=line.depth,
        is_head=line.head == line.id,
        shown=line.shown,
        is_leaf=is_leaf,
        passed=passed,
        sibling=line.sibling,
        siblings=line.siblings,
        hidden=line.below if line.folded else 0,
        tokens="" if message.tokens is None else counted(message.tokens, "token"),
        cost=_cost(message),
        time=_time(message, today),
    )


def facts_of(message: OutlinedMessage, line: MapLine, today: date) -> str:
    """`heron-3 · answer 2 of 3 · 412 tokens · ~$0.0012 · 3 s · 14:02`, with what is known."""
    facts = [_who(message)]
    if line.siblings > 1:
        word = {"user": "question", "assistant": "answer"}.get(message.role, "branch")
        facts.append(f"{word} {line.sibling} of {line.siblings}")
    facts.append(ending_words(message.ending))
    facts.append("" if message.tokens is None else counted(message.tokens, "token"))
    facts.append(_cost(message))
    facts.append("" if message.seconds is None else duration(message.seconds))
    facts.append(_time(message, today))
    if line.sidings:
        facts.append(counted(len(line.sidings), "siding"))
    return " · ".join(fact for fact in facts if fact)


def beginning_of(message: OutlinedMessage) -> str:
    """How it begins, in one line, with what stands for words where there are none."""
    nothing = "" if message.ending is Ending.STREAMING else "no text"
    return _text(message) or nothing


def _who(message: OutlinedMessage) -> str:
    if message.role == "user":
        return "you"
    return clean_line(message.model or message.role, 60)


def _text(message: OutlinedMessage) -> str:
    said = clean_line(" ".join(message.text.split()), FIRST_CHARACTERS)
    called = f"calls {clean_line(', '.join(message.tools), 80)}" if message.tools else ""
    return " · ".join(part for part in (said, called) if part)


def _cost(message: OutlinedMessage) -> str:
    return "" if message.cost is None else money(message.cost, estimate=not message.cost_is_said)


def _time(message: OutlinedMessage, today: date) -> str:
    day = message.created_at.astimezone().date()
    return clock(message.created_at) if day == today else f"{day:%-d %b}"
