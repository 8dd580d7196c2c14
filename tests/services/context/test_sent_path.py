"""What of a path is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.services.context.sent_path import newest_that_fit, sent_part, told_conversation, told_message
from oxen_tui.store.message import Message
from tests.services.messages_made import message

ROLES = {"u": "user", "a": "assistant", "t": "tool"}


def path(roles: str) -> list[Message]:
    """Messages numbered from 1: `uaua`."""
    return [message(number, ROLES[role], f"{role}{number}") for number, role in enumerate(roles, 1)]


def ids(messages: object) -> list[int]:
    return [each.id for each in messages]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("roles", "left_out", "sent"),
    [
        ("uauau", None, [1, 2, 3, 4, 5]),
        ("uauau", 2, [3, 4, 5]),
        ("uauau", 4, [5]),
        ("uatau", 2, [5]),
        ("uauau", 99, [1, 2, 3, 4, 5]),
        ("uauau", 5, [1, 2, 3, 4, 5]),
        ("uau", 1, [3]),
        ("", 1, []),
    ],
)
def test_sending_begins_with_the_question_after_what_is_left_out(
    roles: str, left_out: int | None, sent: list[int]
) -> None:
    assert ids(sent_part(path(roles), left_out)) == sent


@given(st.text("uat", max_size=12), st.integers(0, 14))
def test_what_is_sent_is_an_end_of_the_path_and_begins_with_a_question_where_something_is_left_out(
    roles: str, left_out: int
) -> None:
    whole = path(roles)
    sent = list(sent_part(whole, left_out))
    assert sent == whole[len(whole) - len(sent) :]
    assert len(sent) == len(whole) or sent[0].role == "user"


def test_a_question_says_which_conversation_it_is_about_until_another_is_asked() -> None:
    asking = message(1, "user", "Summarise", attachments=(told_conversation(77, "Tides"),))
    assert told_message([asking]) == 77
    assert told_message([asking, message(2, "assistant", "Half")]) == 77
    assert told_message([asking, message(2, "assistant", "All"), message(3, "user", "On")]) is None
    assert told_message([]) is None


@pytest.mark.parametrize(
    ("room", "kept", "too_old"),
    [(None, [1, 2, 3, 4, 5], 0), (50, [1, 2, 3, 4, 5], 0), (49, [3, 4, 5], 2), (30, [3, 4, 5], 2), (1, [5], 4)],
)
def test_the_newest_exchanges_that_fit_are_told(room: int | None, kept: list[int], too_old: int) -> None:
    told, left = newest_that_fit(path("uauau"), room, lambda _: 10)
    assert (ids(told), left) == (kept, too_old)
