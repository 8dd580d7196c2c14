"""What a request will cost, before it is sent, and how that is reckoned. Unknown is None and words, never $0."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.money import exact_money
from oxen_tui.services.price.asked import Asked
from oxen_tui.services.price.rates import Method, Rate, image_rate, known, method_of, second_rate
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema

VARIES = "price varies"
"""What is said in place of a price that is not known."""

_PIECES = {ModelKind.VIDEO: "clip", ModelKind.AUDIO: "recording"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """The price of one request, as well as it can be known before."""

    dollars: float | None
    """US dollars for all of it; None where it cannot be known. 0 only where the service says so."""
    request: str
    """What it is for, in a few words: `6 s at 720p, no sound`."""
    reckoning: tuple[str, ...]
    """How it comes about, line by line, or why it cannot be known."""


def estimate(model: Model, body: Mapping[str, object], schema: RequestSchema | None = None) -> Estimate:
    """The price of a request to this model (contract section 10, estimate).

    Args:
        body: What is sent, with `num_generations` where it goes to the queue; may be incomplete or wrong.
        schema: The model's, where it has been read already.
    """
    asked = Asked(schema if schema is not None else model_schema(model), body)
    pricing, method = model.pricing, method_of(model.pricing)
    if pricing is None or method is Method.UNKNOWN:
        return Estimate(None, "", (VARIES,))
    if method is Method.TOKEN:
        return Estimate(None, "", ("depends on the number of tokens",))
    if method is Method.CREDIT:
        return Estimate(
            None, "", _unless_unknown(pricing.cost_per_credit, "a credit", "how many it takes is not said")
        )
    if method is Method.COMPUTE_SECOND:
        return Estimate(None, "", _unless_unknown(pricing.cost_per_second, "/ s", "depends on how long it computes"))
    if method is Method.IMAGE:
        return _by_piece(model.kind, asked, image_rate(pricing, asked))
    return _by_second(model, asked, second_rate(pricing, asked))


def _by_piece(kind: ModelKind, asked: Asked, rate: Rate) -> Estimate:
    piece = _PIECES.get(kind, "image")
    pieces = asked.generations * (asked.images if piece == "image" else 1)
    request = ", ".join((_counted(pieces, piece), *rate.choices))
    if rate.dollars is None:
        return Estimate(None, request, (VARIES, "depends on quality and size"))
    choices = f" ({', '.join(rate.choices)})" if rate.choices else ""
    return _sum(rate.dollars * pieces, request, f"{_counted(pieces, piece)} × {exact_money(rate.dollars)}{choices}")


def _by_second(model: Model, asked: Asked, rate: Rate) -> Estimate:
    seconds, clips = asked.seconds, asked.generations
    at = f" at {rate.choices[0]}" if rate.choices else ""
    length = "any length" if seconds is None else f"{'at most ' if asked.automatic else ''}{seconds:.10g} s"
    about = _sound_words(model, asked)
    if clips > 1:
        about.insert(0, _counted(clips, _PIECES.get(model.kind, "result")))
    request = ", ".join((length + at, *about))
    if rate.dollars is None:
        return Estimate(None, request, (VARIES,))
    together = [", ".join(about)] if about else []
    price = f"{exact_money(rate.dollars)} / s{at}"
    if seconds is None:
        return Estimate(None, request, (price, *together, "how long the result is cannot be known before"))
    return _sum(rate.dollars * seconds * clips, request, f"{length} × {price}", *together)


def _sound_words(model: Model, asked: Asked) -> list[str]:
    """Whether there is sound, where that is asked for or has a price."""
    if model.kind is not ModelKind.VIDEO:
        return []
    priced = model.pricing is not None and known(model.pricing.cost_per_second_with_audio) is not None
    if asked.sound is None and not priced:
        return []
    return ["with sound" if asked.sound else "no sound"]


def _sum(dollars: float, request: str, *reckoning: str) -> Estimate:
    """Without the last bits, in which 6 × 0.1 is more than 0.6."""
    return Estimate(float(f"{dollars:.12g}") if math.isfinite(dollars) else None, request, reckoning)


def _unless_unknown(price: float | None, unit: str, why: str) -> tuple[str, ...]:
    return (f"{exact_money(price)} {unit}", why) if known(price) is not None else (VARIES,)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
