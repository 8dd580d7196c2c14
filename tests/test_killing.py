"""A few rounds of `python -m tests.killing`, which plays a hundred."""

from __future__ import annotations

from tests.killing import kill


async def test_a_program_killed_while_it_sends_loses_nothing_and_sends_nothing_twice() -> None:
    tally = await kill(4, seed=3, say=lambda _: None, longest_life=0.8)

    assert tally.rounds == 4
    assert tally.faults == []
