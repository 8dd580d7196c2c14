"""Random values for request schemas, made from the JSON itself and by no code of the form they are for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from oxen_tui.safe_text import clean

Rule = dict[str, Any]

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=20).filter(
    lambda text: clean(text) == text
)
FILLED_WORDS = WORDS.filter(lambda text: bool(text.strip()))
ADDRESSES = st.integers(0, 99).map(lambda number: f"https://example.com/{number}.png")
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FILLED_WORDS, inner, max_size=3),
    max_leaves=5,
)
_EITHER = ("prompt", "multi_prompt")


def bodies(schema: Rule) -> st.SearchStrategy[Rule]:
    """Valid requests: all that is required, and some of the rest. Of prompt and shots, one."""
    both = set(_EITHER) <= set(schema.get("properties", {}))
    whole = _objects(schema, schema)
    if not both:
        return whole
    shots = _values(schema["properties"]["multi_prompt"], schema, needed=True).filter(bool)

    def one_of_them(body: Rule, use_shots: bool, prompt: str, shot: Any) -> Rule:
        body = {name: value for name, value in body.items() if name not in _EITHER}
        return {**body, "multi_prompt": shot} if use_shots else {**body, "prompt": prompt}

    return st.builds(one_of_them, whole, st.booleans(), FILLED_WORDS, shots)


def broken_bodies(
    schema: Rule, is_valid: Callable[[Rule], bool]
) -> st.SearchStrategy[tuple[tuple[str | int, ...], Rule]]:
    """Requests with one value that the schema refuses, and where it stands."""

    @st.composite
    def one(draw: st.DrawFn) -> tuple[tuple[str | int, ...], Rule]:
        body = draw(bodies(schema).filter(bool))
        place = draw(st.sampled_from(list(_places(body))))
        holder: Any = body
        for step in place[:-1]:
            holder = holder[step]
        holder[place[-1]] = draw(ANYTHING | st.just("x" * 6000) | st.just(["https://example.com/"] * 40))
        return place, body

    return one().filter(lambda found: not is_valid(found[1]))


def _places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [at] if at else []
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, entry in entries:
        found.extend(_places(entry, (*at, step)))
    return found


def _objects(rule: Rule, root: Rule, depth: int = 0) -> st.SearchStrategy[Rule]:
    fields: Rule = rule.get("properties", {})
    required = set(rule.get("required", ()))
    must = {name: _values(fields.get(name, {}), root, needed=True, depth=depth + 1) for name in required}
    may = {
        name: _values(field, root, depth=depth + 1)
        for name, field in fields.items()
        if name not in required and depth < 3
    }
    return st.fixed_dictionaries(must, optional=may)


def _values(rule: Any, root: Rule, *, needed: bool = False, depth: int = 0) -> st.SearchStrategy[Any]:
    if not isinstance(rule, dict):
        return ANYTHING
    made = _of_rule(rule, root, needed, depth)
    return made | st.none() if rule.get("nullable") is True and not needed else made


def _of_rule(rule: Rule, root: Rule, needed: bool, depth: int) -> st.SearchStrategy[Any]:
    if "$ref" in rule:
        target = root
        for part in rule["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        if depth > 4:
            return st.nothing()
        beside = {key: value for key, value in rule.items() if key != "$ref"}
        return _values({**target, **beside}, root, needed=needed, depth=depth + 1)
    if "const" in rule:
        return st.just(rule["const"])
    if "enum" in rule:
        return st.sampled_from([value for value in rule["enum"] if value is not None or not needed])
    for key in ("oneOf", "anyOf"):
        if key in rule:
            return st.one_of([_values(form, root, needed=needed, depth=depth) for form in rule[key]])
    declared = rule.get("type")
    if isinstance(declared, list):
        return st.one_of(
            [_of_type(kind, rule, root, needed, depth) for kind in declared if kind != "null" or not needed]
        )
    if declared is None and "properties" in rule:
        declared = "object"
    return _of_type(declared, rule, root, needed, depth)


def _of_type(kind: Any, rule: Rule, root: Rule, needed: bool, depth: int) -> st.SearchStrategy[Any]:
    match kind:
        case "string":
            return _texts(rule, needed)
        case "integer":
            return _whole_numbers(rule)
        case "number":
            return _numbers(rule)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            least = max(rule.get("minItems", 0), 1 if needed else 0)
            item = rule.get("items", {})
            entries = _values(item, root, needed=item.get("format") == "uri", depth=depth + 1)
            most = min(rule.get("maxItems", 3), max(least, 3))
            return st.lists(entries, min_size=least, max_size=most, unique=bool(rule.get("uniqueItems")))
        case "object":
            if "properties" in rule:
                return _objects(rule, root, depth)
            others = rule.get("additionalProperties")
            entries = _values(others, root, depth=depth + 1) if isinstance(others, dict) else ANYTHING
            return st.dictionaries(FILLED_WORDS, entries, min_size=1 if needed else 0, max_size=3)
    return ANYTHING.filter(lambda value: not needed or value not in ("", []))


def _texts(rule: Rule, needed: bool) -> st.SearchStrategy[str]:
    if "pattern" in rule:
        pattern: str = rule["pattern"]
        return st.from_regex(pattern, fullmatch=True).filter(lambda text: clean(text) == text and text.isascii())
    if rule.get("format") == "uri":
        return ADDRESSES if needed else ADDRESSES | st.just("")
    most, least = rule.get("maxLength"), rule.get("minLength", 0)
    texts = FILLED_WORDS if needed else WORDS
    if most is not None:
        texts = texts.map(lambda text: text[:most]).filter(lambda text: not needed or bool(text.strip()))
    return texts.filter(lambda text: len(text) >= least) if least else texts


def _whole_numbers(rule: Rule) -> st.SearchStrategy[int]:
    low = math.ceil(rule.get("minimum", -(10**6)))
    high = math.floor(rule.get("maximum", max(low, 10**6)))
    if isinstance(above := rule.get("exclusiveMinimum"), int | float):
        low = max(low, math.floor(above) + 1)
    if isinstance(below := rule.get("exclusiveMaximum"), int | float):
        high = min(high, math.ceil(below) - 1)
    step = rule.get("multipleOf", 1)
    return st.integers(math.ceil(low / step), math.floor(high / step)).map(lambda number: number * step)


def _numbers(rule: Rule) -> st.SearchStrategy[float]:
    low, high = rule.get("minimum", -1e6), rule.get("maximum", 1e6)
    if step := rule.get("multipleOf"):
        return st.integers(math.ceil(low / step), math.floor(high / step)).map(lambda number: round(number * step, 9))
    above, below = rule.get("exclusiveMinimum"), rule.get("exclusiveMaximum")
    return st.floats(
        float(low if above is None else above),
        float(high if below is None else below),
        exclude_min=above is not None,
        exclude_max=below is not None,
    )
