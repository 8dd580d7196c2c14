"""Waking custom models and putting them to sleep, followed to the end: it takes minutes, and being awake costs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from oxen_tui.api.errors import ApiError
from oxen_tui.api.json_values import items, line, mapping
from oxen_tui.api.model import Model
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.error_words import in_words

ACTIVE, INACTIVE, DEPLOYING, DEACTIVATING, ERROR, UNKNOWN = (
    *("active", "inactive", "deploying", "deactivating", "error", "unknown"),
)
"""States of a deployment (contract section 10). A server may say others, which are shown and waited through."""

_LEAST_SPACING, _MOST_SPACING = 2.0, 10.0
"""Seconds between two looks; they grow with the time that has passed."""

_GRACE = 30.0
"""Seconds in which an old state may still be said: the server has only just been told."""

_PATIENCE = 3600.0
_MOST_FAILURES = 10
"""Looks in a row that may fail."""

_REASONS = ("error_message", "error", "reason", "message", "detail", "status_message", "status_description")
"""Where a deployment may say what is wrong; no source says where."""


class DeploymentClient(Protocol):
    """The part of the client that is needed here."""

    async def activate(self, model_id: str) -> Model: ...

    async def deactivate(self, model_id: str) -> Model: ...


@dataclass(frozen=True, slots=True)
class DeploymentState:
    """How a deployment stands."""

    model_id: str
    status: str
    """A word of the server's."""
    elapsed: float
    """Seconds since it was asked for."""
    ended: bool = False
    """Whether nothing more will be said."""
    reached: bool = False
    """Whether it is as it was wanted."""
    reason: str = ""
    """What went wrong, in words; also while it goes on, where a look failed."""


class Deployments:
    """Follows deployments. What it sees of a model, the catalogue knows too."""

    def __init__(
        self,
        client: Callable[[], Awaitable[DeploymentClient]],
        catalogue: Catalogue,
        *,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._catalogue = catalogue
        self._monotonic = monotonic
        self._sleep = sleep

    def activate(self, model_id: str) -> AsyncGenerator[DeploymentState, None]:
        """Wakes a model, and says how it stands until it is awake or fails. It is billed from then on: ask first.

        Closing the generator ends the looking, not the waking.
        """
        return self._order(model_id, ACTIVE)

    def deactivate(self, model_id: str) -> AsyncGenerator[DeploymentState, None]:
        """Puts a model to sleep, and says how it stands until it sleeps or fails."""
        return self._order(model_id, INACTIVE)

    async def follow(self, model_id: str) -> AsyncGenerator[DeploymentState, None]:
        """Says how a model stands that was woken or put to sleep before, here or elsewhere."""
        follower = _Follower(model_id, "", self._monotonic())
        state = await self._look(follower)
        follower.wanted = {DEPLOYING: ACTIVE, DEACTIVATING: INACTIVE}.get(state.status, state.status)
        async for each in self._watch(follower, follower.judged(state.status, self._monotonic())):
            yield each

    async def _order(self, model_id: str, wanted: str) -> AsyncGenerator[DeploymentState, None]:
        follower = _Follower(model_id, wanted, self._monotonic())
        try:
            client = await self._client()
            model = await (client.activate(model_id) if wanted == ACTIVE else client.deactivate(model_id))
        except ApiError as error:
            yield follower.over(self._status(model_id), self._monotonic(), in_words(error))
            return
        state = follower.judged(model.deployment or UNKNOWN, self._monotonic())
        if state.ended:
            state = await self._look(follower)  # for the reason, and so that the catalogue knows
        async for each in self._watch(follower, state):
            yield each

    async def _watch(self, follower: _Follower, state: DeploymentState) -> AsyncGenerator[DeploymentState, None]:
        yield state
        while not state.ended:
            await self._sleep(min(_MOST_SPACING, max(_LEAST_SPACING, state.elapsed / 10)))
            state = await self._look(follower)
            yield state

    async def _look(self, follower: _Follower) -> DeploymentState:
        detail = await self._catalogue.detail(follower.model_id, live=True)
        now = self._monotonic()
        if detail.vanished:
            return follower.over(UNKNOWN, now, detail.notice)
        if detail.notice:
            return follower.failed(now, detail.notice)
        status = self._status(follower.model_id)
        return follower.judged(status, now, _reason(self._catalogue.raw(follower.model_id)))

    def _status(self, model_id: str) -> str:
        model = self._catalogue.get(model_id)
        return (model.deployment if model is not None else None) or UNKNOWN


class _Follower:
    """Judges what the server says of one deployment."""

    def __init__(self, model_id: str, wanted: str, begun: float) -> None:
        self.model_id = model_id
        self.wanted = wanted
        self._begun = begun
        self._status = UNKNOWN
        self._moved = False
        """Whether the server was seen at work on it."""
        self._failures = 0

    def judged(self, status: str, now: float, reason: str = "") -> DeploymentState:
        """What a state means."""
        self._status, self._failures = status, 0
        self._moved = self._moved or status not in (ACTIVE, INACTIVE, ERROR, UNKNOWN)
        elapsed = now - self._begun
        settled = self._moved or elapsed > _GRACE
        if status == self.wanted and status != ERROR:
            return DeploymentState(self.model_id, status, elapsed, ended=True, reached=True)
        if status == ERROR and (settled or self.wanted == ERROR):
            return self.over(status, now, reason or "The server reports an error and gives no reason.")
        if status in (ACTIVE, INACTIVE) and settled:
            return self.over(status, now, reason or f"The server left it {status}, and gives no reason.")
        if elapsed > _PATIENCE:
            return self.over(status, now, "It takes longer than an hour: look again later, it may still happen.")
        return DeploymentState(self.model_id, status, elapsed)

    def failed(self, now: float, reason: str) -> DeploymentState:
        """A look that failed: the state before stands, until too many fail."""
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            return self.over(self._status, now, reason)
        return DeploymentState(self.model_id, self._status, now - self._begun, reason=reason)

    def over(self, status: str, now: float, reason: str) -> DeploymentState:
        """The end, other than it was wanted."""
        return DeploymentState(self.model_id, status, now - self._begun, ended=True, reason=reason)


def _reason(entry: dict[str, Any] | None) -> str:
    deployment = mapping(next(iter(items(mapping(entry).get("deployments"))), None))
    for key in _REASONS:
        value = deployment.get(key)
        words = line(value) or line(mapping(value).get("message"))
        if words:
            return words
    return ""
