"""A server with hundreds of generations under way: lists them, counts who asks, makes nothing.

`POST /bench/KIND/MOVING` says of which kind they are and whether one more of them begins each second; it answers with
the number of lists that were asked for since the last time.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

BASE_PATH = "/api/ai"
ACTIVE = 200
_BEGUN = 50
"""Of them run from the start on; the others wait."""


def generation_id(number: int) -> str:
    """The server's name for a job."""
    return f"0b{number:06d}-0d5b-4a55-9a51-0c6b7a2f9f10"


class QueueServer:
    """Its state is the clock."""

    def __init__(self) -> None:
        self.kind, self.moving, self.lists = "image", False, 0
        self.began = time.time()

    def routes(self) -> list[Route]:
        return [
            Route(BASE_PATH + "/queue", self.list_queue),
            Route(BASE_PATH + "/queue/{id}", self.row),
            Route(BASE_PATH + "/models", self.models),
            Route("/bench/{kind}/{moving}", self.turn, methods=["POST"]),
            Route("/{rest:path}", self.not_found, methods=["GET", "POST", "DELETE"]),
        ]

    async def list_queue(self, request: Request) -> Response:
        self.lists += 1
        rows = [self._row(number) for number in range(ACTIVE)] if self.kind != "none" else []
        return JSONResponse({"count": len(rows), "generations": rows})

    async def row(self, request: Request) -> Response:
        found = [each for n in range(ACTIVE) if (each := self._row(n))["generation_id"] == request.path_params["id"]]
        return JSONResponse(found[0]) if found else await self.not_found(request)

    async def models(self, request: Request) -> Response:
        return JSONResponse({"object": "list", "data": []})

    async def turn(self, request: Request) -> Response:
        asked, self.lists = self.lists, 0
        self.kind, self.moving = request.path_params["kind"], request.path_params["moving"] == "on"
        self.began = time.time()
        return JSONResponse({"lists": asked})

    async def not_found(self, request: Request) -> Response:
        return JSONResponse({"error": {"message": "not here", "type": "resource_not_found"}}, 404)

    def _row(self, number: int) -> dict[str, Any]:
        runs = number < _BEGUN + (int(time.time() - self.began) if self.moving else 0)
        return {
            "generation_id": generation_id(number),
            "model_name": "quill-3",
            "media_type": self.kind,
            "prompt": f"A harbour at dusk, number {number}",
            "status": "processing" if runs else "queued",
            "enqueued_at": int(self.began) - 20,
            "started_at": int(self.began) - 10 if runs else None,
            "completed_at": None,
            "result_url": None,
            "error_message": None,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    app = Starlette(routes=QueueServer().routes())
    uvicorn.run(app, host="127.0.0.1", port=asked.port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
