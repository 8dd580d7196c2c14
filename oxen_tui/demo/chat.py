"""POST /ai/chat/completions: from a checked request to an answer that is streamed at the model's pace."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .answers import Reply, reply_to
from .chat_request import Chat, chat_from
from .chat_stream import DONE, Framer, Piece, count, pieces_of, whole_calls
from .errors import JsonResponse, Refused, envelope
from .event_stream import KEEP_ALIVE, EventStream, HungUp, sse, until_gone
from .faults import Asked, Faults, refusal
from .files import FileStore
from .hostile_text import HOSTILE
from .incoming import json_body, signed_in
from .json_values import Json, number, text
from .models import Shelf
from .sight import Sight, look

LOGIN_PAGE = "<!doctype html><title>Welcome</title><h1>Welcome to the guest network</h1><p>Accept to go on.</p>"
FIRST_TOKEN = 0.4
"""Seconds before the first token of a model without a hint of its own."""
SMALLEST_WAIT = 0.008
"""Seconds; shorter waits are saved up, since no timer keeps them."""
LATEST = 0.25
"""Seconds of delay that are made up for; a longer stall is simply a stall."""
NOISE = b': noise\r\n\r\nevent: ping\ndata: {"type":"ping"}\n\ndata: {broken\n\nretry: 10\n\ndata:\n\nunknown: x\n\n'


@dataclass(slots=True)
class Generations:
    """Counts of streamed answers, for tests and for `stopped within a second`."""

    started: int = 0
    finished: int = 0
    stopped: int = 0
    """Ended because the reader went away, or by a fault."""
    tokens: int = 0

    @property
    def running(self) -> int:
        """How many are being written now."""
        return self.started - self.finished - self.stopped


@dataclass(slots=True)
class ChatRoutes:
    """The handler and what it needs."""

    shelf: Shelf
    files: FileStore
    token: str
    faults: Faults
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]
    pace: float
    generations: Generations = field(default_factory=Generations)

    async def completions(self, request: Request) -> Response:
        """Answer, streamed or whole."""
        signed_in(request, self.token)
        chat = chat_from(await json_body(request), self.shelf)
        asked = self.faults.still_asked(chat.question)
        if asked and asked.status:
            raise refusal(asked)
        if asked and asked.name == "html":
            return HTMLResponse(LOGIN_PAGE)
        if asked and asked.name == "silence":
            await until_gone(request.receive)
            return Response()
        self.faults.refuse_now_and_then()
        fails = chat.model.fails_now()
        if fails is not None:
            body = envelope("upstream", text(fails.get("message")))
            raise Refused(int(number(fails.get("status"), 502)), body)
        seen = [await asyncio.to_thread(look, one, self.files) for one in chat.turns[-1].attachments]
        style = text(chat.model.behaviour.get("reasoning"))
        endless = asked is not None and asked.name == "endless calls"
        reply = self._replied(reply_to(chat, seen, self.shelf.listed, bool(style), endless), asked)
        pieces, finish = _cut(pieces_of(reply, style), chat.max_tokens, reply)
        if asked and asked.name in ("content_filter", "unknown finish"):
            pieces = pieces[: _middle(pieces)] if asked.name == "content_filter" else pieces
            finish = "content_filter" if asked.name == "content_filter" else "moonrise"
        usage = _usage(chat, seen, pieces)
        framer = Framer(f"chatcmpl-{uuid.uuid4()}", int(self.clock()), chat.model.id, style or "reasoning_content")
        if chat.stream:
            if asked and asked.name == "no usage":
                usage = None
            told = usage if chat.include_usage else None
            return EventStream(self._streamed(chat, framer, pieces, finish, told, asked))
        return await self._whole(chat, framer, reply, pieces, finish, usage)

    def _replied(self, reply: Reply, asked: Asked | None) -> Reply:
        if asked and asked.name == "escape":
            return Reply(HOSTILE, reply.reasoning and HOSTILE)
        if asked and asked.name == "empty":
            return Reply()
        return reply

    async def _streamed(
        self, chat: Chat, framer: Framer, pieces: list[Piece], finish: str, usage: Json | None, asked: Asked | None
    ) -> AsyncGenerator[bytes, None]:
        fault = asked.name if asked else "cut" if self.faults.due("chat_cut") else ""
        broken_at = _middle(pieces)
        self.generations.started += 1
        whole = False
        try:
            yield framer.start()
            if fault == "waiting":
                for _ in range(10):
                    await self._wait(1.0)
                    yield KEEP_ALIVE
            await self._wait(chat.model.behaves("first_token_seconds", FIRST_TOKEN))
            rate = {"slow": 2.0, "fast": 0.0}.get(fault, self._rate(chat))
            owed = 0.0
            for number_, piece in enumerate(pieces):
                if number_ == broken_at and fault in ("cut", "hang up", "silence midway", "error midway", "noise"):
                    if fault == "cut":
                        raise HungUp
                    if fault == "hang up":
                        return
                    if fault == "silence midway":
                        await asyncio.Event().wait()
                    if fault == "error midway":
                        yield sse(json.dumps(envelope("upstream", "The provider closed the stream")))
                        return
                    yield NOISE
                yield framer.piece(piece)
                self.generations.tokens += 1
                owed += 1 / rate if rate else 0.0
                if owed >= SMALLEST_WAIT:
                    owed = -await self._overslept(owed)
                elif number_ % 32 == 31:
                    await asyncio.sleep(0)  # the loop's own turn: other requests are served between
            yield framer.finish(finish)
            if usage is not None:
                yield framer.usage(usage)
            if fault != "no done":
                yield DONE
            whole = True
        finally:
            if whole:
                self.generations.finished += 1
            else:
                self.generations.stopped += 1

    async def _whole(
        self, chat: Chat, framer: Framer, reply: Reply, pieces: list[Piece], finish: str, usage: Json | None
    ) -> Response:
        rate = self._rate(chat)
        await self._wait(
            chat.model.behaves("first_token_seconds", FIRST_TOKEN) + (len(pieces) / rate if rate else 0.0)
        )
        content = "".join(piece.text for piece in pieces if piece.kind == "content")
        message: Json = {"role": "assistant", "content": content or (None if reply.calls else "")}
        thoughts = "".join(piece.text for piece in pieces if piece.kind == "reasoning")
        if thoughts:
            details: object = [{"type": "reasoning.text", "text": thoughts}]
            message[framer.style] = details if framer.style == "reasoning_details" else thoughts
        if reply.calls:
            message["tool_calls"] = whole_calls(reply.calls)
        choice: Json = {"index": 0, "message": message, "finish_reason": finish}
        return JsonResponse(
            {
                "id": framer.id,
                "object": "chat.completion",
                "created": framer.created,
                "model": framer.model,
                "choices": [choice],
                "usage": usage,
            }
        )

    def _rate(self, chat: Chat) -> float:
        """Tokens a second at pace 1: the catalogue's hint, else 40 to 80 by the model's name."""
        own = 40.0 + random.Random(zlib.crc32(chat.model.id.encode())).random() * 40
        return chat.model.behaves("tokens_per_second", own)

    async def _overslept(self, seconds: float) -> float:
        """Wait, and say how much longer it took: the next tokens make up for it, so that the pace is kept."""
        now = asyncio.get_running_loop().time
        before = now()
        await self._wait(seconds)
        late = (now() - before) * self.pace - seconds if self.pace > 0 else 0.0
        return min(max(late, 0.0), LATEST)

    async def _wait(self, seconds: float) -> None:
        if self.pace > 0:
            await self.sleep(seconds / self.pace)


def _middle(pieces: list[Piece]) -> int:
    """Where a trouble in mid-answer comes: with the thoughts over and half of the words said."""
    thoughts = sum(piece.kind == "reasoning" for piece in pieces)
    return max(1, (thoughts + len(pieces)) // 2)


def _cut(pieces: list[Piece], limit: int | None, reply: Reply) -> tuple[list[Piece], str]:
    """The pieces that fit into `max_tokens`, and how the answer then finishes."""
    if limit is not None and len(pieces) > limit:
        return pieces[:limit], "length"
    return pieces, "tool_calls" if reply.calls else "stop"


def _usage(chat: Chat, seen: list[Sight], pieces: list[Piece]) -> Json | None:
    """Token counts. What was already said before the last question counts as cached."""
    prompt = sum(4 + count(turn.text) for turn in chat.turns) + sum(sight.tokens for sight in seen)
    prompt += sum(count(json.dumps(tool)) for tool in chat.tools)
    usage: Json = {
        "prompt_tokens": prompt,
        "completion_tokens": len(pieces),
        "total_tokens": prompt + len(pieces),
    }
    before = sum(4 + count(turn.text) for turn in chat.turns[:-1])
    if before and len(chat.questions) > 1:
        usage["prompt_tokens_details"] = {"cached_tokens": before}
    thought = sum(piece.kind == "reasoning" for piece in pieces)
    if thought:
        usage["completion_tokens_details"] = {"reasoning_tokens": thought}
    return usage
