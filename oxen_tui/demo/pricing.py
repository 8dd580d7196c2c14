"""What a generation costs here, from the model's own pricing object (contract section 10)."""

from __future__ import annotations

from decimal import Decimal

from .json_values import Json, is_number, maybe_number, number, table, text

HIGH = frozenset({"1080p", "1440p", "2k", "4k"})
"""Resolutions that are billed at `cost_per_second_high_res`."""


def _money(value: float) -> Decimal:
    return Decimal(str(value))


def _same(prices: Json, key: str) -> object:
    """The price under a key, compared without case."""
    return next((price for name, price in prices.items() if name.lower() == key.lower()), None)


def default_of(schema: Json, name: str) -> object:
    """The default a request schema gives a field."""
    return table(table(schema.get("properties")).get(name)).get("default")


def seconds_asked(schema: Json, parameters: Json) -> float:
    """Seconds of output a request pays for: shots, duration, or the schema's default; "auto" is the longest."""
    shots = parameters.get("multi_prompt")
    if isinstance(shots, list) and shots:
        return sum(number(table(shot).get("duration"), 5.0) for shot in shots)
    for name in ("duration", "seconds"):
        asked = parameters.get(name, default_of(schema, name))
        if asked in ("auto", -1, "-1"):
            field = table(table(schema.get("properties")).get(name))
            choices = field.get("enum")
            if isinstance(choices, list):
                return max((number(choice, 0.0) for choice in choices), default=5.0) or 5.0
            return number(field.get("maximum"), 5.0)
        if asked is not None:
            return max(number(asked, 5.0), 1.0)
    frames = parameters.get("num_frames", default_of(schema, "num_frames"))
    if frames is not None:
        rate = parameters.get("frames_per_second", default_of(schema, "frames_per_second"))
        return max(1.0, number(frames, 72.0) / max(1.0, number(rate, 24.0)))
    return 5.0


def price_of(pricing: Json, schema: Json, parameters: Json, run_seconds: float) -> Decimal | None:
    """US dollars of one generation, None where the method has no price we know.

    Args:
        run_seconds: How long the machine worked, for models billed by time.
    """
    method = text(pricing.get("method"))
    if method == "per_image":
        return _image(pricing, schema, parameters)
    if method in ("per_video_output_second", "per_audio_output_second"):
        rate = _second(pricing, schema, parameters)
        return None if rate is None else _money(rate) * _money(seconds_asked(schema, parameters))
    if method == "time":
        rate = maybe_number(pricing, "cost_per_second")
        return None if rate is None else (_money(rate) * _money(round(run_seconds, 3))).normalize()
    return None


def _image(pricing: Json, schema: Json, parameters: Json) -> Decimal | None:
    grid = table(pricing.get("cost_per_image_grid"))
    if grid:
        quality = text(parameters.get("quality", default_of(schema, "quality")))
        row = table(_same(grid, quality)) or table(_same(grid, "default")) or table(next(iter(grid.values())))
        for name in ("resolution", "size", "image_size"):
            price = _same(row, text(parameters.get(name, default_of(schema, name))))
            if isinstance(price, (int, float)):
                return _money(float(price))
    price = maybe_number(pricing, "cost_per_image")
    return None if price is None else _money(price)


def _second(pricing: Json, schema: Json, parameters: Json) -> float | None:
    with_audio = maybe_number(pricing, "cost_per_second_with_audio")
    if with_audio is not None and parameters.get("generate_audio", default_of(schema, "generate_audio")) is True:
        return with_audio
    resolution = text(parameters.get("resolution", default_of(schema, "resolution")))
    by_resolution = table(pricing.get("cost_per_second_by_resolution"))
    price = _same(by_resolution, resolution)
    if price is not None and is_number(price):
        return number(price, 0.0)
    high = maybe_number(pricing, "cost_per_second_high_res")
    if high is not None and resolution.lower() in HIGH:
        return high
    return maybe_number(pricing, "cost_per_second")


def written(amount: Decimal | None) -> str | None:
    """A decimal string without an exponent, as the history carries it."""
    return None if amount is None else f"{amount.normalize():f}"
