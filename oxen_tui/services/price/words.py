"""Prices in words and units, for every method there is (contract section 10). Unknown is said, and never $0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from oxen_tui.api.json_values import number
from oxen_tui.api.model import Model, ModelKind, Pricing
from oxen_tui.money import exact_money, money
from oxen_tui.safe_text import clean_line
from oxen_tui.services.price.asked import Asked
from oxen_tui.services.price.estimate import VARIES
from oxen_tui.services.price.examples import WorkedExample, worked_example
from oxen_tui.services.price.rates import (
    Method,
    image_rate,
    known,
    known_grid,
    known_prices,
    method_of,
    second_rate,
)
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema

_MILLION = 1_000_000
_MOST_PRICED_VALUES = 40
"""Values of one field that are priced one by one."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price."""

    label: str
    """What is paid for: `input`, `1080p`."""
    price: str
    """With its unit: `$1.20 / M`."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices by two things at once."""

    title: str
    head: tuple[str, ...]
    """Over all columns, that of the labels first."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PricePage:
    """All that is known of a model's price."""

    summary: str
    """`$0.10 / s · by the second of video`, `price varies`."""
    rows: tuple[PriceRow, ...] = ()
    tables: tuple[PriceTable, ...] = ()
    examples: tuple[WorkedExample, ...] = ()
    notes: tuple[str, ...] = ()


def short_price(pricing: Pricing | None) -> str:
    """For a column: `$1.20 · $6.00 / M`, `$0.04 each`, `$0.03 … $0.12`, `$0.05 … $0.20 / s`, `$0.08 / credit`.

    A span holds all there is, not the price of the usual request: nothing costs more than it says.
    """
    method = method_of(pricing)
    if pricing is None or method is Method.UNKNOWN:
        return VARIES
    if method is Method.TOKEN:
        prices = [_per_million(pricing.input_cost_per_token), _per_million(pricing.output_cost_per_token)]
        return VARIES if prices == [None, None] else f"{money(prices[0])} · {money(prices[1])} / M"
    if method is Method.IMAGE:
        grid = (price for row in known_grid(pricing).values() for price in row.values())
        span = _span((pricing.cost_per_image, *grid))
        return span if span == VARIES or "…" in span else f"{span} each"
    if method is Method.CREDIT:
        return VARIES if known(pricing.cost_per_credit) is None else f"{money(pricing.cost_per_credit)} / credit"
    span = _span((pricing.cost_per_second,) if method is Method.COMPUTE_SECOND else _second_prices(pricing))
    return span if span == VARIES else f"{span} / s"


def price_page(model: Model) -> PricePage:
    """Everything that is said about a price, and what a plain request would cost."""
    pricing, method = model.pricing, method_of(model.pricing)
    short = short_price(pricing)
    notes = list(_notes(model, method, short))
    if pricing is None:
        return PricePage(VARIES, notes=tuple(notes))
    unit = _UNITS.get(method, "")
    if method is Method.VIDEO_SECOND and model.kind is ModelKind.AUDIO:
        unit = _UNITS[Method.AUDIO_SECOND]
    if method is Method.IMAGE and model.kind is ModelKind.VIDEO:
        unit = "by the clip"
    example = worked_example(model)
    return PricePage(
        summary=short if short == VARIES or not unit else f"{short} · {unit}",
        rows=tuple(_rows(model, pricing, method)),
        tables=tuple(_tables(pricing, method)),
        examples=(example,) if example is not None else (),
        notes=tuple(notes),
    )


def value_prices(model: Model, schema: RequestSchema | None = None) -> Mapping[str, Mapping[str, str]]:
    """What single values of a field cost beside the defaults of the others, to be shown in its schema or form.

    Returns:
        By the name of a field and a value in lower case: `{"resolution": {"720p": "$0.10 / s"}}`. Only fields by
        which the price differs.
    """
    pricing, method = model.pricing, method_of(model.pricing)
    if pricing is None or not (pricing.cost_per_image_grid or _second_variants(pricing)):
        return {}
    if method not in (Method.IMAGE, Method.VIDEO_SECOND, Method.AUDIO_SECOND):
        return {}
    schema = schema if schema is not None else model_schema(model)
    found = {}
    for field in schema.fields:
        if not 1 < len(field.choices) <= _MOST_PRICED_VALUES:
            continue
        rates: dict[str, float | None] = {}
        for value in field.choices:
            asked = Asked(schema, {field.name: value})
            rate = image_rate(pricing, asked) if method is Method.IMAGE else second_rate(pricing, asked)
            rates[str(value).casefold()] = rate.dollars
        if len(set(rates.values())) > 1:
            unit = "" if method is Method.IMAGE else " / s"
            found[field.name] = {
                value: VARIES if rate is None else exact_money(rate) + unit for value, rate in rates.items()
            }
    return found


_UNITS = {
    Method.TOKEN: "in · out, by the million tokens",
    Method.IMAGE: "by the image",
    Method.VIDEO_SECOND: "by the second of video",
    Method.AUDIO_SECOND: "by the second of sound",
    Method.COMPUTE_SECOND: "by the second of computing",
    Method.CREDIT: "in credits of its provider",
}


