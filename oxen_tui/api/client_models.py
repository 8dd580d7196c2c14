"""The catalogue's calls (contract section 10)."""

from __future__ import annotations

from typing import Any

from oxen_tui.api.address import segment
from oxen_tui.api.client_connection import Connection, Line, parsed
from oxen_tui.api.error_body import error_in, is_web_page
from oxen_tui.api.errors import BadRequest, ModelNotFound, NotAnApi
from oxen_tui.api.json_values import mapping
from oxen_tui.api.model import Model, models_from_json
from oxen_tui.api.model_list import list_start
from oxen_tui.api.retry import Resend

MOST_MODELS = 512 * 1024 * 1024
"""Bytes of the whole list, unpacked: it has a schema with every model, 50,000 of them fit several times over."""


class ModelCalls:
    """See the methods of `Client`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._place = f"{connection.address.base}/models"

    async def listed(self, path: str = "", **query: str | None) -> tuple[Model, ...]:
        """A list: all of them, or those of `path` (/search, /featured, /favorites)."""
        params = {key: value for key, value in query.items() if value is not None}
        answer = await self._connection.json("GET", f"{self._place}{path}", params=params)
        models = models_from_json(answer)
        if models is None:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no list of models")
        return models

    async def list_body(self, search: str | None, anonymous: bool) -> bytes:
        path, params = ("", {}) if search is None else ("/search", {"search": search})
        body = await self._body(f"{self._place}{path}", params, anonymous)
        if list_start(body) is None:
            raise error_in(parsed(body, ""), unsaid=BadRequest) or NotAnApi("the answer holds no list of models")
        return body

    async def detail_body(self, model_id: str, live: bool, anonymous: bool) -> bytes:
        body = await self._body(self._of(model_id), _liveness(live), anonymous)
        answer = parsed(body, "")
        if _model_in(answer) is None:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no model")
        return body

    async def detail(self, model_id: str, live: bool = False) -> Model:
        answer = await self._connection.json("GET", self._of(model_id), params=_liveness(live))
        model = _model_in(answer)
        if model is None:
            raise error_in(answer, unsaid=BadRequest) or NotAnApi("the answer holds no model")
        return model

    async def star(self, model_id: str, starred: bool) -> Model | None:
        method = "POST" if starred else "DELETE"
        return _accepted(await self._connection.json(method, f"{self._of(model_id)}/favorite"))

    async def activate(self, model_id: str, active: bool) -> Model:
        verb = "activate" if active else "deactivate"
        model = _accepted(await self._connection.json("POST", f"{self._of(model_id)}/{verb}"))
        return model or await self.detail(model_id, live=True)

    async def _body(self, url: str, params: dict[str, str], anonymous: bool) -> bytes:
        async def once() -> bytes:
            async with self._connection.open(Line.CALLS, "GET", url, params=params, anonymous=anonymous) as response:
                body = await self._connection.body(response, MOST_MODELS)
                if is_web_page(body, response.headers.get("content-type", "")):
                    raise NotAnApi("the server answered with a web page")
                return body

        return await self._connection.patiently(once, Resend.FREELY)

    def _of(self, model_id: str) -> str:
        encoded = segment(model_id)
        if not encoded:
            raise ModelNotFound(f"no model can be called {model_id!r}")
        return f"{self._place}/{encoded}"


def _liveness(live: bool) -> dict[str, str]:
    return {"deployment_status": "live"} if live else {}


def _accepted(answer: Any) -> Model | None:
    """The model of an answer that may hold none; an error if it holds that."""
    model = _model_in(answer)
    if model is None and (error := error_in(answer, unsaid=BadRequest)):
        raise error
    return model


def _model_in(answer: Any) -> Model | None:
    entry = mapping(answer)
    for wrapper in ("data", "model"):
        entry = mapping(entry.get(wrapper)) or entry
    model = Model.from_json(entry)
    return model if model.id else None
