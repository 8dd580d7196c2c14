"""What choices cost: the estimate of this very request with each of them in turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oxen_tui.money import money
from oxen_tui.panes.create.fields import choices_of
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.services.form.entry import Entry, Path
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.price.estimate import estimate
from oxen_tui.services.schema.fields import Shape

_MOST_CHOICES = 24
"""Options of a field that are reckoned with; longer lists are of voices and languages."""

_MOST_FIELDS = 40

Notes = Mapping[str, tuple[str, tuple[str, ...]]]
"""By key of a row: what stands beside it, and beside each of its options."""


def price_notes(form: RequestForm) -> Notes:
    """Notes for the choices that the price depends on. Quick: a request is reckoned in some microseconds."""
    body = form.body
    notes: dict[str, tuple[str, tuple[str, ...]]] = {}
    candidates = [
        entry for entry in form.entries() if entry.depth == 0 and entry.shape in (Shape.CHOICE, Shape.SWITCH)
    ]
    for entry in candidates[:_MOST_FIELDS]:
        choices = choices_of(entry)
        if len(choices) > _MOST_CHOICES:
            continue
        prices = [_price(form, body, entry.path, choice) for choice in choices]
        if len(set(prices)) > 1:
            notes[Place(Part.VALUE, entry.path).key] = _note(entry, prices)
    return notes


def _note(entry: Entry, prices: list[float | None]) -> tuple[str, tuple[str, ...]]:
    if entry.shape is Shape.SWITCH and len(prices) == 2:
        off, on = prices
        if off is None or on is None:
            return "", ()
        word = "adds" if on > off else "saves"
        return f"{word} {money(abs(on - off), estimate=True)}", ()
    return "", tuple("price unknown" if price is None else money(price, estimate=True) for price in prices)


def _price(form: RequestForm, body: Mapping[str, Any], path: Path, choice: object) -> float | None:
    dollars = estimate(form.model, {**body, str(path[0]): choice}, form.schema).dollars
    return None if dollars is None else float(f"{dollars:.12g}")
