"""Making pictures and videos: at once, through the queue, and the history (contract sections 4 to 6).

All that makes something is billed, so it is sent again only when the server certainly did not take it: after a 429
or a connection that never came about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oxen_tui.api.address import segment
from oxen_tui.api.client_connection import Connection, OnRetry
from oxen_tui.api.error_body import error_in
from oxen_tui.api.errors import ApiError, BadRequest, NotAnApi, NotFound, ServerFailed
from oxen_tui.api.generation import (
    Generation,
    GenerationPage,
    MediaResult,
    generations_from_json,
    media_results_from_json,
)
from oxen_tui.api.json_values import mapping


class GenerationCalls:
    """See the methods of `Client`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._base = connection.address.base

    async def make(
        self, path: str, model: str, body: Mapping[str, Any], seconds: float, on_retry: OnRetry | None
    ) -> tuple[MediaResult, ...]:
        """A synchronous call: waits for the media."""
        request = {**body, "model": model}
        answer = await self._connection.json(
            "POST", f"{self._base}{path}", json=request, seconds=seconds, on_retry=on_retry
        )
        results = media_results_from_json(answer)
        if not results:
            raise _without(answer, "nothing was made")
        return results

    async def enqueue(self, body: Mapping[str, Any], on_retry: OnRetry | None) -> tuple[Generation, ...]:
        answer = await self._connection.json("POST", f"{self._base}/queue", json=dict(body), on_retry=on_retry)
        rows = generations_from_json(answer)
        if not rows:
            raise _without(answer, "nothing was queued")
        return rows

    async def queue(self, query: Mapping[str, str | None]) -> tuple[Generation, ...]:
        answer = await self._connection.json("GET", f"{self._base}/queue", params=_set(query))
        rows = generations_from_json(answer)
        if rows is None:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no list of generations")
        return rows

    async def row(self, generation_id: str, path: str = "/queue") -> Generation:
        answer = await self._connection.json("GET", f"{self._base}{path}/{_encoded(generation_id)}")
        row = Generation.from_json(mapping(answer).get("generation") or mapping(answer).get("data") or answer)
        if not row.id:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no generation")
        return row

    async def cancel(self, generation_id: str) -> None:
        answer = await self._connection.json("DELETE", f"{self._base}/queue/{_encoded(generation_id)}")
        error = error_in(answer, unsaid=BadRequest)
        if error is not None and "generation_id" not in mapping(answer):
            raise error

    async def history(self, page: int, page_size: int, query: Mapping[str, str | None]) -> GenerationPage:
        params = {"page": str(page), "page_size": str(page_size), **_set(query)}
        answer = await self._connection.json("GET", f"{self._base}/generations", params=params)
        if generations_from_json(answer) is None:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no list of generations")
        return GenerationPage.from_json(answer)


def _set(query: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in query.items() if value is not None}


def _encoded(generation_id: str) -> str:
    encoded = segment(generation_id)
    if not encoded:
        raise NotFound(f"no generation can be called {generation_id!r}")
    return encoded


def _without(answer: Any, what: str) -> ApiError:
    """For an answer with status 200 and nothing in it, which is a failure (contract sections 4 and 6)."""
    error = error_in(answer, unsaid=BadRequest)
    return error or ServerFailed(what, advice="Nothing came back: look at the queue before you send it again.")
