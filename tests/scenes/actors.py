"""Who plays the server: a client that follows a script, and the demo's catalogue of models."""

from __future__ import annotations

import json

from oxen_tui.api.account import User
from oxen_tui.api.errors import ApiError, ModelNotFound
from oxen_tui.api.model import Model
from tests.services.catalogue_models import body_of, demo_entries
from tests.services.fake_client import FakeClient, Step


class PlayedClient(FakeClient):
    """Answers by script, knows the models of the demo and one user."""

    def __init__(self, *scripts: list[Step], trouble: ApiError | None = None) -> None:
        """`trouble` is what asking for the list of models meets, where there is none."""
        super().__init__(*scripts)
        self._trouble = trouble

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes:
        if self._trouble is not None:
            raise self._trouble
        return body_of(demo_entries())

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes:
        entry = next((entry for entry in demo_entries() if entry["id"] == model_id), None)
        if entry is None:
            raise ModelNotFound(status=404)
        return json.dumps(entry).encode()

    async def favorite_models(self) -> tuple[Model, ...]:
        return ()

    async def me(self) -> User:
        return User("ada")

    async def aclose(self) -> None:
        """There is nothing to let go of."""
