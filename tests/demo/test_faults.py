"""Troubles a prompt asks for, and troubles that are injected."""

from __future__ import annotations

import pytest

from oxen_tui.demo.errors import Refused
from oxen_tui.demo.faults import ASKED, ASKED_OF_MEDIA, Asked, Faults, asked_in, faults_from, refusal


@pytest.mark.parametrize("name", [*ASKED, *ASKED_OF_MEDIA])
def test_every_fault_of_the_help_is_understood(name: str) -> None:
    assert asked_in(f"fault: {name}") == Asked(name)
    assert asked_in(f"Please, Fault: {name}") == Asked(name)


def test_a_fault_may_carry_a_number_and_once() -> None:
    assert asked_in("fault: 429 9") == Asked("429", 9)
    assert asked_in("fault: 500 once") == Asked("500", once=True)
    assert asked_in("fault: cut once") == Asked("cut", once=True)
    assert asked_in("fault: silence midway once") == Asked("silence midway", once=True)
    assert asked_in("fault: slow please") == Asked("slow")


def test_other_words_ask_for_nothing() -> None:
    assert asked_in("whose fault: nobody knows") is None
    assert asked_in("default: cut") is None
    assert asked_in("fault: 200") is None


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422, 426, 429, 500, 503, 529])
def test_a_status_becomes_a_refusal_with_that_status(status: int) -> None:
    refused = refusal(Asked(str(status), 7))
    assert isinstance(refused, Refused)
    assert refused.status == status
    assert refused.retry_after == (7.0 if status == 429 else None)
    assert "error" in refused.body


def test_once_is_served_well_the_second_time() -> None:
    faults = Faults()
    assert faults.still_asked("fault: 500 once") is not None
    assert faults.still_asked("fault: 500 once") is None
    assert faults.still_asked("fault: 500") is not None
    assert faults.still_asked("fault: 500") is not None


def test_injected_faults_come_at_every_nth_chance() -> None:
    faults = faults_from({"rate_limit": 3})
    assert [faults.due("rate_limit") for _ in range(6)] == [False, False, True, False, False, True]
    assert not faults.due("server_error")


def test_only_known_kinds_of_fault_can_be_injected() -> None:
    assert faults_from("some").every
    assert not faults_from("none").every
    with pytest.raises(ValueError, match="moonlight"):
        faults_from({"moonlight": 1})
    with pytest.raises(ValueError, match="many"):
        faults_from("many")
