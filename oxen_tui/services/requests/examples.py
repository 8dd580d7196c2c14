"""How to ask a model from a program: example requests, and the right address for any body (contract section 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.requests.bodies import full_body, minimal_body, sends_picture
from oxen_tui.services.requests.code import Language, curl_request, python_chat, python_queue, python_request
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema

OXEN_URL = "https://hub.oxen.ai/api/ai"

QUEUE = "/queue"


def request_example(
    model: Model,
    language: Language,
    *,
    full: bool = False,
    base_url: str = OXEN_URL,
    queue: bool | None = None,
    schema: RequestSchema | None = None,
) -> str:
    """An example request to this model, to be copied.

    Args:
        full: With every field that a form shows, instead of only what is required.
        base_url: Of the service that has the model; a password in it is left out.
        queue: Whether to go through the queue; None for what suits the kind, see `request_path`.
        schema: The model's, where it has been read already.
    """
    schema = schema if schema is not None else model_schema(model)
    body = full_body(model, schema) if full else minimal_body(model, schema)
    return written_request(model, body, language, base_url=base_url, queue=queue, schema=schema)


def written_request(
    model: Model,
    body: Mapping[str, object],
    language: Language,
    *,
    base_url: str = OXEN_URL,
    queue: bool | None = None,
    schema: RequestSchema | None = None,
) -> str:
    """This very request as text to be copied. `body` is without `model`."""
    path = request_path(model, body, queue=queue, schema=schema)
    whole = {"model": model.id, **body}
    if language is Language.CURL:
        return curl_request(base_url, path, whole)
    if model.kind is ModelKind.CHAT:
        return python_chat(base_url, whole)
    return python_queue(base_url, whole) if path == QUEUE else python_request(base_url, path, whole)


def request_path(
    model: Model, body: Mapping[str, object], *, queue: bool | None = None, schema: RequestSchema | None = None
) -> str:
    """Where under the base URL a request goes.

    Video goes through the queue, since it takes longer than a connection lasts. A picture with a picture in its
    request is an edit, whatever the catalogue says of the model.
    """
    kind = model.kind
    if kind is ModelKind.CHAT:
        return "/chat/completions"
    if queue if queue is not None else kind is ModelKind.VIDEO:
        return QUEUE
    if kind is ModelKind.IMAGE:
        edits = sends_picture(schema if schema is not None else model_schema(model), body)
        return "/images/edit" if edits else "/images/generate"
    if kind is ModelKind.VIDEO:
        return "/videos/generate"
    if kind is ModelKind.AUDIO:
        return "/audio/generate"
    return _stated_path(model.endpoint) or "/embeddings"


def _stated_path(endpoint: str) -> str:
    """The path of an endpoint, which may come with a host, a prefix, or without its slash (contract section 10)."""
    path = re.sub(r"^https?://[^/]*", "", endpoint.strip())
    path = re.sub(r"^/?(?:api/)?(?:ai/)", "/", path)
    parts = [part for part in path.split("/") if re.fullmatch(r"[\w.-]+", part) and part not in (".", "..")]
    return "/" + "/".join(parts) if parts else ""
