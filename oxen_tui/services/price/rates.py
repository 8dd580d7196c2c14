"""What one unit of a request costs: which entry of a price object it falls under (contract section 10, estimate).

A price that is missing, negative (some servers write -1 for "varies") or no number is unknown: None, never 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from oxen_tui.api.model import Pricing
from oxen_tui.services.price.asked import Asked, plain

_HIGH = frozenset({"1080p", "1440p", "2160p", "2k", "4k"})
"""Resolutions that `cost_per_second_high_res` is for."""

_SIZES = ("resolution", "size", "image_size")
_QUALITIES = ("quality", "output_quality")


class Method(StrEnum):
    """What is paid for."""

    TOKEN = "token"
    IMAGE = "per_image"
    VIDEO_SECOND = "per_video_output_second"
    AUDIO_SECOND = "per_audio_output_second"
    COMPUTE_SECOND = "time"
    CREDIT = "per_provider_credit"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit, None where not known, and the choices that led to it."""

    dollars: float | None
    choices: tuple[str, ...] = ()
    """`720p`; `standard`, `2K`."""


def known(price: float | None) -> float | None:
    """The price if it is one."""
    return price if price is not None and math.isfinite(price) and price >= 0 else None


def known_prices(prices: Mapping[str, float]) -> dict[str, float]:
    """The entries that are prices, cheapest first."""
    found = {key: price for key, price in prices.items() if known(price) is not None}
    return dict(sorted(found.items(), key=lambda entry: entry[1]))


def known_grid(pricing: Pricing) -> dict[str, dict[str, float]]:
    """The prices by quality and size, cheapest first."""
    rows = {quality: known_prices(row) for quality, row in pricing.cost_per_image_grid.items()}
    return dict(
        sorted(((quality, row) for quality, row in rows.items() if row), key=lambda entry: [*entry[1].values()])
    )


def method_of(pricing: Pricing | None) -> Method:
    """How it is paid. A price object without a method is read by its keys; a new word is UNKNOWN."""
    if pricing is None:
        return Method.UNKNOWN
    if pricing.method:
        return next((method for method in Method if method == pricing.method), Method.UNKNOWN)
    if known(pricing.input_cost_per_token) is not None or known(pricing.output_cost_per_token) is not None:
        return Method.TOKEN
    if known(pricing.cost_per_image) is not None or known_grid(pricing):
        return Method.IMAGE
    seconds = (pricing.cost_per_second, *pricing.cost_per_second_by_resolution.values())
    return Method.VIDEO_SECOND if any(known(price) is not None for price in seconds) else Method.UNKNOWN


def image_rate(pricing: Pricing, asked: Asked) -> Rate:
    """For one picture, or one clip where clips are sold by the piece."""
    grid = known_grid(pricing)
    flat = known(pricing.cost_per_image)
    if not grid:
        return Rate(flat)
    quality = asked.key(grid, _QUALITIES)
    if quality is not None:
        name, row = quality[0], grid[quality[0]]
    else:
        only = next((key for key in grid if plain(key) == "default" or len(grid) == 1), None)
        if only is None:
            return Rate(flat)
        name, row = "", grid[only]
    size = asked.key(row, _SIZES)
    if size is not None:
        return Rate(row[size[0]], tuple(filter(None, (name, size[0]))))
    if len(row) == 1 and flat is None:
        return Rate(next(iter(row.values())), (name,) if name else ())
    return Rate(flat, ())


def second_rate(pricing: Pricing, asked: Asked) -> Rate:
    """For one second of video or sound."""
    flat = known(pricing.cost_per_second)
    by_resolution = known_prices(pricing.cost_per_second_by_resolution)
    found = asked.key(by_resolution, _SIZES) if by_resolution else None
    resolution = found[0] if found is not None else asked.resolution
    named = (resolution,) if resolution else ()
    with_audio = known(pricing.cost_per_second_with_audio)
    if with_audio is not None and asked.sound:
        return Rate(with_audio, named)
    if found is not None:
        return Rate(by_resolution[found[0]], named)
    high = known(pricing.cost_per_second_high_res)
    if high is not None and plain(resolution) in _HIGH:
        return Rate(high, named)
    if flat is None and len(by_resolution) == 1 and not resolution:
        name, price = next(iter(by_resolution.items()))
        return Rate(price, (name,))
    return Rate(flat, named)
