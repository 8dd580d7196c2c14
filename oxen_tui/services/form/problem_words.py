"""Why a value is refused, in our words: what goes after the name of its field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from oxen_tui.safe_text import clean_line
from oxen_tui.services.schema.words import number_text, value_text

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_MOST_VALUES = 8
"""Of an enum that are named."""
_LONGEST_VALUE = 40
_DEEPEST_FORMS = 8

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_MISMATCHES = ("type", "const", "enum")
_ELSE = "does not go with what the model describes"

Found = tuple[tuple[str | int, ...], str]
"""The path of what is wrong, from the value that was checked, and the sentence."""


def worded(error: ValidationError, above: tuple[str | int, ...] = (), depth: int = 0) -> Iterator[Found]:
    """What one error comes to; several where a value has the form of one of several, and that is broken in places."""
    path = (*above, *error.relative_path)
    if error.validator not in ("anyOf", "oneOf") or not error.context or depth >= _DEEPEST_FORMS:
        yield path, _sentence(error)
        return
    forms: dict[Any, list[ValidationError]] = defaultdict(list)
    for inner in error.context:
        if inner.relative_schema_path:  # else the form is `false`, which nothing has
            forms[inner.relative_schema_path[0]].append(inner)
    meant = [found for found in forms.values() if not any(_is_mismatch(inner) for inner in found)]
    if meant:
        for inner in min(meant, key=len):
            yield from worded(inner, path, depth + 1)
    elif not forms:
        yield path, _ELSE
    else:
        yield path, f"must be {_one_of(dict.fromkeys(_form(found) for found in forms.values()))}"


def _is_mismatch(error: ValidationError) -> bool:
    """Whether another form must have been meant."""
    if error.validator in ("anyOf", "oneOf"):
        return not error.relative_path and bool(error.context)
    at_top = not error.relative_path
    return error.validator in _MISMATCHES and (at_top or error.validator == "const")


def _form(errors: list[ValidationError]) -> str:
    """What a form takes, by how a value missed it."""
    for error in errors:
        if error.validator in _MISMATCHES and not error.relative_path:
            return _sentence(error).removeprefix("must be ").removeprefix("one of ")
    return "another form"


def _sentence(error: ValidationError) -> str:
    rule: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "required":
            return "is required"
        case "type":
            return (
                f"must be {_one_of([_TYPES.get(kind, kind) for kind in ([rule] if isinstance(rule, str) else rule)])}"
            )
        case "enum":
            shown = [_value(entry) for entry in rule[:_MOST_VALUES]]
            more = f" or {len(rule) - _MOST_VALUES} more" if len(rule) > _MOST_VALUES else ""
            return f"must be {shown[0]}" if len(rule) == 1 else f"must be one of {', '.join(shown)}{more}"
        case "const":
            return f"must be {_value(rule)}"
        case "minimum":
            return f"must be {number_text(rule)} or more"
        case "maximum":
            return f"must be {number_text(rule)} or less"
        case "exclusiveMinimum":
            return f"must be more than {number_text(rule)}"
        case "exclusiveMaximum":
            return f"must be less than {number_text(rule)}"
        case "multipleOf":
            return f"must be a multiple of {number_text(rule)}"
        case "minLength":
            return f"needs {_counted(rule, 'character')} at least, has {len(value):,}"
        case "maxLength":
            return f"takes {_counted(rule, 'character')} at most, has {len(value):,}"
        case "minItems":
            return f"needs {rule:,.0f} at least, has {len(value):,}"
        case "maxItems":
            return f"takes {rule:,.0f} at most, has {len(value):,}"
        case "uniqueItems":
            return "must not hold the same twice"
        case "pattern":
            return f"must look like {clean_line(rule, 100)}"
        case "format":
            return "must be a file or an address"
        case "additionalProperties":
            return "is not known to this model"
        case "dependentRequired":
            others = dict.fromkeys(name for key in rule if key in value for name in rule[key] if name not in value)
            return f"needs {', '.join(clean_line(name, 100) for name in others)} too"
        case None:
            return "must be left out"
    return _ELSE


def _value(value: object) -> str:
    return clean_line(value_text(value), _LONGEST_VALUE)


def _one_of(words: Any) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


def _counted(number: float, unit: str) -> str:
    return f"{number:,.0f} {unit}" if number == 1 else f"{number:,.0f} {unit}s"
