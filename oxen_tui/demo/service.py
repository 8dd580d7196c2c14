"""The whole service: one Starlette app with every endpoint of contract section 2.

Clock, sleep, pace, faults and seed are handed in, so that a test can make an hour pass in no time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from .account import Account
from .chat import ChatRoutes
from .errors import Refused, answer_failure, answer_http_error, answer_refusal
from .events import Events
from .examples import Examples
from .faults import Faults, faults_from
from .files import LIFETIME, FileStore
from .generate_routes import GenerateRoutes
from .incoming import BodyLimit
from .model_routes import ModelRoutes
from .models import Shelf
from .queue import Queue
from .queue_routes import QueueRoutes

TOKEN = "demo-key"
"""The key of a service that was given none. Tests use it; the command line makes a fresh one."""


_BEGAN = time.time() - time.monotonic()


def steady_time() -> float:
    """Unix seconds that never go back: else, where the clock is set back, jobs wait until it has caught up."""
    return _BEGAN + time.monotonic()


@dataclass(frozen=True, slots=True)
class Demo:
    """The parts of a running service, under `app.state.demo`, for tests to look at."""

    token: str
    shelf: Shelf
    files: FileStore
    faults: Faults
    events: Events
    queue: Queue
    chat: ChatRoutes
    account: Account


def create_service(
    models: Iterable[Mapping[str, object]] | None = None,
    *,
    clock: Callable[[], float] = steady_time,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    pace: float = 1.0,
    faults: str | Mapping[str, int] | Faults = "none",
    seed: int = 0,
    media_dir: Path | None = None,
    token: str = TOKEN,
    url_lifetime: float = LIFETIME,
) -> Starlette:
    """Make the service.

    Args:
        models: Catalogue entries as `GET /ai/models` has them, hints under `x-demo` allowed; the catalogue if None.
        clock: Now, in unix seconds. Queue and deployments move by it.
        sleep: Waits some seconds; must agree with the clock if events shall come by themselves.
        pace: How fast time goes: 2 is twice as fast, 0 waits for nothing.
        faults: "none", "some", or kind to n for each n-th time (kinds: `faults.INJECTED`).
        seed: Of ids, durations and drawings.
        media_dir: Where results are kept; a temporary folder if None, gone when the service is.
        token: The key that is accepted.
        url_lifetime: Seconds a result's address is good for, at least.
    """
    if models is None:
        from .catalogue import load_models

        models = load_models()
    troubles = faults_from(faults)
    shelf = Shelf(clock, pace)
    shelf.stock(models)
    files = FileStore(clock, media_dir, url_lifetime)
    events = Events(token, sleep)
    queue = Queue(clock, sleep, pace, seed, files, events, troubles)
    account = Account(token, files)
    chat = ChatRoutes(shelf, files, token, troubles, clock, sleep, pace)
    generate = GenerateRoutes(shelf, files, token, troubles, clock, sleep, pace, seed)
    app = Starlette(
        routes=[
            Route("/api/ai/chat/completions", chat.completions, methods=["POST"]),
            Route("/api/ai/images/generate", generate.image, methods=["POST"]),
            Route("/api/ai/images/edit", generate.edit, methods=["POST"]),
            Route("/api/ai/videos/generate", generate.video, methods=["POST"]),
            Route("/api/ai/audio/generate", generate.audio, methods=["POST"]),
            *_queue_routes(QueueRoutes(queue, shelf, files, token, troubles)),
            *_model_routes(ModelRoutes(shelf, token, troubles)),
            Route("/api/events", events.stream),
            Route("/examples/{id:path}/{name}", Examples(shelf).show),
            *_account_routes(account),
        ],
        middleware=[Middleware(BodyLimit)],
        exception_handlers={Refused: answer_refusal, HTTPException: answer_http_error, Exception: answer_failure},
    )
    app.state.demo = Demo(token, shelf, files, troubles, events, queue, chat, account)
    return app


def _queue_routes(queue: QueueRoutes) -> list[BaseRoute]:
    return [
        Route("/api/ai/queue", queue.create, methods=["POST"]),
        Route("/api/ai/queue", queue.index),
        Route("/api/ai/queue/{id}", queue.show),
        Route("/api/ai/queue/{id}", queue.cancel, methods=["DELETE"]),
        Route("/api/ai/generations", queue.history),
        Route("/api/ai/generations/{id}", queue.history_row),
    ]


def _model_routes(models: ModelRoutes) -> list[BaseRoute]:
    # The order matters twice: the fixed words before {id}, and {id} with a word behind it before {id} alone, since
    # ids may hold slashes.
    return [
        Route("/api/ai/models", models.index),
        Route("/api/ai/models/search", models.search),
        Route("/api/ai/models/featured", models.featured),
        Route("/api/ai/models/favorites", models.favorites),
        Route("/api/ai/models/{id:path}/favorite", models.star, methods=["POST"]),
        Route("/api/ai/models/{id:path}/favorite", models.unstar, methods=["DELETE"]),
        Route("/api/ai/models/{id:path}/activate", models.activate, methods=["POST"]),
        Route("/api/ai/models/{id:path}/deactivate", models.deactivate, methods=["POST"]),
        Route("/api/ai/models/{id:path}", models.show),
        Route("/api/ai/models/{id:path}", models.update, methods=["PUT"]),
        Route("/api/ai/models/{id:path}", models.delete, methods=["DELETE"]),
    ]


def _account_routes(account: Account) -> list[BaseRoute]:
    return [
        Route("/api/users/me", account.me),
        Route("/api/repos/", account.create, methods=["POST"]),
        Route("/api/repos/{namespace}/{name}", account.repository),
        Route("/api/repos/{namespace}/{name}/workbench/context", account.upload, methods=["POST"]),
        Route("/api/repos/{namespace}/{name}/file/presigned_url/main/{path:path}", account.presigned),
        Route("/api/repos/{namespace}/{name}/file/main/{path:path}", account.file),
    ]
