"""The calls that make media while the client waits (contract sections 4 and 5, and audio of section 2)."""

from __future__ import annotations

import asyncio
import base64
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .account import USERNAME, allowed, base_of
from .errors import JsonResponse, envelope_error, message_error, provider_refused
from .event_stream import until_gone
from .faults import Faults, refusal
from .files import FileStore
from .incoming import json_body, signed_in
from .inputs import Given, Unusable, fetched, media_of
from .json_values import Json, table, text
from .models import Model, Shelf, awake
from .queue import order_of, run_time
from .queue_routes import QUEUE_FIELDS
from .schema_check import problems
from .studio import Made, make


@dataclass(slots=True)
class GenerateRoutes:
    """Handlers of the four synchronous calls."""

    shelf: Shelf
    files: FileStore
    token: str
    faults: Faults
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]
    pace: float
    seed: int
    _count: int = 0

    async def image(self, request: Request) -> Response:
        """POST /ai/images/generate."""
        return await self._made(request, "image", "images")

    async def edit(self, request: Request) -> Response:
        """POST /ai/images/edit: the same, and a body without a picture is fine too."""
        return await self._made(request, "image", "images")

    async def video(self, request: Request) -> Response:
        """POST /ai/videos/generate."""
        return await self._made(request, "video", "videos")

    async def audio(self, request: Request) -> Response:
        """POST /ai/audio/generate."""
        return await self._made(request, "audio", "audios")

    async def _made(self, request: Request, kind: str, plural: str) -> Response:
        signed_in(request, self.token)
        body = await json_body(request)
        model = self._model(body, kind)
        namespace = text(body.get("target_namespace")) or USERNAME
        allowed(namespace)
        parameters = {name: value for name, value in body.items() if name not in QUEUE_FIELDS}
        self._check(model, kind, parameters)
        asked = self.faults.still_asked(text(body.get("prompt")))
        if asked and asked.status:
            raise refusal(asked)
        if asked and asked.name == "html":
            return HTMLResponse("<!doctype html><title>Welcome</title><h1>Welcome to the guest network</h1>")
        if asked and asked.name == "silence":
            await until_gone(request.receive)
            return Response()
        if asked and asked.name == "empty list":
            return JsonResponse({"model": model.id, "created": int(self.clock()), plural: []})
        self.faults.refuse_now_and_then()
        self._count += 1
        dice = random.Random(f"{self.seed}:now:{self._count}")
        work = asyncio.create_task(asyncio.to_thread(self._drawn, model, parameters, dice.getrandbits(31)))
        try:
            if self.pace > 0:
                await self.sleep(run_time(model, dice) / self.pace)
            made = await work
        except Unusable as error:
            raise message_error(400, f"Getting model response error: {error}") from error
        finally:
            work.cancel()
        answer: Json = {"b64_json": base64.b64encode(made.content).decode()}
        if body.get("response_format") != "b64_json":
            path = f"outputs/{uuid.UUID(int=dice.getrandbits(128), version=4)}.{made.ending}"
            file = await asyncio.to_thread(
                self.files.put, namespace, "playground", path, made.content, made.media_type
            )
            answer = {"url": self.files.sign(file, base_of(request))}
        return JsonResponse({"model": model.id, "created": int(self.clock()), plural: [answer]})

    def _model(self, body: Json, kind: str) -> Model:
        if not text(body.get("model")):
            raise message_error(400, "You must specify a model to call")
        model = self.shelf.get(text(body["model"]))
        if model.kind != kind:
            raise envelope_error(400, "invalid_params", f"{model.id} makes {model.kind}, not {kind}")
        awake(model)
        return model

    def _check(self, model: Model, kind: str, parameters: Json) -> None:
        takes_prompt = "prompt" in table(model.schema.get("properties")) or not model.schema
        shots = parameters.get("multi_prompt")
        if kind == "video" and takes_prompt and not media_of(parameters):
            if parameters.get("prompt") and shots:
                raise provider_refused("Cannot provide both 'prompt' and 'multi_prompt'.")
            if not parameters.get("prompt") and not shots:
                raise provider_refused("Either 'prompt' or 'multi_prompt' must be provided.")
        elif takes_prompt and not text(parameters.get("prompt")) and not media_of(parameters):
            raise envelope_error(400, "invalid_params", "Prompt cannot be empty")
        found = problems(model.schema, parameters)
        if found:
            raise provider_refused(found[0])

    def _drawn(self, model: Model, parameters: Json, seed: int) -> Made:
        given = tuple(Given(name, fetched(url, self.files)[1]) for name, url in media_of(parameters))
        return make(order_of(model, parameters, given, parameters.get("seed", seed)))
