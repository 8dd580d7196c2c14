"""Seeds by chance, of the range that a field allows."""

from __future__ import annotations

import math
from random import Random

from oxen_tui.services.schema.fields import Field

_USUAL_HIGH = 2**31 - 1
"""Where no maximum is stated: what every service can take."""


def random_seed(field: Field, random: Random) -> int:
    """A whole number that the field allows."""
    low = field.minimum if field.minimum is not None else 0
    if field.exclusive_minimum is not None:
        low = max(low, math.floor(field.exclusive_minimum) + 1)
    high = field.maximum if field.maximum is not None else max(_USUAL_HIGH, low)
    if field.exclusive_maximum is not None:
        high = min(high, math.ceil(field.exclusive_maximum) - 1)
    step = int(field.step) if field.step is not None and field.step >= 1 else 1
    # -1 is how some ask for a random seed: a number that is known is wanted here.
    first, last = math.ceil(max(low, min(0, high)) / step), math.floor(high / step)
    return random.randint(first, max(first, last)) * step
