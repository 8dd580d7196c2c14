"""The catalogue's calls (contract section 10)."""

from __future__ import annotations

from typing import Any

from oxen_tui.api.address import segment
from oxen_tui.api.client_connection import Connection
from oxen_tui.api.error_body import error_in
from oxen_tui.api.errors import BadRequest, ModelNotFound, NotAnApi
from oxen_tui.api.json_values import mapping
from oxen_tui.api.model import Model, models_from_json


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

    async def detail(self, model_id: str, live: bool = False) -> Model:
        params = {"deployment_status": "live"} if live else {}
        answer = await self._connection.json("GET", self._of(model_id), params=params)
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

    def _of(self, model_id: str) -> str:
        encoded = segment(model_id)
        if not encoded:
            raise ModelNotFound(f"no model can be called {model_id!r}")
        return f"{self._place}/{encoded}"


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
