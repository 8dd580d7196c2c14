"""What the create pane says beside the fields: title, help, button, and the page with price, time and request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.money import money
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.media_addresses import address_label
from oxen_tui.services.price.estimate import Estimate
from oxen_tui.services.queue.typical_time import Typical
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.examples import OXEN_URL, written_request
from oxen_tui.services.session import Session
from oxen_tui.widgets.form.request_side import FORMS, Fact, RequestFacts
from oxen_tui.widgets.form.row import FormRow
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.wording import counted, running_time

_KIND_WORDS = {
    ModelKind.IMAGE: "image",
    ModelKind.VIDEO: "video",
    ModelKind.AUDIO: "audio",
}
_LONGEST_ADDRESS = 60
"""Characters of an address that is shown in a request."""


def title_spans(model: Model | None, model_id: str) -> list[Span]:
    """`tern-2-pro ▷ video`."""
    spans: list[Span] = [("  ", "text"), (model_id, "bold")]
    word = _KIND_WORDS.get(model.kind) if model is not None else None
    if word is not None:
        spans.append((f" {glyph(word)} {word}", "muted"))
    return spans


def price_words(estimate: Estimate) -> str:
    """`~$0.60`, `price unknown`; $0.00 only where the service says so."""
    if estimate.dollars is None:
        return "price unknown"
    return money(estimate.dollars, estimate=estimate.dollars > 0)


def help_words(row: FormRow | None) -> str:
    """What the service says of the field under the cursor, with its whole name."""
    if row is None or not row.help:
        return ""
    return f"{row.label}: {row.help}" if row.label else row.help


def beside_button(missing: Sequence[str], wrong: int) -> list[Span]:
    """What stands in the way of running.

    Args:
        missing: Names of fields that are required and were not filled in yet.
        wrong: How many fields have something wrong in them.
    """
    if wrong:
        return [(f"{glyph('failed')} {counted(wrong, 'field')} to fix", "err")]
    if missing:
        said = missing[0] if len(missing) == 1 else counted(len(missing), "field")
        return [(f"{said} {'is' if len(missing) == 1 else 'are'} required", "muted")]
    return []


def money_facts(session: Session, estimate: Estimate) -> list[Fact]:
    """Spent today, under way, and what a budget would have left after this."""
    spending = session.spending
    facts = [Fact("Spent today", _at_least(spending.spent_today, spending.today_is_partial))]
    if spending.under_way or spending.under_way_is_partial:
        under_way = money(spending.under_way, estimate=True) if spending.under_way else "price unknown"
        facts.append(Fact("Under way", under_way))
    sums, this = spending.sums, estimate.dollars or 0.0
    for word, budget, gone in (
        ("", spending.budget_day, spending.spent_today + sums.today_open.dollars),
        (" of the session", spending.budget_session, spending.spent_session + sums.session_open.dollars),
    ):
        if budget:
            left = budget - gone - this
            said = money(abs(left), estimate=True)
            ink = "warn" if left < 0 else "text"
            facts.append(Fact(f"Left of {money(budget)}{word} after this", f"-{said}" if left < 0 else said, ink))
    return facts


def _at_least(dollars: float, is_partial: bool) -> str:
    """A sum in which some prices are not known is a lower bound."""
    return f"at least {money(dollars)}" if is_partial else money(dollars)


def today_spans(session: Session) -> list[Span]:
    """`today $1.86 of $5.00`."""
    spending = session.spending
    if not spending.spent_today and not spending.budget_day and not spending.today_is_partial:
        return []
    spans: list[Span] = [("today ", "muted"), (_at_least(spending.spent_today, spending.today_is_partial), "bold")]
    if spending.budget_day:
        spans.append((f" of {money(spending.budget_day)}", "muted"))
    return spans


def time_facts(typical: Typical | None) -> list[Fact]:
    """The user's own runs of the model."""
    if typical is None:
        return []
    return [
        Fact(f"Usual, of your {typical.runs} runs", running_time(typical.median)),
        Fact("Slow, 1 in 10", running_time(typical.slow)),
    ]


def request_facts(session: Session, form: RequestForm) -> RequestFacts:
    """All that stands beside the form."""
    estimate, body = form.estimate, form.body
    known = estimate.dollars is not None
    reckoning = list(estimate.reckoning)
    if known and reckoning:
        reckoning[0] = f"{reckoning[0]}\t{price_words(estimate).removeprefix('~')}"
    return RequestFacts(
        reckoning=tuple(reckoning),
        estimate=price_words(estimate),
        is_known=known,
        money=tuple(money_facts(session, estimate)),
        time=tuple(time_facts(session.generations.typical(form.model.id, form.model.kind.value))),
        body=_shown(body),
        wrong=frozenset(problem.path for problem in form.problems),
        source=partial(_written, session.place.base_url or OXEN_URL, form, body),
    )


def _written(base_url: str, form: RequestForm, body: Mapping[str, object], language: str) -> str:
    """The whole request; local files are in it by their addresses."""
    if language == FORMS[0]:
        return form.json_text()
    rest = {name: value for name, value in body.items() if name != "model"}
    return written_request(form.model, rest, Language(language), base_url=base_url, queue=True, schema=form.schema)


def _shown(body: Mapping[str, object]) -> dict[str, object]:
    """With names in place of the addresses of files, and without the middle of data URLs."""
    return {name: _short(value, 60) for name, value in body.items()}


def _short(value: object, depth: int) -> object:
    if isinstance(value, str):
        if value[:5].lower() in ("file:", "data:"):
            return f"{glyph('image')} {address_label(value)}"[:_LONGEST_ADDRESS]
        return value
    if depth and isinstance(value, Mapping):
        return {name: _short(entry, depth - 1) for name, entry in value.items()}
    if depth and isinstance(value, list):
        return [_short(entry, depth - 1) for entry in value]
    return value
