"""The other end of the wire in a run: a loopback server in its own process that streams what a prompt orders.

One JSON line per stream goes to the log: the order's sid, the monotonic time the request arrived, and the monotonic
time each event was handed to the connection. The clock is the machine's, so the harness can subtract.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TextIO

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.benchmarks.answer import Order, answer

BASE_PATH = "/api/ai"
MODEL = "bench"
YIELD_EVERY = 16
"""An answer without a rate gives way to the connection after this many events."""


class AnswerServer:
    """Chat as ordered, a list of models, a queue with nothing active. Anything else is not found."""

    def __init__(self, log: TextIO, models: int) -> None:
        self.log = log
        self.models = [_model(MODEL)] + [_model(f"maker-{n % 17}/model-{n}") for n in range(1, models)]

    def routes(self) -> list[Route]:
        return [
            Route(BASE_PATH + "/chat/completions", self.chat, methods=["POST"]),
            Route(BASE_PATH + "/models", self.list_models),
            Route(BASE_PATH + "/models/search", self.list_models),
            Route(BASE_PATH + "/models/{id:path}", self.one_model),
            Route(BASE_PATH + "/queue", self.queue),
            Route("/api/users/me", self.me),
            Route("/{rest:path}", self.not_found),
        ]

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        order = Order.of(_last_words(body))
        head: dict[str, Any] = {"id": "chatcmpl-1", "created": 1, "model": body.get("model", MODEL)}
        tokens = answer(order) if order else ["Measured ", "conversation"]
        usage = {"prompt_tokens": 10, "completion_tokens": len(tokens), "total_tokens": len(tokens) + 10}
        if body.get("stream"):
            wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
            stream = self._stream(order, tokens, head, usage if wants_usage else None)
            return StreamingResponse(stream, media_type="text/event-stream")
        message = {"role": "assistant", "content": "".join(tokens)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse({**head, "object": "chat.completion", "choices": [choice], "usage": usage})

    async def _stream(
        self, order: Order | None, tokens: list[str], head: dict[str, Any], usage: dict[str, int] | None
    ) -> AsyncIterator[str]:
        arrived = time.monotonic()
        given: list[float] = []
        pace = order or Order(len(tokens), 0, "")

        def event(choices: list[dict[str, Any]], **more: Any) -> str:
            return f"data: {json.dumps({**head, 'object': 'chat.completion.chunk', 'choices': choices, **more})}\n\n"

        yield event([{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}])
        began = time.monotonic()
        for at in range(0, len(tokens), pace.chunk):
            if pace.rate:
                wait = began + at / pace.rate - time.monotonic()
                if wait > 0:
                    await asyncio.sleep(wait)
            elif at % (pace.chunk * YIELD_EVERY) == 0:
                await asyncio.sleep(0)
            piece = "".join(tokens[at : at + pace.chunk])
            line = event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}])
            given.append(time.monotonic())
            yield line
        yield event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
        if usage:
            yield event([], usage=usage)
        yield "data: [DONE]\n\n"
        if order:
            self.log.write(json.dumps({"sid": order.sid, "arrived": arrived, "given": given}) + "\n")

    async def list_models(self, request: Request) -> Response:
        wanted = request.query_params.get("search", "").lower()
        return JSONResponse({"object": "list", "data": [model for model in self.models if wanted in model["id"]]})

    async def one_model(self, request: Request) -> Response:
        found = [model for model in self.models if model["id"] == request.path_params["id"]]
        return JSONResponse(found[0]) if found else await self.not_found(request)

    async def queue(self, request: Request) -> Response:
        return JSONResponse({"status": "success", "queue": []})

    async def me(self, request: Request) -> Response:
        return JSONResponse({"user": {"username": "bench"}})

    async def not_found(self, request: Request) -> Response:
        return JSONResponse({"error": {"message": "not here", "type": "resource_not_found"}}, 404)


def _model(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "created": 1,
        "owned_by": "bench",
        "display_name": name,
        "summary": "streams what is ordered",
        "capabilities": {"input": ["text"], "output": ["text"]},
        "endpoint": "/chat/completions",
    }


def _last_words(body: dict[str, Any]) -> str:
    """The text of the last message of the user."""
    said = [message.get("content") for message in body.get("messages") or [] if message.get("role") == "user"]
    if not said:
        return ""
    if isinstance(said[-1], str):
        return said[-1]
    return "".join(part.get("text", "") for part in said[-1] or [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--models", type=int, default=300)
    asked = parser.parse_args()
    with asked.log.open("a", buffering=1) as log:
        app = Starlette(routes=AnswerServer(log, asked.models).routes())
        uvicorn.run(app, host="127.0.0.1", port=asked.port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
