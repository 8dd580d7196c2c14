"""What a plain request to a model would cost, worked out: the price made into something one can picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oxen_tui.api.model import Model, Pricing
from oxen_tui.money import exact_money, money
from oxen_tui.services.price.estimate import VARIES, estimate
from oxen_tui.services.price.pricing import chat_cost
from oxen_tui.services.price.rates import Method, known, method_of

_TOKENS_IN, _TOKENS_OUT = 2_000, 500
"""A question with a page of text, and an answer of a few paragraphs."""

_RESULT_SECONDS = 10
"""Where the length follows what is sent."""

_COMPUTE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """What one request would cost."""

    request: str
    """`6 s at 720p, no sound`."""
    reckoning: tuple[str, ...]
    """Line by line: `6 s × $0.10 / s`."""
    total: str
    """`~$0.60`."""


def worked_example(model: Model, body: Mapping[str, object] | None = None) -> WorkedExample | None:
    """A request with all its defaults, or this one; None where its price cannot be reckoned at all."""
    pricing, method = model.pricing, method_of(model.pricing)
    if pricing is None:
        return None
    if method is Method.TOKEN:
        return _tokens(pricing)
    if method is Method.COMPUTE_SECOND:
        rate = known(pricing.cost_per_second)
        if rate is None:
            return None
        words = f"a run of {_COMPUTE_SECONDS} s"
        reckoning = (f"{_COMPUTE_SECONDS} s × {exact_money(rate)} / s",)
        return WorkedExample(words, reckoning, money(rate * _COMPUTE_SECONDS, estimate=True))
    found = estimate(model, body or {})
    if found.dollars is None and method in (Method.VIDEO_SECOND, Method.AUDIO_SECOND):
        found = estimate(model, {**(body or {}), "duration": _RESULT_SECONDS})
    if found.dollars is None:
        return None
    return WorkedExample(found.request, found.reckoning, money(found.dollars, estimate=True))


def example_words(example: WorkedExample | None) -> str:
    """In one line: `6 s at 720p, no sound: ~$0.60`."""
    return VARIES if example is None else f"{example.request}: {example.total}"


def _tokens(pricing: Pricing) -> WorkedExample | None:
    into, out = known(pricing.input_cost_per_token), known(pricing.output_cost_per_token)
    total = chat_cost(pricing, _TOKENS_IN, _TOKENS_OUT)
    if into is None or out is None or total is None:
        return None
    million = 1_000_000
    return WorkedExample(
        f"{_TOKENS_IN:,} tokens in, {_TOKENS_OUT:,} out",
        (
            f"{_TOKENS_IN:,} × {exact_money(into * million)} / M",
            f"{_TOKENS_OUT:,} × {exact_money(out * million)} / M",
        ),
        money(total, estimate=True),
    )
