"""Refusals of the demo service, in both envelopes that the contract documents (section 9).

Refused            every answer that is an error
  envelope_error   {"error": {"type", "title", "detail"}, "status": "error", "status_message": type}
  message_error    {"error": {"message"}}
"""

from __future__ import annotations

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .json_values import Json

TITLES = {
    "unauthenticated": "Sign in first",
    "invalid_params": "The request has a parameter that cannot be used.",
    "invalid_file_input": "The file that was sent cannot be used.",
    "insufficient_credits": "No credits are left.",
    "resource_not_found": "There is nothing at this address",
    "forbidden": "This namespace belongs to somebody else",
    "rate_limited": "Too many requests at once.",
    "update_required": "Update Required",
    "too_large": "The request is larger than this service reads.",
    "unknown_error": "Something went wrong in the demo service.",
    "upstream": "The provider of the model answered with an error.",
}
"""A title for each `error.type`, in our own words."""


class Refused(Exception):
    """An answer that is an error; raised anywhere, sent by `answer_refusal`."""

    def __init__(self, status: int, body: Json, retry_after: float | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.retry_after = retry_after
        """Seconds for the `Retry-After` header, if the client shall wait."""


def envelope(kind: str, detail: str | None = None, description: bool = False) -> Json:
    """The long documented shape of an error."""
    error: Json = {"type": kind, "title": TITLES.get(kind, TITLES["unknown_error"])}
    if detail is not None:
        error["detail"] = detail
    body: Json = {"error": error, "status": "error", "status_message": kind}
    if description:
        body["status_description"] = error["title"]
    return body


def envelope_error(status: int, kind: str, detail: str | None = None, retry_after: float | None = None) -> Refused:
    """A refusal in the long shape."""
    return Refused(status, envelope(kind, detail, description=kind == "invalid_file_input"), retry_after)


def message_error(status: int, message: str) -> Refused:
    """A refusal in the short shape, as the chat endpoint gives it."""
    return Refused(status, {"error": {"message": message}})


def invalid(detail: str) -> Refused:
    """400 for a parameter that cannot be used."""
    return envelope_error(400, "invalid_params", detail)


def not_found() -> Refused:
    """404 without detail: that is how the contract tells a missing row from a missing model."""
    return envelope_error(404, "resource_not_found")


def model_not_found(model: str) -> Refused:
    """404 of a model name nobody knows."""
    return message_error(404, f"Model not found: {model}")


def provider_refused(reason: str) -> Refused:
    """400 that wraps the provider's 422 in text, as the sync generate calls do (contract section 5)."""
    return message_error(400, f"Getting model response error: 422 - Value error, {reason}")


class JsonResponse(Response):
    """JSON with its length; Starlette's own escapes nothing either, but refuses to say `charset`."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Encode without spaces, as the real service does."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


async def answer_refusal(_: Request, error: Exception) -> Response:
    """Exception handler for `Refused`."""
    assert isinstance(error, Refused)
    headers = {} if error.retry_after is None else {"Retry-After": f"{error.retry_after:g}"}
    return JsonResponse(error.body, status_code=error.status, headers=headers)


async def answer_http_error(_: Request, error: Exception) -> Response:
    """Exception handler for the router's own 404 and 405: JSON here too."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return JsonResponse(envelope("resource_not_found"), status_code=404)
    return JsonResponse(envelope("invalid_params", error.detail), status_code=error.status_code)


async def answer_failure(_: Request, error: Exception) -> Response:
    """Exception handler for a bug in the demo service itself: the caller still gets JSON."""
    return JsonResponse(envelope("unknown_error", type(error).__name__), status_code=500)
