from __future__ import annotations

from datetime import UTC, datetime

import pytest

from oxen_tui.api.errors import (
    ApiError,
    BadRequest,
    CutOff,
    InvalidKey,
    RateLimited,
    ServerFailed,
    TimedOut,
    Unreachable,
)
from oxen_tui.api.retry import Resend, retry_after_seconds, seconds_before_retry

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 1.5 ", 1.5),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("Sun, 99 Nov 2026 12:00:30 GMT", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds


def test_waits_double_with_chance_around_them() -> None:
    waits = [seconds_before_retry(ServerFailed(), attempt, Resend.FREELY, 0.5) for attempt in (1, 2, 3, 4)]
    assert waits == [0.5, 1.0, 2.0, None]
    assert seconds_before_retry(ServerFailed(), 1, Resend.FREELY, 0.0) == 0.25
    assert seconds_before_retry(ServerFailed(), 1, Resend.FREELY, 1.0) == 0.75


def test_the_servers_wish_is_followed_up_to_two_minutes() -> None:
    assert seconds_before_retry(RateLimited(retry_after=120), 1, Resend.FREELY, 0.0) == 120
    assert seconds_before_retry(RateLimited(retry_after=121), 1, Resend.FREELY, 0.0) is None
    assert seconds_before_retry(ServerFailed(retry_after=3), 1, Resend.FREELY, 0.0) == 3


@pytest.mark.parametrize("error", [BadRequest(), InvalidKey(), TimedOut()])
def test_what_cannot_help_is_not_tried(error: ApiError) -> None:
    assert seconds_before_retry(error, 1, Resend.FREELY, 0.5) is None


def test_what_may_have_been_taken_is_not_sent_again() -> None:
    for error, again in ((ServerFailed(), False), (CutOff(), False), (Unreachable(), True), (RateLimited(), True)):
        assert (seconds_before_retry(error, 1, Resend.IF_UNSENT, 0.5) is not None) is again
