"""When a request is sent again by itself, and after how long (design section 7)."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import Enum, auto

from oxen_tui.api.errors import ApiError, RateLimited, Unreachable

MOST_RETRIES = 3
LONGEST_WAIT = 120.0
"""Seconds. When a server asks for more, the user is asked instead."""
_FIRST_WAIT = 0.5
_WORST_WAIT = 8.0


class Resend(Enum):
    """What sending a request twice would do."""

    FREELY = auto()
    """Nothing (a GET), or nothing that counts (a chat that has produced nothing)."""
    IF_UNSENT = auto()
    """It may be done, and billed, twice: again only when the server certainly did not take it."""


def seconds_before_retry(error: ApiError, attempt: int, resend: Resend, chance: float) -> float | None:
    """The pause before the next attempt; None when there is to be none.

    Args:
        attempt: how often it was sent so far, from 1.
        chance: a random number from 0 to 1, so that many clients do not come back in step.
    """
    if attempt > MOST_RETRIES or not error.may_retry:
        return None
    if resend is Resend.IF_UNSENT and not isinstance(error, Unreachable | RateLimited):
        return None
    if error.retry_after is not None:
        return error.retry_after + chance * 0.25 if error.retry_after <= LONGEST_WAIT else None
    return min(_WORST_WAIT, _FIRST_WAIT * 2.0 ** (attempt - 1)) * (0.5 + chance)


def retry_after_seconds(header: str, now: float) -> float | None:
    """The seconds a Retry-After header asks for, whether it counts them or names a time; None if it says neither."""
    said = header.strip()
    if said.replace(".", "", 1).isdecimal() and len(said) < 12:
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
