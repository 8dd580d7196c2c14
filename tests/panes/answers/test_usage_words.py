from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from oxen_tui.api.usage import Usage
from oxen_tui.panes.answers.usage_words import answer_facts
from oxen_tui.store.message import Ending, Message


def answer(**fields: Any) -> Message:
    at = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
    usual: dict[str, Any] = {
        "id": 2, "conversation_id": 1, "parent_id": 1, "role": "assistant", "text": "Moo.", "reasoning": "",
        "reasoning_seconds": None, "tool_calls": (), "model": "m", "ending": Ending.DONE, "trouble": "",
        "created_at": at, "seconds": 9.2, "first_token_seconds": 1.2, "usage": Usage(1284, 400, 1684, 700, 120),
        "cost": 0.0043, "sibling": 1, "siblings": 1, "pieces": 380,
    }  # fmt: skip
    return Message(**usual | fields)


def test_an_answer_says_what_it_took() -> None:
    assert answer_facts(answer()) == (
        ("tokens in", "1,284, 700 cached"),
        ("tokens out", "400, 120 of thought"),
        ("first token", "after 1.2 s"),
        ("time", "9.2 s"),
        ("pace", "50 tokens a second"),
        ("cost", "~$0.0043"),
    )


def test_where_the_server_counts_nothing_pieces_are_counted_and_a_cost_is_unknown() -> None:
    facts = dict(answer_facts(answer(usage=None, cost=None)))
    assert (facts["tokens out"], facts["pace"], facts["cost"]) == ("~380", "~48 tokens a second", "?")
    assert "tokens in" not in facts


@pytest.mark.parametrize(
    "fields", [{"seconds": None}, {"seconds": 1.2}, {"usage": None, "pieces": 0}, {"usage": Usage(3), "pieces": 0}]
)
def test_no_pace_is_made_up(fields: dict[str, Any]) -> None:
    assert "pace" not in dict(answer_facts(answer(**fields)))


def test_what_the_server_charged_is_no_estimate() -> None:
    assert dict(answer_facts(answer(usage=Usage(1, 2, 3, cost=0.0), cost=0.5)))["cost"] == "$0.00"
