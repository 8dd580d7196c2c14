"""What the list of models shows, filters and sorts by, of one model: short, so that 50,000 of them fit.

The whole model (schema, description, showcase) stays in the text it came in, and is read when somebody looks at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from oxen_tui.api.json_values import items, line, mapping
from oxen_tui.api.model import Model, Pricing
from oxen_tui.services.price.comparable_price import price_span

FORM = "1"
"""How listings are made. To be counted up when that changes, so that kept ones are made anew."""

_LONGEST_SUMMARY = 240
"""Characters."""

_LONG_FIELDS = ("request_schema", "description", "showcase", "fine_tuning")
"""What makes a model long, and is not listed."""

_LONGEST_TRAIT = 100
_DEEPEST_SCHEMA = 6
_MOST_TRAITS = 5_500
"""Names of parameters and choices of one model."""
_MOST_CHOICES = 60
_LONGEST_CHOICE = 30

_SPACED = str.maketrans(dict.fromkeys(" -/.:", "_"))


class Listing(NamedTuple):
    """One model in the list. Text is cleaned; "" and None are unknown."""

    id: str
    name: str
    """For people; the id where there is none."""
    developer: str
    summary: str
    kind: str
    """A `ModelKind`."""
    inputs: str
    """Words with a space between: `image text`."""
    outputs: str
    endpoint: str
    traits: str
    """Parameters, their parts and choices, in lower case with `_` inside, each between newlines."""
    needs_picture: bool
    custom: bool
    deployment: str
    pricing: str
    """The price as JSON with sorted keys, so that equal prices are equal text."""
    unit: str
    """A `PriceUnit`."""
    low: float | None
    """US dollars a unit."""
    high: float | None
    context: int | None
    """Tokens."""
    released: float | None
    """Unix seconds; when the entry was made, where no release is said."""
    start: int
    """Where the model's text begins in the body of the list; -1 for one that is not in the list."""
    end: int


def listing_of(entry: Mapping[str, Any], start: int = -1, end: int = -1) -> Listing | None:
    """What is listed of a model as it came; None for one without an id."""
    model = Model.from_json({key: value for key, value in entry.items() if key not in _LONG_FIELDS})
    if not model.id:
        return None
    needs_picture = Model(model.id, request_schema=mapping(entry.get("request_schema"))).needs_picture
    released = model.released_at or model.created
    span = price_span(model.pricing)
    return Listing(
        id=model.id,
        name=model.display_name or model.id,
        developer=model.developer,
        summary=model.summary[:_LONGEST_SUMMARY],
        kind=model.kind.value,
        inputs=" ".join(sorted(model.inputs | {"image"} if needs_picture else model.inputs)),
        outputs=" ".join(sorted(model.outputs)),
        endpoint=model.endpoint,
        traits=_traits(entry, model.pricing),
        needs_picture=needs_picture,
        custom=model.model_type == "custom",
        deployment=model.deployment or "",
        pricing=pricing_text(model.pricing),
        unit="" if span is None else span.unit.value,
        low=None if span is None else span.low,
        high=None if span is None else span.high,
        context=model.context_length,
        released=None if released is None else released.timestamp(),
        start=start,
        end=end,
    )


def pricing_text(pricing: Pricing | None) -> str:
    """A price as text that is equal for equal prices; "" where none is known."""
    return "" if pricing is None else json.dumps(pricing.to_json(), sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def pricing_from_text(text: str) -> Pricing | None:
    """Reads `pricing_text` back."""
    return Pricing.from_json(json.loads(text)) if text else None


def trait(word: str) -> str:
    """A word as `Listing.traits` spells it."""
    return word.strip().lower().translate(_SPACED)


def _traits(entry: Mapping[str, Any], pricing: Pricing | None) -> str:
    found: dict[str, None] = {}
    for words in (_schema_words(mapping(entry.get("request_schema")), 0), _other_words(entry, pricing)):
        for word in words:
            if len(word) > _LONGEST_TRAIT:
                continue
            spelled = trait(word if word.isascii() and word.isprintable() else line(word))
            if spelled not in found:
                found[spelled] = None
                if "_" in spelled:
                    found.update(dict.fromkeys(part for part in spelled.split("_") if len(part) > 1))
            if len(found) > _MOST_TRAITS:
                break
    found.pop("", None)
    return "\n".join(("", *found, "")) if found else ""


def _schema_words(schema: Mapping[str, Any], depth: int) -> Iterator[str]:
    """The names of all parameters, and the words one can choose from."""
    if depth > _DEEPEST_SCHEMA:
        return
    for name, value in mapping(schema.get("properties")).items():
        yield name
        field = mapping(value)
        choices = items(field.get("enum"))
        if len(choices) <= _MOST_CHOICES:
            for choice in choices:
                if isinstance(choice, str) and len(choice) <= _LONGEST_CHOICE:
                    yield choice
        yield from _schema_words(field, depth + 1)
        yield from _schema_words(mapping(field.get("items")), depth + 1)


def _other_words(entry: Mapping[str, Any], pricing: Pricing | None) -> Iterator[str]:
    """What a server says of parameters beside the schema: OpenRouter's list, and variants that have a price."""
    for word in items(entry.get("supported_parameters")):
        if isinstance(word, str):
            yield word
    if pricing is not None:
        yield from pricing.cost_per_second_by_resolution
        for row in pricing.cost_per_image_grid.values():
            yield from row
        if pricing.cost_per_second_with_audio is not None:
            yield "audio"
