"""Chat completions, streamed and whole (contract section 3)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from oxen_tui.api.chat import AnswerStarted, ChatCompletion, ChatDelta, ChatRequest, KeptAlive
from oxen_tui.api.chat_stream import ChatStreamParser, deltas_of
from oxen_tui.api.client_connection import MOST_JSON, Connection, Line, OnRetry, parsed
from oxen_tui.api.error_body import error_in
from oxen_tui.api.errors import ApiError, BadRequest, NotAnApi, TooLarge
from oxen_tui.api.event_stream import EventDecoder
from oxen_tui.api.joined_reads import JoinedReads
from oxen_tui.api.json_values import items, mapping
from oxen_tui.api.retry import Resend

_CLOSING_SECONDS = 0.1
"""For the end of the body behind the closing mark, so that the connection can be used again."""
_FIELD_NAMES = (b"data:", b"event:", b"id:", b"retry:", b":")
_REFUSALS = ("stream_options", "include_usage", "unknown field", "unrecognized", "unexpected field", "extra inputs")


class ChatCalls:
    """The chat calls of one connection, and what was learnt about its server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._takes_usage: bool | None = None
        """Whether the server lets itself be asked for usage in a stream; None while that is not known."""

    async def stream(self, request: ChatRequest, on_retry: OnRetry | None = None) -> AsyncGenerator[ChatDelta, None]:
        """See `Client.stream_chat`."""
        attempt, ask_usage = 1, self._takes_usage is not False
        while True:
            produced = False
            try:
                async with aclosing(self._once(request.to_json(stream=True, include_usage=ask_usage))) as deltas:
                    async for delta in deltas:
                        produced = produced or not isinstance(delta, AnswerStarted | KeptAlive)
                        if produced:
                            self._takes_usage = ask_usage
                        yield delta
                return
            except ApiError as error:
                trouble = error
            if produced:
                raise trouble
            if ask_usage and self._may_mind_usage(trouble):
                ask_usage = False
                continue
            await self._connection.pause_or_raise(trouble, attempt, Resend.FREELY, on_retry)
            attempt += 1

    def body(self, request: ChatRequest) -> dict[str, Any]:
        """See `Client.chat_body`."""
        return request.to_json(stream=True, include_usage=self._takes_usage is not False)

    def _may_mind_usage(self, error: ApiError) -> bool:
        """Whether a request was refused because it asks for usage.

        A strict server need not name the field it minds ("extra fields not permitted"). So one that has never taken
        it is asked once without; a refused request costs nothing.
        """
        if not isinstance(error, BadRequest) or error.status not in (400, 422):
            return False
        return self._takes_usage is None or any(word in error.server_text.lower() for word in _REFUSALS)

    async def complete(self, request: ChatRequest, on_retry: OnRetry | None = None) -> ChatCompletion:
        """See `Client.complete_chat`."""
        answer = await self._connection.json(
            "POST",
            f"{self._connection.address.base}/chat/completions",
            json=request.to_json(stream=False, include_usage=False),
            resend=Resend.FREELY,
            on_retry=on_retry,
            seconds=self._connection.timeouts.whole_chat,
        )
        return _completion(answer)

    async def _once(self, body: dict[str, Any]) -> AsyncGenerator[ChatDelta, None]:
        connection = self._connection
        # Unpacked, because packed streams arrive in lumps.
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        url = f"{connection.address.base}/chat/completions"
        silence = connection.timeouts.chat
        async with (
            connection.open(Line.CHAT, "POST", url, seconds=silence, json=body, headers=headers) as response,
            JoinedReads(connection.chunks(response)) as reads,
        ):
            kind = response.headers.get("content-type", "")
            start = await _start(reads)
            if _is_stream(start, kind):
                async with aclosing(self._follow(start, reads)) as deltas:
                    async for delta in deltas:
                        yield delta
            else:
                for delta in deltas_of(_completion(parsed(await _rest(start, reads), kind))):
                    yield delta

    async def _follow(self, start: bytes, reads: JoinedReads) -> AsyncGenerator[ChatDelta, None]:
        decoder, parser = EventDecoder(), ChatStreamParser()
        trouble: ApiError | None = None
        block = start
        while block and not parser.done:
            for delta in parser.feed(decoder.feed(block)):
                yield delta
            if not parser.done:
                try:
                    block = await self._next(reads, parser.finished)
                except ApiError as error:
                    trouble, block = error, b""
        for delta in [*parser.feed(decoder.finish()), *parser.finish()]:
            yield delta
        if parser.trouble is not None:
            raise trouble or parser.trouble
        if parser.done:
            await _read_out(reads)

    async def _next(self, reads: JoinedReads, finished: bool) -> bytes:
        """The next block. Behind a finish reason nobody waits long for more, and nothing can go wrong any more."""
        if not finished:
            return await reads.take()
        try:
            async with asyncio.timeout(self._connection.timeouts.after_finish):
                return await reads.take()
        except (TimeoutError, ApiError):
            return b""


def _completion(answer: Any) -> ChatCompletion:
    if not items(mapping(answer).get("choices")):
        raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no message")
    return ChatCompletion.from_json(answer)


async def _start(reads: JoinedReads) -> bytes:
    """What came up to the first byte that tells a stream from anything else."""
    start = b""
    while len(start.lstrip()) < len(b"event:") and (block := await reads.take()):
        start += block
        if start.lstrip().startswith((b":", b"<", b"{", b"[")):
            break
        if len(start) > MOST_JSON:
            raise TooLarge
    return start


def _is_stream(start: bytes, content_type: str) -> bool:
    """Whether an answer is a stream of events. Content types are wrong often enough for the first bytes to decide."""
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith(_FIELD_NAMES):
        return True
    return "event-stream" in content_type.lower() and not first.startswith((b"{", b"[", b"<"))


async def _rest(start: bytes, reads: JoinedReads) -> bytes:
    parts, size = [start], len(start)
    while block := await reads.take():
        parts.append(block)
        size += len(block)
        if size > MOST_JSON:
            raise TooLarge(f"more than {MOST_JSON} bytes")
    return b"".join(parts)


async def _read_out(reads: JoinedReads) -> None:
    try:
        async with asyncio.timeout(_CLOSING_SECONDS):
            while await reads.take():
                pass
    except (TimeoutError, ApiError):
        pass
