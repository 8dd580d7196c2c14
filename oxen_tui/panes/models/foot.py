"""The line under the list of models: how old it is, what changed, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from oxen_tui.services.catalogue.changes import Changes, Gone, New, PriceChanged
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.wording import clock, count

_STALE = timedelta(hours=24)
"""From this age on the line is to be looked at."""


@dataclass(frozen=True, slots=True)
class FootState:
    """What the line is about."""

    now: datetime
    fetched_at: datetime | None = None
    """When the server was asked; None if never."""
    refreshing: bool = False
    trouble: str = ""
    """Why the list could not be had anew; "" if it could."""
    notice: str = ""
    """What is wrong with the filter, or with the server's search."""
    sort: str = ""
    """What the list is sorted by, where that is not the usual."""
    changes: Changes = field(default_factory=Changes)
    doing: str = ""
    """What is on its way for the user."""


def foot_words(state: FootState) -> list[Span]:
    """The line, most urgent first: what is wrong with what was typed, then the list's age, then its news."""
    if state.doing:  # for some seconds: what else there is can wait
        return [("  ", "faint"), (state.doing, "text"), (f" {glyph('dot')} esc stops", "faint")]
    parts: list[list[Span]] = []
    if state.notice:
        parts.append([(f"{glyph('unknown')} {state.notice}", "warn")])
    if state.trouble:
        age = f"showing the catalogue of {_when(state.fetched_at, state.now)}" if state.fetched_at else "r asks again"
        parts.append([(f"{glyph('failed')} {state.trouble}", "err"), (f" {glyph('dot')} {age}", "faint")])
    elif state.fetched_at is not None:
        old = state.now - state.fetched_at > _STALE
        words = f"Catalogue of {_when(state.fetched_at, state.now)}"
        parts.append([(words + (", asking for it anew" if state.refreshing else ""), "warn" if old else "faint")])
    elif state.refreshing:
        parts.append([("Asking the server for its models", "faint")])
    if state.sort:
        parts.append([(f"by {state.sort}", "muted")])
    if news := _news(state.changes, state.now):
        parts.append([(news, "faint")])
    spans: list[Span] = [("  ", "faint")]
    for number, part in enumerate(parts):
        if number:
            spans.append((f" {glyph('dot')} ", "faint"))
        spans += part
    return spans


def _news(changes: Changes, now: datetime) -> str:
    kinds = ((New, "new"), (Gone, "gone"), (PriceChanged, "repriced"))
    said = [f"{count(number)} {word}" for kind, word in kinds if (number := changes.count(kind))]
    if not said or changes.since is None:
        return ""
    return f"{', '.join(said)} since {_day(changes.since, now)}"


def _when(moment: datetime, now: datetime) -> str:
    """`09:14` of today, else `yesterday 09:14`, `Thursday 09:14`, `3 June`."""
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return clock(moment)
    day = _day(moment, now)
    return f"{day} {clock(moment)}" if today - local.date() < timedelta(days=7) else day


def _day(moment: datetime, now: datetime) -> str:
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return clock(moment)
    if local.date() == today - timedelta(days=1):
        return "yesterday"
    if today - local.date() < timedelta(days=7):
        return f"{local:%A}"
    return f"{local.day} {local:%B}" if local.year == today.year else f"{local.day} {local:%B %Y}"
