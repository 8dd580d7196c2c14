"""Who plays the server: a client that follows a script, and the demo's catalogue of models."""

from __future__ import annotations

from functools import cache

from oxen_tui.api.account import User
from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model
from oxen_tui.demo.catalogue import HINTS_KEY, load_models
from tests.services.fake_client import FakeClient, Step


class PlayedClient(FakeClient):
    """Answers by script, knows the models of the demo and one user."""

    def __init__(self, *scripts: list[Step], trouble: ApiError | None = None) -> None:
        """`trouble` is what asking for the list of models meets, where there is none."""
        super().__init__(*scripts)
        self._trouble = trouble

    async def models(self) -> tuple[Model, ...]:
        if self._trouble is not None:
            raise self._trouble
        return demo_models()

    async def me(self) -> User:
        return User("ada")

    async def aclose(self) -> None:
        """There is nothing to let go of."""


@cache
def demo_models() -> tuple[Model, ...]:
    """As the demo service lists them."""
    entries = load_models()
    return tuple(
        Model.from_json({key: value for key, value in entry.items() if key != HINTS_KEY}) for entry in entries
    )
