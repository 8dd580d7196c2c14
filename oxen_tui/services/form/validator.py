"""jsonschema, with the dialect's own ways and with bounds: what a value breaks, as jsonschema's errors.

The library is loaded on the first check, which takes a tenth of a second: `load` does it ahead, in a thread.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from oxen_tui.services.form.checkable import NEEDED, SEE, Checkable, Reference, TooInvolved
from oxen_tui.services.form.patterns import breaks_pattern
from oxen_tui.services.schema.keywords import is_number

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_Schema = Mapping[str, Any]
_ADDRESSES = ("https://", "http://", "data:", "file:")


def load() -> None:
    """Loads the library. Blocks for a tenth of a second."""
    _validator_class()


def broken(checkable: Checkable, schema: dict[str, Any] | bool, value: object) -> list[ValidationError]:
    """What is wrong with a value, by a schema that `checkable` made.

    Raises:
        TooInvolved: Nobody can say.
    """
    checkable.followed = 0
    try:
        return list(_validator_class()(schema).iter_errors(value))
    except RecursionError:
        raise TooInvolved from None


def is_blank(value: object) -> bool:
    """Whether a value is as good as none where one is required (contract section 10: "" must still be filled)."""
    return value == [] or (isinstance(value, str) and not value.strip())


def breaks_step(value: float, step: float) -> bool:
    """Whether a number is no multiple of a step. 0.7 is one of 0.1, whatever binary fractions make of it."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step != 0
    try:
        steps = value / step
    except OverflowError:
        return False
    return math.isfinite(steps) and abs(steps - round(steps)) > 1e-9 * max(1.0, abs(steps))


@cache
def _validator_class() -> Any:
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import Draft202012Validator, extend

    # Each takes the validator, what the word says, the value, and the schema around the word.

    def see(validator: Any, reference: Reference, value: object, _: _Schema) -> Iterator[ValidationError]:
        yield from validator.descend(value, reference.follow())

    def required(_: Any, names: list[str], value: object, __: _Schema) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            for name in dict.fromkeys(names):
                if name not in value or is_blank(value[name]):
                    yield ValidationError("", path=(name,))

    def others(validator: Any, rule: _Schema | bool, value: object, schema: _Schema) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            known = schema.get("properties", {})
            for name in value:
                if name not in known:
                    if rule is False:
                        yield ValidationError("", path=(name,))
                    else:
                        yield from validator.descend(value[name], rule, path=name)

    def step(_: Any, size: float, value: object, __: _Schema) -> Iterator[ValidationError]:
        if is_number(value) and breaks_step(value, size):
            yield ValidationError("")

    def pattern(_: Any, rule: str, value: object, __: _Schema) -> Iterator[ValidationError]:
        if isinstance(value, str) and breaks_pattern(rule, value):
            yield ValidationError("")

    def address(_: Any, __: str, value: object, schema: _Schema) -> Iterator[ValidationError]:
        # An empty one is as good as none, except as one of several.
        if isinstance(value, str) and (value or NEEDED in schema) and not value.startswith(_ADDRESSES):
            yield ValidationError("")

    return extend(
        Draft202012Validator,
        {
            SEE: see,
            "required": required,
            "additionalProperties": others,
            "multipleOf": step,
            "pattern": pattern,
            "format": address,
        },
    )
