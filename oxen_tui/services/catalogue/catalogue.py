"""The models that a server offers: from the disk at once, from the server behind, single ones when looked at.

The list is kept for a day (contract section 10), and asked for anew when it is first looked at in a session. A server
without a list is no failure: names can be typed, prices are then unknown.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from oxen_tui.api.errors import ApiError, ModelNotFound, NotAnApi, NotFound
from oxen_tui.api.json_values import mapping, parse_json
from oxen_tui.api.model import Model, ModelKind
from oxen_tui.api.model_list import model_text
from oxen_tui.services.catalogue import work as catalogue_work
from oxen_tui.services.catalogue.index import CatalogueIndex, empty_index
from oxen_tui.services.catalogue.listing import listing_of
from oxen_tui.services.catalogue.source import CatalogueClient, CatalogueSource
from oxen_tui.services.catalogue.whole_models import ShortModels, WholeModels
from oxen_tui.services.error_words import in_words
from oxen_tui.store.catalogue_cache import CatalogueCache, digest_of

if TYPE_CHECKING:
    from oxen_tui.services.catalogue.making import Made

KEPT = timedelta(days=1)
"""How long a list is good without being asked for again."""

_DETAIL_KEPT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ModelDetail:
    """One model as it is now, or as well as it is known."""

    model: Model | None
    """None if nothing is known of it."""
    vanished: bool = False
    """The server does not know it any more, or never did."""
    notice: str = ""
    """Why this may not be how it is now, in words; "" if it is."""


def _now() -> datetime:
    return datetime.now(UTC)


class Catalogue:
    """Knows the models by id. `index` is replaced when it changes, and whoever subscribed is told."""

    def __init__(
        self,
        client: Callable[[], Awaitable[CatalogueClient]],
        cache: CatalogueCache | None = None,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """
        Args:
            client: Gives the client of the place.
            cache: Where the list is kept; None keeps it in memory only.
            now: The time of day, for the age of what is kept.
        """
        self.index: CatalogueIndex = empty_index()
        """All models at this moment."""
        self.fetched_at: datetime | None = None
        """When the server gave the list; None if there is none."""
        self.trouble: ApiError | None = None
        """Why the list is missing, where it is; None while it has not been asked for."""
        self.refresh_trouble: ApiError | None = None
        """Why the list is not newer, where it was asked for anew in vain."""
        self.vanished: set[str] = set()
        """Models that the server did not know any more when it was asked for them."""
        self.refreshing = False
        """Whether the server is being asked for its list."""
        self._source = CatalogueSource(client)
        self._cache = cache
        self._now = now
        self._models = WholeModels()
        self._digest = ""
        self._chat_models: tuple[CatalogueIndex, ShortModels] | None = None
        self._details: dict[str, datetime] = {}
        self._has_details = False
        """Whether the server gave one: not every one that lists models does."""
        self._refreshes = 0
        """How often the server was asked for its list, to the end."""
        self._asking = asyncio.Lock()
        self._stop = threading.Event()
        self._loading: asyncio.Task[None] | None = None
        self._behind: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []

    # --- the list

    async def load(self, *, again: bool = False) -> None:
        """See that there is a list: the one that was kept, else the server's; with `again` the server's in any case.

        Asks once however many ask for it. Never raises `ApiError`: see `trouble` and `refresh_trouble`.
        """
        if self._loading is None or (again and self._loading.done()):
            self._loading = asyncio.create_task(self._load(again))
        # Shielded: whoever waits may be cancelled, the others still want the list.
        await asyncio.shield(self._loading)

    def refresh_behind(self) -> None:
        """Ask for the list anew without waiting, if that was not done in this session or in the last day.

        For whoever shows the catalogue, each time it is shown.
        """
        fresh = self._refreshes and self.refresh_trouble is None and not self._is_old()
        if not fresh and (self._behind is None or self._behind.done()):
            self._behind = asyncio.create_task(self._refresh_behind())

    async def close(self) -> None:
        """Stops what runs."""
        self._stop.set()
        tasks = [task for task in (self._loading, self._behind) if task is not None and not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._listeners.clear()
        self._models.close()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` when models, troubles or `refreshing` have changed. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # --- models

    def get(self, model_id: str) -> Model | None:
        """The whole model."""
        return self._models.model(self.index, model_id)

    def raw(self, model_id: str) -> dict[str, Any] | None:
        """The model as the server sent it: every key and value, and its text not cleaned. None if it is not known."""
        return self._models.raw(self.index, model_id)

    @property
    def chat_models(self) -> Sequence[Model]:
        """Models that answer in text, in the server's order, without schema, description and showcase."""
        index = self.index
        if self._chat_models is None or self._chat_models[0] is not index:
            kinds = index.columns.kind
            chats = [place for place in index.in_list_order if kinds[place] == ModelKind.CHAT.value]
            self._chat_models = index, ShortModels(index, chats)
        return self._chat_models[1]

    @property
    def first_chat_model(self) -> str:
        """What to talk to where the user has not chosen: the first chat model, else the first of all."""
        if self.chat_models:
            return self.chat_models[0].id
        return self.index.columns.id[self.index.in_list_order[0]] if len(self.index) else ""

    async def detail(self, model_id: str, live: bool = False) -> ModelDetail:
        """The model as the server knows it now; asked for at most every five minutes.

        Args:
            model_id: Of the model.
            live: Asks in any case, and how the deployment of a custom model stands.
        """
        asked = self._details.get(model_id)
        if not live and asked is not None and self._now() - asked < _DETAIL_KEPT:
            return ModelDetail(self.get(model_id))
        try:
            body = await self._source.model(model_id, live)
        except NotFound as error:
            if isinstance(error, ModelNotFound) or self._has_details:
                return self._vanish(model_id)
            return ModelDetail(self.get(model_id))  # a server that has a list, but no details
        except ApiError as error:
            return ModelDetail(self.get(model_id), notice=in_words(error))
        self._details[model_id], self._has_details = self._now(), True
        self.vanished.discard(model_id)
        return ModelDetail(self.learn(model_text(body)))

    async def find(self, words: str) -> list[str]:
        """Asks the server's search. The ids it found, in its order; the catalogue knows those models from now on.

        Raises:
            ApiError: The server refused the words, has no search or does not answer.
        """
        body = await self._source.models(words)
        try:
            hits = await catalogue_work.hits_of(body, self.index.position, self._stop)
        except ValueError:
            raise NotAnApi("the list of models breaks off") from None
        new = [hit for hit in hits if hit.listing is not None and hit.id not in self.index.position]
        if new:
            self.index = self.index.updated(hit.listing for hit in new if hit.listing is not None)
            for hit in new:
                self._models.learn(hit.id, hit.text)
            self._tell()
        return [hit.id for hit in hits]

    def learn(self, text: bytes) -> Model | None:
        """Takes over one model as it came from the server, newer than the list."""
        listing = listing_of(mapping(parse_json(text)))
        if listing is None:
            return None
        position = self.index.position.get(listing.id)
        known = None if position is None else self.index.columns.listing(position)
        if known is not None:
            listing = listing._replace(start=known.start, end=known.end)
        self._models.learn(listing.id, text)
        if listing != known:
            self.index = self.index.updated([listing])
            self._tell()
        return self.get(listing.id)

    # --- asking

    async def _load(self, again: bool) -> None:
        made = None if again or self._cache is None else await catalogue_work.from_file(self._cache)
        if made is None:
            await self._refresh()
        else:
            self._publish(made)
            self._tell()
            if self._is_old():
                self.refresh_behind()

    async def _refresh_behind(self) -> None:
        before = self._refreshes
        await self.load()
        if self._refreshes == before:
            await self._refresh()

    async def _refresh(self) -> None:
        before = self._refreshes
        async with self._asking:
            if self._refreshes != before:
                return  # somebody else asked while we waited
            self.refreshing = True
            self._tell()
            try:
                await self._renew()
            except ApiError as error:
                if len(self.index):
                    self.refresh_trouble = error
                else:
                    self.trouble = error
            finally:
                self._refreshes += 1
                self.refreshing = False
                self._tell()

    async def _renew(self) -> None:
        body = await self._source.models()
        if len(self.index) and await asyncio.to_thread(digest_of, body) == self._digest:
            self.fetched_at, self.trouble, self.refresh_trouble = self._now(), None, None
            if self._cache is not None:
                await asyncio.to_thread(self._cache.touch, self.fetched_at)
        else:
            self._publish(await self._made_of(body))

    async def _made_of(self, body: bytes) -> Made:
        try:
            made = await catalogue_work.from_answer(body, self._cache, self._now(), self._stop)
        except ValueError:
            raise NotAnApi("the list of models breaks off") from None
        if not len(made.index) and len(self.index):
            raise NotAnApi(
                title="The server listed no models", advice="The list from before is shown: ask again later."
            )
        return made

    def _publish(self, made: Made) -> None:
        """Shows another list. Models that only searches found stay known."""
        old, new = self.index.columns, made.index
        strays = [
            old.listing(at) for at, start in enumerate(old.start) if start < 0 and old.id[at] not in new.position
        ]
        self._models.begin(made.body, [stray.id for stray in strays])
        self.index = new.updated(strays) if strays else new
        self.fetched_at, self._digest = made.fetched_at, made.digest
        self.trouble = self.refresh_trouble = None
        self._details.clear()
        self.vanished.clear()

    def _vanish(self, model_id: str) -> ModelDetail:
        self.vanished.add(model_id)
        model = self.get(model_id)
        shown = " What is shown is what the list said." if model is not None else ""
        return ModelDetail(model, vanished=True, notice=f"The server does not know this model any more.{shown}")

    def _is_old(self) -> bool:
        return self.fetched_at is None or self._now() - self.fetched_at > KEPT

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