def _rows(model: Model, pricing: Pricing, method: Method) -> Iterator[PriceRow]:
    used = set(_used_keys(method))
    if method is Method.TOKEN:
        for label, price in (("input", pricing.input_cost_per_token), ("output", pricing.output_cost_per_token)):
            yield PriceRow(label, _priced(_per_million(price), " / M"), "per million tokens")
    elif method is Method.IMAGE:
        yield from _image_rows(pricing, "clip" if model.kind is ModelKind.VIDEO else "image")
    elif method in (Method.VIDEO_SECOND, Method.AUDIO_SECOND):
        yield from _second_rows(pricing)
    elif method is Method.COMPUTE_SECOND:
        yield PriceRow("one second", _priced(known(pricing.cost_per_second), " / s"), "while it computes")
    elif method is Method.CREDIT:
        yield PriceRow("one credit", _priced(known(pricing.cost_per_credit), ""), "a request takes several")
    for key in _PLAIN_KEYS:
        price = known(getattr(pricing, key))
        if key not in used and price is not None:
            yield PriceRow(key, exact_money(price), "stated, not used by this method")
    tuning = number((model.fine_tuning or {}).get("cost_per_second"))
    if known(tuning) is not None:
        yield PriceRow("fine-tuning", f"{exact_money(tuning)} / s", "while it trains")


def _image_rows(pricing: Pricing, piece: str) -> Iterator[PriceRow]:
    grid, flat = known_grid(pricing), known(pricing.cost_per_image)
    if len(grid) == 1:
        for size, price in next(iter(grid.values())).items():
            yield PriceRow(clean_line(size, 60), f"{exact_money(price)} each")
    if flat is not None or not grid:
        yield PriceRow("anything else" if grid else f"one {piece}", _priced(flat, " each"))


def _second_rows(pricing: Pricing) -> Iterator[PriceRow]:
    by_resolution = known_prices(pricing.cost_per_second_by_resolution)
    for resolution, price in by_resolution.items():
        yield PriceRow(clean_line(resolution, 60), f"{exact_money(price)} / s")
    flat = known(pricing.cost_per_second)
    if flat is not None or not by_resolution:
        yield PriceRow("any other" if by_resolution else "one second", _priced(flat, " / s"))
    high = known(pricing.cost_per_second_high_res)
    if high is not None:
        yield PriceRow("1080p and more", f"{exact_money(high)} / s")
    sound = known(pricing.cost_per_second_with_audio)
    if sound is not None:
        yield PriceRow("with sound", f"{exact_money(sound)} / s")


def _tables(pricing: Pricing, method: Method) -> Iterator[PriceTable]:
    """The grid of qualities and sizes, cheapest first."""
    grid = known_grid(pricing)
    if len(grid) < 2:
        return
    highest: dict[str, float] = {}
    for row in grid.values():
        for size, price in row.items():
            highest[size] = max(price, highest.get(size, price))
    sizes = sorted(highest, key=lambda size: highest[size])
    yield PriceTable(
        title="each image" if method is Method.IMAGE else "cost_per_image_grid, not used by this method",
        head=("", *(clean_line(size, 60) for size in sizes)),
        rows=tuple(
            (clean_line(quality, 60), *(exact_money(row[size]) if size in row else "?" for size in sizes))
            for quality, row in grid.items()
        ),
    )


def _notes(model: Model, method: Method, short: str) -> Iterator[str]:
    pricing = model.pricing
    if pricing is None:
        yield "The service states no price for this model. That does not mean that it is free."
    elif method is Method.UNKNOWN:
        named = f"by {clean_line(pricing.method, 60)}" if pricing.method else "in no way that is known here"
        yield f"It is paid {named}; what a request costs cannot be reckoned. That does not mean that it is free."
    elif short == VARIES:
        yield "The service states no price. That does not mean that it is free."
    elif method is Method.COMPUTE_SECOND:
        yield "What a request costs is known when it has run."
    elif method is Method.CREDIT:
        yield "How many credits a request takes is decided by the provider."


_PLAIN_KEYS = (
    *("input_cost_per_token", "output_cost_per_token", "cost_per_image", "cost_per_second"),
    *("cost_per_second_with_audio", "cost_per_second_high_res", "cost_per_credit"),
)


def _used_keys(method: Method) -> tuple[str, ...]:
    if method is Method.TOKEN:
        return ("input_cost_per_token", "output_cost_per_token")
    if method is Method.IMAGE:
        return ("cost_per_image",)
    if method in (Method.VIDEO_SECOND, Method.AUDIO_SECOND):
        return ("cost_per_second", "cost_per_second_with_audio", "cost_per_second_high_res")
    if method is Method.COMPUTE_SECOND:
        return ("cost_per_second",)
    return ("cost_per_credit",) if method is Method.CREDIT else ()


def _second_variants(pricing: Pricing) -> bool:
    return bool(pricing.cost_per_second_by_resolution) or pricing.cost_per_second_high_res is not None


def _second_prices(pricing: Pricing) -> tuple[float | None, ...]:
    return (
        pricing.cost_per_second,
        pricing.cost_per_second_with_audio,
        pricing.cost_per_second_high_res,
        *pricing.cost_per_second_by_resolution.values(),
    )


def _span(prices: Iterable[float | None]) -> str:
    found = [price for price in map(known, prices) if price is not None]
    if not found:
        return VARIES
    low, high = money(min(found)), money(max(found))
    return low if low == high else f"{low} … {high}"


def _per_million(price: float | None) -> float | None:
    told = known(price)
    return None if told is None else told * _MILLION


def _priced(price: float | None, unit: str) -> str:
    return VARIES if price is None else exact_money(price) + unit
