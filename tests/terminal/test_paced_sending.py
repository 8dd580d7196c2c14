"""Long things go out in pieces, one after another, and wait for the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from oxen_tui.terminal.late_answers import READY_QUERY, LateAnswers
from oxen_tui.terminal.paced_sending import PacedSending


class FakeTerminal:
    """Keeps what is written and answers when it is told to."""

    def __init__(self, *, answers_at_once: bool = True) -> None:
        self.answers = LateAnswers()
        self.written: list[str] = []
        self.answers_at_once = answers_at_once
        self.slept: list[float] = []

    def write(self, text: str) -> None:
        self.written.append(text)
        if self.answers_at_once and text.endswith(READY_QUERY):
            self.answer()

    def answer(self) -> None:
        self.answers.pass_on("\x1b[0n")

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    def sending(self, round_trip: float | None = 0.001) -> PacedSending:
        return PacedSending(self.write, self.answers, round_trip, sleep=self.sleep)

    @property
    def text(self) -> str:
        return "".join(self.written).replace(READY_QUERY, "")


def pieces_of(text: str) -> Callable[[int], str]:
    at = 0

    def next_piece(size: int) -> str:
        nonlocal at
        piece = text[at : at + size]
        at += len(piece)
        return piece

    return next_piece


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_all_of_it_arrives_in_its_order() -> None:
    terminal = FakeTerminal()
    sending = terminal.sending()
    first = sending.send(pieces_of("a" * 30_000))
    second = sending.send(pieces_of("b" * 10))

    assert await asyncio.wait_for(first.done, 5)
    assert await asyncio.wait_for(second.done, 5)
    assert terminal.text == "a" * 30_000 + "b" * 10


async def test_no_more_is_under_way_than_the_window_allows() -> None:
    terminal = FakeTerminal(answers_at_once=False)
    sending = terminal.sending()
    transfer = sending.send(pieces_of("a" * 100_000))
    await settle()

    assert len(terminal.text) <= 4_096
    assert not transfer.done.done()
    before = len(terminal.text)
    terminal.answer()
    await settle()
    assert len(terminal.text) > before
    transfer.give_up()
    terminal.answer()
    assert not await asyncio.wait_for(transfer.done, 5)


async def test_what_is_given_up_is_ended_properly() -> None:
    terminal = FakeTerminal(answers_at_once=False)
    sending = terminal.sending()
    transfer = sending.send(pieces_of("a" * 100_000), end="END")
    never = sending.send(pieces_of("b" * 100), end="END")
    await settle()
    transfer.give_up()
    never.give_up()
    terminal.answer()

    assert not await asyncio.wait_for(transfer.done, 5)
    assert not await asyncio.wait_for(never.done, 5)
    assert terminal.text.endswith("END")
    assert "b" not in terminal.text


@pytest.mark.parametrize("turns", range(8))
async def test_who_waits_for_an_answer_is_ended_also_in_the_moment_it_comes(turns: int) -> None:
    terminal = FakeTerminal(answers_at_once=False)
    waiting = asyncio.create_task(terminal.sending().answered())
    await settle()
    terminal.answer()
    for _ in range(turns):
        await asyncio.sleep(0)
    if waiting.cancel():
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_a_terminal_that_never_answered_is_not_asked_and_gets_it_slowly() -> None:
    terminal = FakeTerminal()
    sending = terminal.sending(None)

    assert await asyncio.wait_for(sending.send(pieces_of("a" * 3_000)).done, 5)
    assert terminal.written == ["a" * 1_024, "a" * 1_024, "a" * 952]
    assert len(terminal.slept) == 3


async def test_closing_waits_for_answers_that_are_on_their_way() -> None:
    terminal = FakeTerminal(answers_at_once=False)
    sending = terminal.sending()
    transfer = sending.send(pieces_of("a" * 100_000), end="END")
    await settle()
    closing = asyncio.create_task(sending.close(wait=True))
    await settle()

    assert transfer.done.done()
    assert terminal.text.endswith("END")
    assert not closing.done()
    for text in terminal.written:
        if text.endswith(READY_QUERY):
            terminal.answer()
    assert await asyncio.wait_for(closing, 5) == 0


async def test_closing_tells_how_many_answers_are_still_on_their_way() -> None:
    terminal = FakeTerminal(answers_at_once=False)
    sending = terminal.sending()
    sending.send(pieces_of("a" * 1_000))
    await settle()

    assert await asyncio.wait_for(sending.close(wait=False), 5) == len(terminal.written) > 1
