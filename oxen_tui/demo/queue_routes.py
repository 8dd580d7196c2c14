"""The routes of the queue and of the history of generations (contract section 6)."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from decimal import Decimal

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from .account import USER_ID, USERNAME, allowed, base_of
from .errors import JsonResponse, envelope_error, invalid, message_error
from .event_stream import EventStream, HungUp
from .faults import Faults, refusal
from .files import FileStore
from .incoming import json_body, signed_in
from .inputs import kept
from .json_values import Json, text
from .models import Shelf
from .pricing import written
from .queue import Job, Queue

QUEUE_FIELDS = frozenset(
    {"model", "num_generations", "target_namespace", "target_repo", "target_directory", "response_format"}
)
"""Fields of an enqueue that are not passed to the model."""
MOST = 4
"""Generations of one request."""
ANSWERED_LATE = 2.0
"""Seconds from accepting to the answer, for the fault "late answer"."""


@dataclass(slots=True)
class QueueRoutes:
    """Handlers over the queue."""

    queue: Queue
    shelf: Shelf
    files: FileStore
    token: str
    faults: Faults

    async def create(self, request: Request) -> Response:
        """POST /ai/queue: checks the model, the count and the namespace, never the model's own parameters."""
        signed_in(request, self.token)
        body = await json_body(request)
        if not text(body.get("model")):
            raise message_error(400, "You must specify a model to call")
        model = self.shelf.get(text(body["model"]))
        if model.kind not in ("image", "video", "audio"):
            raise envelope_error(400, "invalid_params", ":unsupported_media_type")
        count = body.get("num_generations", 1)
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST:
            raise invalid("num_generations must be an integer between 1 and 4")
        namespace = text(body.get("target_namespace")) or USERNAME
        allowed(namespace)
        asked = self.faults.still_asked(text(body.get("prompt")))
        if asked and asked.status and asked.status < 500:
            raise refusal(asked)
        if self.faults.due("rate_limit"):
            raise envelope_error(429, "rate_limited", retry_after=1.0)
        if (asked and asked.name == "empty list") or self.faults.due("empty_list"):
            return JsonResponse({"generations": [], "error": {"detail": "unsupported_media_type"}})
        parameters = {name: value for name, value in body.items() if name not in QUEUE_FIELDS}
        base = base_of(request)
        parameters = await asyncio.to_thread(kept, parameters, self.files, namespace, base)
        place = (
            namespace,
            text(body.get("target_repo")) or None,
            text(body.get("target_directory")).strip("/") or None,
        )
        jobs = [self.queue.add(model, parameters, base, place, asked) for _ in range(count)]
        if (asked and asked.status) or self.faults.due("lost_enqueue"):
            # Accepted, billed, and the answer is lost: a client must look before it sends this again.
            raise refusal(asked) if asked and asked.status else envelope_error(500, "unknown_error", "Injected")
        if asked and asked.name == "late answer":
            await self.queue.sleep(ANSWERED_LATE)
        if asked and asked.name == "no answer":
            return EventStream(_hung_up())
        return JsonResponse({"generations": [{"generation_id": job.id, "status": "queued"} for job in jobs]})

    async def index(self, request: Request) -> Response:
        """GET /ai/queue: active rows, or those of one status; newest first."""
        signed_in(request, self.token)
        self.faults.refuse_now_and_then()
        await self.queue.settle()
        status = request.query_params.get("status")
        wanted = _filtered(self.queue, request.query_params)
        jobs = [job for job in wanted if (job.status == status if status else job.active)]
        rows = [self.row(job, base_of(request)) for job in jobs]
        for job in jobs:
            if job.wants("duplicates"):
                rows.append(self.row(job, base_of(request)))
        if rows and self.faults.due("duplicates"):
            rows.append(dict(rows[0]))
        return JsonResponse({"count": len(rows), "generations": rows})

    async def show(self, request: Request) -> Response:
        """GET /ai/queue/{id}: the row itself. It stays after its end."""
        signed_in(request, self.token)
        self.faults.refuse_now_and_then()
        await self.queue.settle()
        return JsonResponse(self.row(self.queue.get(str(request.path_params["id"])), base_of(request)))

    async def cancel(self, request: Request) -> Response:
        """DELETE /ai/queue/{id}: 200 also for a row that has ended, on which it has no effect."""
        signed_in(request, self.token)
        await self.queue.settle(0)
        job = self.queue.get(str(request.path_params["id"]))
        self.queue.cancel(job)
        return JsonResponse({"status": "success", "generation_id": job.id})

    async def history(self, request: Request) -> Response:
        """GET /ai/generations: pages, with what each row cost and what all of them did."""
        signed_in(request, self.token)
        self.faults.refuse_now_and_then()
        await self.queue.settle()
        page = _whole(request.query_params, "page", 1, 10**9)
        size = _whole(request.query_params, "page_size", 50, 1000)
        status = request.query_params.get("status")
        jobs = [job for job in _filtered(self.queue, request.query_params) if status in (None, "", job.status)]
        rows = [self.row(job, base_of(request), full=True) for job in jobs[(page - 1) * size : page * size]]
        total = sum((job.cost for job in jobs if job.cost is not None), Decimal(0))
        return JsonResponse(
            {
                "count": len(rows),
                "generations": rows,
                "page_number": page,
                "page_size": size,
                "total_pages": max(1, math.ceil(len(jobs) / size)),
                "total_entries": len(jobs),
                "total_cost": written(total) if jobs else None,
            }
        )

    async def history_row(self, request: Request) -> Response:
        """GET /ai/generations/{id}, in its envelope."""
        signed_in(request, self.token)
        await self.queue.settle()
        job = self.queue.get(str(request.path_params["id"]))
        row = self.row(job, base_of(request), full=True)
        return JsonResponse({"status": "success", "status_message": "resource_found", "generation": row})

    def row(self, job: Job, base: str, *, full: bool = False) -> Json:
        """A job as the wire shows it: the request's parameters at the top level, the row's own fields over them.

        Args:
            full: With cost and user, as in the history.
        """
        row: Json = {**job.parameters, "generation_id": job.id, "model_name": job.model.id}
        if "prompt" in job.parameters or "multi_prompt" not in job.parameters:
            row["prompt"] = job.parameters.get("prompt")
        address = None
        if job.status == "succeeded" and job.file is not None:
            expired = job.wants("expired") or self.faults.due("expired_url")
            address = self.files.sign(job.file, base, expired=expired)
        row |= {
            "media_type": job.model.kind,
            "status": "paused" if job.odd_status and job.status == "processing" else job.status,
            "result_url": address,
            "error_message": job.trouble if job.status == "failed" else None,
            "error_retryable": job.retryable if job.status == "failed" else None,
            "enqueued_at": int(job.enqueued_at),
            "started_at": _stamp(job.started_at),
            "completed_at": _stamp(job.completed_at),
            "target_namespace": job.namespace,
            "target_repo": job.repo,
            "target_directory": job.directory,
        }
        if full:
            row |= {"cost": written(job.cost), "user_id": USER_ID, "username": USERNAME, "user_image": None}
        return row


async def _hung_up() -> AsyncGenerator[bytes, None]:
    """A body that breaks off after its first byte."""
    yield b"{"
    raise HungUp


def _stamp(at: float | None) -> int | None:
    return None if at is None else int(at)


def _filtered(queue: Queue, query: QueryParams) -> list[Job]:
    """Jobs that fit the filters both lists share, newest first."""
    filters: dict[str, Callable[[Job], str | None]] = {
        "namespace": lambda job: job.namespace,
        "model": lambda job: job.model.id,
        "media_type": lambda job: job.model.kind,
        "repo": lambda job: job.repo,
        "folder": lambda job: job.directory,
    }
    asked = {name: query[name] for name in filters if query.get(name)}
    fitting = [
        job for job in queue.jobs.values() if all(filters[name](job) == value for name, value in asked.items())
    ]
    return [job for job in reversed(fitting) if job.active or not job.wants("vanish")]


def _whole(query: QueryParams, name: str, default: int, most: int) -> int:
    given = query.get(name)
    if given is None:
        return default
    if not given.isdecimal() or not 1 <= int(given) <= most:
        raise invalid(f"{name} must be an integer between 1 and {most}")
    return int(given)
