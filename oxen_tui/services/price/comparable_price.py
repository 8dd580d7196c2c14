"""One number for a price, so that models of a kind can be filtered and sorted by it.

The price itself has many shapes (contract section 10) and is shown in words elsewhere. Here it becomes the least and
the most that one unit costs: a million tokens in plus a million out, one picture, one second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from oxen_tui.api.model import Pricing

_MILLION = 1_000_000


class PriceUnit(StrEnum):
    """What is paid for. Prices of different units do not compare."""

    MILLION_TOKENS = "million tokens"
    """A million in and a million out, added."""
    IMAGE = "image"
    SECOND = "second"
    """Of video or sound that comes out."""
    COMPUTE_SECOND = "second of computing"


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """US dollars for one unit."""

    low: float
    high: float
    """The same as `low` where there is one price."""
    unit: PriceUnit


def price_span(pricing: Pricing | None) -> PriceSpan | None:
    """The span of a price; None where it is not known, varies, or is in credits, whose number is not known."""
    if pricing is None:
        return None
    method = pricing.method
    tokens = (pricing.input_cost_per_token, pricing.output_cost_per_token)
    images = [
        pricing.cost_per_image,
        *(price for row in pricing.cost_per_image_grid.values() for price in row.values()),
    ]
    seconds = [
        pricing.cost_per_second,
        pricing.cost_per_second_with_audio,
        pricing.cost_per_second_high_res,
        *pricing.cost_per_second_by_resolution.values(),
    ]
    if method == "token" or (not method and _known(tokens)):
        known = _known(tokens)
        total = round(sum(known) * _MILLION, 9)
        return PriceSpan(total, total, PriceUnit.MILLION_TOKENS) if known else None
    if method == "per_image" or (not method and _known(images)):
        return _span(images, PriceUnit.IMAGE)
    if method in ("per_video_output_second", "per_audio_output_second") or (not method and _known(seconds)):
        return _span(seconds, PriceUnit.SECOND)
    if method == "time":
        return _span([pricing.cost_per_second], PriceUnit.COMPUTE_SECOND)
    return None


def _span(prices: Iterable[float | None], unit: PriceUnit) -> PriceSpan | None:
    known = _known(prices)
    return PriceSpan(min(known), max(known), unit) if known else None


def _known(prices: Iterable[float | None]) -> list[float]:
    # Some servers write -1 for a price that varies.
    return [price for price in prices if price is not None and price >= 0]
