"""The routes under /api/ai/models (contract sections 2 and 10). The catalogue answers without a key too."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from .errors import JsonResponse, invalid
from .faults import Faults
from .incoming import json_body, signed_in
from .json_values import Json
from .models import Shelf


@dataclass(slots=True)
class ModelRoutes:
    """Handlers over the shelf."""

    shelf: Shelf
    token: str
    faults: Faults

    async def index(self, request: Request) -> Response:
        """GET /models, with `developer_name`, `provider_name` and `action`."""
        signed_in(request, self.token, anonymous=True)
        self.faults.refuse_now_and_then()
        if self.faults.due("empty_list"):
            return _listed([])
        query = request.query_params
        developer, action = query.get("developer_name", ""), query.get("action", "")
        return _listed(self.shelf.listed(developer, action, query.get("provider_name", "")))

    async def search(self, request: Request) -> Response:
        """GET /models/search?search=."""
        signed_in(request, self.token, anonymous=True)
        words = request.query_params.get("search", "")
        if not words.strip():
            raise invalid("search must not be empty")
        return _listed(self.shelf.found(words))

    async def featured(self, request: Request) -> Response:
        """GET /models/featured."""
        signed_in(request, self.token, anonymous=True)
        return _listed(self.shelf.featured())

    async def favorites(self, request: Request) -> Response:
        """GET /models/favorites: somebody's, so it needs a key."""
        signed_in(request, self.token)
        return _listed(self.shelf.starred())

    async def show(self, request: Request) -> Response:
        """GET /models/{id}, not wrapped. `deployment_status=live` is accepted; states here are always live."""
        signed_in(request, self.token, anonymous=True)
        return JsonResponse(self.shelf.get(_id(request)).entry)

    async def update(self, request: Request) -> Response:
        """PUT /models/{id} of a custom model."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.change(_id(request), await json_body(request)))

    async def delete(self, request: Request) -> Response:
        """DELETE /models/{id} of a custom model."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.delete(_id(request)))

    async def star(self, request: Request) -> Response:
        """POST /models/{id}/favorite."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.star(_id(request)))

    async def unstar(self, request: Request) -> Response:
        """DELETE /models/{id}/favorite."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.unstar(_id(request)))

    async def activate(self, request: Request) -> Response:
        """POST /models/{id}/activate."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.activate(_id(request)))

    async def deactivate(self, request: Request) -> Response:
        """POST /models/{id}/deactivate."""
        signed_in(request, self.token)
        return JsonResponse(self.shelf.deactivate(_id(request)))


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _listed(entries: list[Json]) -> Response:
    return JsonResponse({"object": "list", "data": entries})
