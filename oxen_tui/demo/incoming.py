"""What comes in: the bearer token, and bodies that are never larger than we are ready to hold."""

from __future__ import annotations

import asyncio
import hmac
import json

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import JsonResponse, envelope, envelope_error, invalid, message_error
from .json_values import Json

JSON_LIMIT = 48 * 1024 * 1024
"""Bytes of a JSON body: a 24 MB file as base64, with room for a few pictures beside it."""

UPLOAD_LIMIT = 128 * 1024 * 1024
"""Bytes of a multipart body."""

DEEPEST = 64
"""Levels of objects and arrays; everything that walks a body may recurse this deep."""

THREADED = 256 * 1024
"""Bytes from which a body is decoded in a thread, so that other streams do not stutter."""


class BodyLimit:
    """ASGI middleware: answers 413 as soon as more bytes came than the limit, declared or not."""

    def __init__(self, app: ASGIApp, limit: int = UPLOAD_LIMIT) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self.limit:
            await JsonResponse(envelope("too_large"), status_code=413)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise envelope_error(413, "too_large", f"More than {self.limit} bytes")
            return message

        await self.app(scope, counted, send)


def signed_in(request: Request, token: str, *, anonymous: bool = False) -> bool:
    """Whether the request carries the token.

    Args:
        anonymous: Let a request without any key pass (the model list does); a wrong key is refused even there.

    Raises:
        Refused: 401, in one of the two shapes clients have met.
    """
    header = request.headers.get("authorization", "")
    scheme, _, key = header.partition(" ")
    key = key.strip()
    if not header and anonymous:
        return False
    if scheme.lower() != "bearer" or not key:
        raise envelope_error(401, "unauthenticated")
    if not hmac.compare_digest(key.encode("utf-8", "replace"), token.encode()):
        raise message_error(401, "Invalid API key")
    return True


def _decode(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise invalid(f"The body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise invalid("The body must be a JSON object")
    level: list[object] = [body]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return body
    raise invalid(f"The body is nested more than {DEEPEST} levels deep")


def _inside(value: object) -> list[object]:
    """What a container holds, other containers only: strings need no second look."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in held if isinstance(inner, (dict, list))]


async def json_body(request: Request, limit: int = JSON_LIMIT) -> Json:
    """The JSON object in the body.

    Raises:
        Refused: 413 over the limit, 400 for anything that is not a JSON object.
    """
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise envelope_error(413, "too_large", f"More than {limit} bytes")
        pieces.append(piece)
    raw = b"".join(pieces)
    return await asyncio.to_thread(_decode, raw) if len(raw) > THREADED else _decode(raw)
