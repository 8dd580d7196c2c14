from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from oxen_tui.api.errors import CutOff
from oxen_tui.api.joined_reads import JoinedReads


async def test_what_came_without_waiting_is_taken_in_one_piece() -> None:
    more = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        for chunk in (b"a", b"", b"b", b"c"):
            yield chunk
        await more.wait()
        yield b"d"

    async with JoinedReads(chunks()) as reads:
        assert await reads.take() == b"abc"
        more.set()
        assert await reads.take() == b"d"
        assert await reads.take() == b""
        assert await reads.take() == b""


async def test_an_error_is_told_after_what_came_before_it() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"
        raise CutOff

    async with JoinedReads(chunks()) as reads:
        assert await reads.take() == b"a"
        with pytest.raises(CutOff):
            await reads.take()


async def test_a_bug_in_reading_is_not_lost() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"
        raise KeyError("bug")

    async with JoinedReads(chunks()) as reads:
        assert await reads.take() == b"a"
        with pytest.raises(KeyError):
            await reads.take()


async def test_leaving_ends_the_reading_wherever_it_is() -> None:
    closed = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        try:
            yield b"a"
            await asyncio.Event().wait()
        finally:
            closed.set()

    async with JoinedReads(chunks()) as reads:
        await reads.take()
    assert closed.is_set()


async def test_a_slow_taker_leaves_the_network_alone() -> None:
    read = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b"x" * 100_000

    async with JoinedReads(chunks()) as reads:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert read < 15
        size = 0
        while block := await reads.take():
            size += len(block)
        assert size == 10_000_000
