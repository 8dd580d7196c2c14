"""What two models have different: the fields they take, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean_line
from oxen_tui.services.json_text import compact_json
from oxen_tui.services.price.examples import example_words, worked_example
from oxen_tui.services.price.words import price_page, short_price
from oxen_tui.services.schema.field_words import worth_a_line
from oxen_tui.services.schema.fields import ITEMS, NOTHING, VARIANT, Field, Path
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema
from oxen_tui.services.schema.words import limit_words, media_words, range_words, type_words, value_text

_MOST_FIELDS = 12_000
"""Fields of one model that are compared."""

_LONGEST_VALUE = 80
"""Characters of a value that are said of it."""

_NOTHING_SAID = "–"
"""In the place of what one of the two does not have."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field that only one of the two has."""

    path: Path
    name: str
    """With what it is in: `camera.path`."""
    words: tuple[str, ...]
    """Type, whether required, default, limits."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that both have, and how it differs: from the first to the second."""

    path: Path
    name: str
    words: tuple[str, ...]
    """`type integer → string`, `+ 4K`, `range 4 … 12 → 3 … 15`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One fact of both."""

    label: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        return self.first == self.second


@dataclass(frozen=True, slots=True)
class ModelDiff:
    """The differences, in the order in which a form shows the fields."""

    first: str
    """Names of the models."""
    second: str
    facts: tuple[Beside, ...]
    prices: tuple[Beside, ...]
    only_first: tuple[FieldWords, ...]
    only_second: tuple[FieldWords, ...]
    changed: tuple[FieldChange, ...]
    same: int
    """Fields that do not differ."""


def diff_models(first: Model, second: Model) -> ModelDiff:
    """Compare two models, the first of them being what the second is measured by."""
    before, after = _all_fields(model_schema(first)), _all_fields(model_schema(second))
    changed, same = [], 0
    for path, field in before.items():
        if (other := after.get(path)) is None:
            continue
        if words := tuple(field_changes(field, other)):
            changed.append(FieldChange(path, _dotted(path), words))
        else:
            same += 1
    return ModelDiff(
        first=first.display_name or first.id,
        second=second.display_name or second.id,
        facts=tuple(_facts(first, second)),
        prices=tuple(_prices(first, second)),
        only_first=tuple(_only(before, after)),
        only_second=tuple(_only(after, before)),
        changed=tuple(changed),
        same=same,
    )


def field_changes(first: Field, second: Field) -> Iterator[str]:
    """How a field differs, in words; nothing where it does not."""
    before, after = _said(first), _said(second)
    for label in dict.fromkeys((*before, *after)):
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            yield f"{label} {clean_line(old, _LONGEST_VALUE) or 'none'} → {clean_line(new, _LONGEST_VALUE) or 'none'}"
    for label, old_truth, new_truth in (
        ("required", first.required, second.required),
        ("nullable", first.nullable, second.nullable),
        ("hidden", first.hidden, second.hidden),
    ):
        if old_truth != new_truth:
            yield label if new_truth else f"not {label}"
    old_values, new_values = _values(first), _values(second)
    yield from (f"+ {text}" for text in new_values if text not in old_values)
    yield from (f"− {text}" for text in old_values if text not in new_values)
    if old_values != new_values and sorted(old_values) == sorted(new_values):
        yield "values in another order"
    if first.description != second.description:
        yield "other description"


def _said(field: Field) -> dict[str, str]:
    """What can be said of a field in one word each, by label."""
    ranged = range_words(field)
    limits = [limit for limit in limit_words(field) if limit != ranged]
    said = {
        "type": type_words(field),
        "default": "" if field.default is NOTHING else value_text(field.default),
        "const": "" if field.const is NOTHING else value_text(field.const),
        "range": ranged,
        "limits": ", ".join(limits),
        "media": media_words(field) + (f" up to {field.media.most}" if field.media and field.media.most else ""),
        "references": ", ".join(clean_line(f"{each.pattern} from {each.field}") for each in field.references),
    }
    said |= {clean_line(key, 100): compact_json(value) for key, value in field.additional.items()}
    return {label: text for label, text in said.items() if text}


def _values(field: Field) -> list[str]:
    return list(dict.fromkeys(map(value_text, field.enum)))


def _all_fields(schema: RequestSchema) -> dict[Path, Field]:
    """Every field with all that is in it, by path, in the order of a form."""
    found: dict[Path, Field] = {}

    def take(field: Field) -> None:
        if len(found) >= _MOST_FIELDS:
            return
        found[field.path] = field
        if not field.nested:
            return
        for inner in (*field.fields, *field.variants):
            take(inner)
        # What plain entries are is in the type of their array.
        if field.items is not None and (worth_a_line(field.items) or any(limit_words(field.items))):
            take(field.items)

    for field in schema.fields:
        take(field)
    return found


def _only(having: Mapping[Path, Field], lacking: Mapping[Path, Field]) -> Iterator[FieldWords]:
    """Fields of one that the other lacks; what is in such a field goes without saying."""
    for path, field in having.items():
        inside_another = any(path[:end] in having and path[:end] not in lacking for end in range(1, len(path)))
        if path in lacking or inside_another:
            continue
        said = _said(field)
        words = [said.get("type", ""), *(["required"] if field.required else [])]
        words.extend(
            clean_line(said[label], _LONGEST_VALUE)
            for label in ("default", "range", "limits", "media")
            if label in said
        )
        if field.enum:
            words.append(" ".join(_values(field)))
        if field.nested and field.fields:
            words.append(f"{len(field.fields)} field{'s' if len(field.fields) > 1 else ''}")
        yield FieldWords(path, _dotted(path), tuple(filter(None, words)))


def _facts(first: Model, second: Model) -> Iterator[Beside]:
    for label, facts in (
        ("kind", [model.kind.value for model in (first, second)]),
        ("by", [model.developer for model in (first, second)]),
        ("takes", [" ".join(sorted(model.inputs)) for model in (first, second)]),
        ("context", [_tokens(model.context_length) for model in (first, second)]),
        ("longest answer", [_tokens(model.max_output_tokens) for model in (first, second)]),
    ):
        if any(facts):
            yield Beside(label, facts[0] or _NOTHING_SAID, facts[1] or _NOTHING_SAID)


def _prices(first: Model, second: Model) -> Iterator[Beside]:
    """In short, a plain request, then price by price."""
    yield Beside("price", short_price(first.pricing), short_price(second.pricing))
    yield Beside("a plain request", example_words(worked_example(first)), example_words(worked_example(second)))
    before, after = _price_list(first), _price_list(second)
    for label in dict.fromkeys((*before, *after)):
        yield Beside(label, before.get(label, _NOTHING_SAID), after.get(label, _NOTHING_SAID))


def _price_list(model: Model) -> dict[str, str]:
    page = price_page(model)
    listed = {row.label: row.price for row in page.rows}
    for table in page.tables:
        for name, *prices in table.rows:
            listed |= {
                f"{name} {size}": f"{price} each"
                for size, price in zip(table.head[1:], prices, strict=False)
                if price != "?"
            }
    return listed


def _tokens(number: int | None) -> str:
    return "" if number is None else f"{number:,} tokens"


def _dotted(path: Path) -> str:
    """`multi_prompt.duration`, `duration (form 2)`."""
    words = ""
    for part in path:
        if part == ITEMS:
            continue
        if part.startswith(VARIANT) and part[1:].isdecimal():
            words += f" (form {int(part[1:]) + 1})"
        else:
            words += ("." if words else "") + clean_line(part, 200)
    return words + (" (each)" if path and path[-1] == ITEMS else "")
