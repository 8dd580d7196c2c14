from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from oxen_tui.api.account import User
from tests.api.anything import JSON, objects


@pytest.mark.parametrize(
    ("answer", "user"),
    [
        ({"user": {"username": "ox"}}, User("ox")),
        ({"username": "ox"}, User("ox")),
        ({"user": {"username": "ox", "balance": "12.5"}}, User("ox", 12.5)),
        ({"user": {"username": "ox"}, "credits": {"amount": 0}}, User("ox", 0.0)),
        ({"data": {"name": "o\x1bx"}}, User("o␛x")),
        ({}, User("")),
    ],
)
def test_a_user_is_read_with_a_balance_if_there_is_one(answer: Any, user: User) -> None:
    assert User.from_json(answer) == user


@given(objects("user", "username", "balance", "credits"), JSON)
def test_no_json_makes_the_reading_of_a_user_fail(answer: Any, value: Any) -> None:
    User.from_json(answer)
    User.from_json({"user": value, "credits": value})
