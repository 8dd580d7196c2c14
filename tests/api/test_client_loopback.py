"""What only real sockets show: closing, cutting off, silence, and that connections are used again."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from oxen_tui.api.chat import AnswerFinished, ChatDelta, ChatMessage, ChatRequest, KeptAlive, TextDelta
from oxen_tui.api.client import Client
from oxen_tui.api.errors import ApiError, CutOff, NotAnApi, TimedOut, Unreachable
from oxen_tui.api.timeouts import Timeouts
from tests.api.loopback import END, HEAD, packed, serving
from tests.api.network import KEY
from tests.api.recorded import stream

ASK = ChatRequest("ox", (ChatMessage("user", "Hi"),))
TOKEN = b'data: {"choices":[{"delta":{"content":"moo "}}]}\n\n'


async def no_pause(seconds: float) -> None:
    pass


def client_of(base: str, timeouts: Timeouts | None = None) -> Client:
    return Client(base, KEY, sleep=no_pause, timeouts=timeouts)


async def chat(client: Client) -> tuple[list[ChatDelta], ApiError | None]:
    """All deltas, and the error the stream ended in."""
    deltas: list[ChatDelta] = []
    try:
        async for delta in client.stream_chat(ASK):
            deltas.append(delta)
    except ApiError as error:
        return deltas, error
    return deltas, None


async def test_closing_an_answer_closes_its_socket_within_a_second() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + packed(TOKEN))
        await reader.read()  # until the client is gone

    async with serving(endless) as server, client_of(server.base) as client:
        answer = client.stream_chat(ASK)
        async for delta in answer:
            if isinstance(delta, TextDelta):
                break
        await answer.aclose()
        async with asyncio.timeout(1):
            await server.gone.wait()


async def test_cancelling_the_reader_closes_the_socket_also_in_the_pause_between_reads() -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        while not reader.at_eof():
            writer.write(packed(TOKEN))
            await writer.drain()

    async with serving(flood) as server, client_of(server.base) as client:
        came = asyncio.Event()

        async def read() -> None:
            async with aclosing(client.stream_chat(ASK)) as answer:
                pieces = 0
                async for delta in answer:
                    pieces += delta.pieces if isinstance(delta, TextDelta) else 0
                    if pieces > 500:
                        came.set()

        task = asyncio.create_task(read())
        async with asyncio.timeout(10):
            await came.wait()
        task.cancel()
        async with asyncio.timeout(1):
            await asyncio.gather(task, return_exceptions=True)
            await server.gone.wait()
        assert task.cancelled()


async def test_a_stream_cut_in_the_middle_is_cut_off_and_keeps_its_text() -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + packed(TOKEN * 3) + b"40\r\ndata: ")
        await writer.drain()
        writer.close()

    async with serving(cut) as server, client_of(server.base) as client:
        deltas, trouble = await chat(client)
        assert isinstance(trouble, CutOff)
        assert deltas[-1] == TextDelta("moo moo moo ", 3)
        assert server.connections == 1


async def test_a_server_that_says_nothing_is_timed_out() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(silent) as server, client_of(server.base, Timeouts(chat=0.05, answer=0.05)) as client:
        with pytest.raises(TimedOut):
            await anext(client.stream_chat(ASK))
        with pytest.raises(TimedOut):
            await client.enqueue({})


async def test_silence_in_mid_answer_is_timed_out_but_comments_are_life() -> None:
    async def slowing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + packed(TOKEN))
        for _ in range(4):
            await asyncio.sleep(0.1)
            writer.write(packed(b": still here\n\n"))
        await reader.read()

    async with serving(slowing) as server, client_of(server.base, Timeouts(chat=0.3)) as client:
        deltas, trouble = await chat(client)
        assert isinstance(trouble, TimedOut)
        assert deltas.count(KeptAlive()) == 4


async def test_a_finished_answer_does_not_wait_for_a_server_that_keeps_the_connection_open() -> None:
    async def lingering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + packed(stream("no_done")))
        await reader.read()

    async with serving(lingering) as server, client_of(server.base, Timeouts(after_finish=0.05)) as client:
        async with asyncio.timeout(5):
            deltas = [delta async for delta in client.stream_chat(ASK)]
        assert deltas[-1] == AnswerFinished("stop")


async def test_a_connection_is_used_for_the_next_answer() -> None:
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + packed(stream("no_usage")))
        await writer.drain()
        writer.write(END)

    async with serving(answering) as server, client_of(server.base) as client:
        for _ in range(3):
            assert AnswerFinished("stop") in [delta async for delta in client.stream_chat(ASK)]
        assert server.connections == 1


async def test_many_chunks_become_few_deltas() -> None:
    async def fast(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for at in range(1000):
            writer.write(packed(TOKEN))
            if at % 50 == 0:
                await asyncio.sleep(0)
        writer.write(packed(b"data: [DONE]\n\n") + END)

    async with serving(fast) as server, client_of(server.base) as client:
        deltas = [delta async for delta in client.stream_chat(ASK) if isinstance(delta, TextDelta)]
    assert sum(delta.pieces for delta in deltas) == 1000
    assert "".join(delta.text for delta in deltas) == "moo " * 1000
    assert len(deltas) < 100


async def test_a_server_that_speaks_no_http_and_none_at_all_are_told_apart() -> None:
    async def other(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n\r\n")
        await writer.drain()
        writer.close()

    async with serving(other) as server, client_of(server.base) as client:
        with pytest.raises(NotAnApi, match="does not speak HTTP"):
            await client.models()
        base = server.base
    async with client_of(base) as client:
        with pytest.raises(Unreachable, match="refused the connection"):
            await client.models()
        with pytest.raises(Unreachable, match="refused the connection"):
            await anext(client.stream_chat(ASK))
