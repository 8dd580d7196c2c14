"""The models a user stars and uses.

A star shows at once and is taken back if the server refuses it. Where the server keeps no stars for us (no key, or
another kind of server) they are kept here, in the store of the place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from oxen_tui.api.errors import Answered, ApiError, Forbidden, InvalidKey, NotFound
from oxen_tui.api.model import Model
from oxen_tui.store.model_notes import ModelNotes

USED_SHOWN = 5
"""How many models count as used lately."""


class MarksClient(Protocol):
    """The part of the client that is needed here."""

    async def favorite_models(self) -> tuple[Model, ...]: ...

    async def star(self, model_id: str) -> Model | None: ...

    async def unstar(self, model_id: str) -> Model | None: ...


class ModelMarks:
    """Favourites and models used lately, as they show at this moment."""

    def __init__(self, notes: ModelNotes, client: Callable[[], Awaitable[MarksClient]], *, has_key: bool) -> None:
        """
        Args:
            notes: Where they are kept.
            client: Gives the client of the place.
            has_key: Whether there is a key; without one the server is not asked for favourites.
        """
        self.used: tuple[str, ...] = ()
        """Ids of the models used lately, the last one first."""
        self.on_server = has_key
        """Whether stars are the server's, as far as is known; else they are kept here."""
        self.trouble: ApiError | None = None
        """Why the server's stars may not be those of now."""
        self._notes = notes
        self._client = client
        self._starred: dict[str, bool] = {}
        """True for stars that the server has."""
        self._wanted: dict[str, bool] = {}
        """What a star is to become that the server is being told of."""
        self._confirmed = False
        """Whether the server gave us our stars once."""
        self._told = 0
        """How many changes the server was told of."""
        self._telling: dict[str, asyncio.Lock] = {}
        self._listeners: list[Callable[[], None]] = []

    @property
    def favourites(self) -> frozenset[str]:
        """Ids of starred models, with what was asked for just now."""
        wanted = {model_id for model_id, starred in self._wanted.items() if starred}
        return frozenset((self._starred.keys() | wanted) - (self._wanted.keys() - wanted))

    async def load(self) -> None:
        """Reads what is kept, then the server's stars. Never raises `ApiError`: see `trouble`.

        Raises:
            StoreError: What is kept cannot be read.
        """
        self._starred = await self._notes.favourites()
        self.used = tuple(await self._notes.used(USED_SHOWN))
        self._tell()
        if not self.on_server:
            return
        try:
            models = await self._server_stars()
        except ApiError as error:
            if self._keeps_none(error):
                self.on_server = False
            else:
                self.trouble = error
            self._tell()
            return
        self.trouble, self._confirmed = None, True
        ours = {model_id: False for model_id, on_server in self._starred.items() if not on_server}
        self._starred = ours | {model.id: True for model in models}
        self._tell()
        await self._notes.keep_server_favourites([model.id for model in models])

    async def toggle(self, model_id: str) -> ApiError | None:
        """Stars a model or takes its star away; see `set`."""
        return await self.set(model_id, model_id not in self.favourites)

    async def set(self, model_id: str, starred: bool) -> ApiError | None:
        """Gives or takes a star. Shows at once; the error if the server refused and it was taken back.

        Raises:
            StoreError: It could not be kept. It shows until the program ends.
        """
        self._wanted[model_id] = starred
        self._tell()
        async with self._telling.setdefault(model_id, asyncio.Lock()):
            if self._wanted.get(model_id) != starred:
                return None  # changed again while we waited: that call will see to it
            try:
                return await self._set(model_id, starred)
            finally:
                if self._wanted.get(model_id) == starred:
                    del self._wanted[model_id]
                self._tell()

    async def mark_used(self, model_id: str) -> None:
        """Notes that a model was chatted or created with.

        Raises:
            StoreError: It could not be kept. It shows until the program ends.
        """
        self.used = (model_id, *(each for each in self.used if each != model_id))[:USED_SHOWN]
        self._tell()
        await self._notes.use(model_id)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when something changed. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def _server_stars(self) -> tuple[Model, ...]:
        """Asked again where a star was given meanwhile, which the answer may or may not know."""
        while True:
            before = self._told
            models = await (await self._client()).favorite_models()
            if self._told == before:
                return models

    async def _set(self, model_id: str, starred: bool) -> ApiError | None:
        known = self._starred.get(model_id)
        if (known is not None) == starred:
            return None
        # A star of our own is not the server's to take away.
        on_server = self.on_server and known is not False
        if on_server:
            try:
                client = await self._client()
                await (client.star(model_id) if starred else client.unstar(model_id))
                self._told += 1
            except ApiError as error:
                if not self._keeps_none(error):
                    return error
                on_server = self.on_server = False
        if starred:
            self._starred[model_id] = on_server
            await self._notes.star(model_id, on_server=on_server)
        else:
            del self._starred[model_id]
            await self._notes.unstar(model_id)
        return None

    def _keeps_none(self, error: ApiError) -> bool:
        """Whether the error means that this server keeps no stars for us, which it did not so far."""
        no_call = type(error) is NotFound or (isinstance(error, Answered) and error.status in (405, 501))
        return not self._confirmed and (no_call or isinstance(error, InvalidKey | Forbidden))

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
