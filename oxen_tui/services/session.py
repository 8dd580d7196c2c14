"""Everything that is open while the app talks to one place; opened and closed as one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from oxen_tui.api.errors import Unreachable
from oxen_tui.api.secret import Secret
from oxen_tui.api.timeouts import Timeouts
from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.catalogue import Catalogue
from oxen_tui.services.catalogue_listing import FORM
from oxen_tui.services.clock import REAL, Clock
from oxen_tui.services.connection import Place
from oxen_tui.services.embedded_demo import DemoError, EmbeddedDemo
from oxen_tui.settings import Settings
from oxen_tui.store.catalogue_cache import CatalogueCache
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from oxen_tui.api.client import Client
    from oxen_tui.api.model import Model
    from oxen_tui.api.wire_record import WireRecord
    from oxen_tui.services.conversation import ConversationService
    from oxen_tui.services.gallery import Gallery
    from oxen_tui.services.gallery_showcase import Showcase
    from oxen_tui.services.gallery_thumbnails import Thumbnails
    from oxen_tui.services.generation_queue import GenerationQueue
    from oxen_tui.services.model_browser import ModelBrowser
    from oxen_tui.services.results import Results
    from oxen_tui.services.spending import Spending
    from oxen_tui.services.tool import Asker
    from oxen_tui.services.tools import Tools
    from oxen_tui.store.message import Message


class Session:
    """One place, its store, and its client as soon as somebody needs it. Made by `open_session`."""

    def __init__(
        self,
        place: Place,
        store: Store,
        demo: EmbeddedDemo | None,
        *,
        clock: Clock = REAL,
        timeouts: Timeouts | None = None,
        cache: CatalogueCache | None = None,
        paths: Paths | None = None,
    ) -> None:
        """
        Args:
            place: Where this session talks to.
            store: Open; the session closes it.
            demo: The embedded service where the place is the demo; the session ends it.
            clock: The time of day for lists, and how long answers take.
            timeouts: How long the client waits; None is as long as is right for a user.
            cache: Where the list of models is kept; None keeps it in memory only.
            paths: Where results and small pictures of them are kept; None is where the user's are.
        """
        self.place = place
        self.store = store
        self.clock = clock
        self.settings = Settings()
        """What the user has chosen; set by whoever opens the session, before anything is made that looks at it."""
        self.catalogue = Catalogue(self.client, cache, now=clock.now)
        """The models of this place."""
        self._asker: Asker | None = None
        self._demo = demo
        self._timeouts = timeouts
        self._paths = paths
        self._client: Client | None = None
        self._client_for: tuple[str, Secret | None] | None = None
        self._connecting = asyncio.Lock()
        self._starting = asyncio.create_task(demo.start()) if demo else None

    @cached_property
    def conversation(self) -> ConversationService:
        """Chats with models; made with the first question."""
        from oxen_tui.services.conversation import ConversationService

        conversation = ConversationService(
            self.store,
            self.client,
            model=self.catalogue.get,
            monotonic=self.clock.monotonic,
            tools=lambda: self.tools,
        )
        if self._asker is not None:
            conversation.ask_with(self._asker)
        return conversation

    @cached_property
    def models(self) -> ModelBrowser:
        """What the user does with the catalogue; made when it is first looked at."""
        from oxen_tui.services.model_browser import ModelBrowser

        has_key = self.place.is_demo or self.place.key is not None
        return ModelBrowser(self.catalogue, self.store.models, self.client, self.clock, has_key=has_key)

    @cached_property
    def generations(self) -> GenerationQueue:
        """Pictures and clips in the making; made when they are first asked for. Whoever does that begins it."""
        from oxen_tui.services.generation_queue import GenerationQueue

        queue = GenerationQueue(
            self.store,
            self.client,
            self.results,
            model=self.catalogue.get,
            to_wire=_to_wire,
            now=self.clock.now,
            monotonic=self.clock.monotonic,
            fetch_elsewhere=self.settings.fetch_elsewhere,
            own_server=self._demo is not None,
        )
        self.spending.follow(queue)
        return queue

    @cached_property
    def spending(self) -> Spending:
        """What all of it costs. Its first look at the ledger is on its way when it is made."""
        from oxen_tui.services.spending import Spending

        spending = Spending(self.store.spending, self.client, now=self.clock.now)
        spending.budget_session, spending.budget_day = self.settings.budget_session, self.settings.budget_day
        spending.look_soon()
        return spending

    @cached_property
    def results(self) -> Results:
        """What was made, on the disk."""
        from oxen_tui.services.results import Results

        return Results(self._folders.results(self.place.store_name), self.client, now=self.clock.now)

    @cached_property
    def wire(self) -> WireRecord:
        """The last requests and what came back, as they were on the wire; made with the client."""
        from oxen_tui.api.wire_record import WireRecord

        return WireRecord()

    @cached_property
    def tools(self) -> Tools:
        """What models may be allowed to call."""
        from oxen_tui.services.tools import Tools

        return Tools(self)

    @cached_property
    def gallery(self) -> Gallery:
        """All that was made or opened here; made when it is first looked at."""
        from oxen_tui.services.gallery import Gallery

        return Gallery(self.store.jobs, self.results, now=self.clock.now)

    @cached_property
    def thumbnails(self) -> Thumbnails:
        """Small pictures of it."""
        from oxen_tui.services.gallery_thumbnails import Thumbnails

        return Thumbnails(self._folders.thumbnails(self.place.store_name))

    @cached_property
    def showcase(self) -> Showcase:
        """What models show of themselves."""
        from oxen_tui.services.gallery_showcase import Showcase

        return Showcase(self._folders.examples(self.place.store_name), self.client)

    @property
    def settings_folder(self) -> Path:
        """Where the settings are: what paths in them are relative to."""
        return self._folders.config

    @property
    def attached_folder(self) -> Path:
        """Where files are kept that were made to be attached to messages."""
        return self._folders.attached(self.place.store_name)

    @property
    def _folders(self) -> Paths:
        return self._paths if self._paths is not None else find_paths()

    async def note_use(self, model_id: str) -> None:
        """Remembers that a model was chatted or created with, for the list of models.

        Raises:
            StoreError: It could not be kept.
        """
        if "models" in self.__dict__:
            await self.models.marks.mark_used(model_id)
        else:  # nobody looked at the catalogue: its services need not be loaded for this
            await self.store.models.use(model_id)

    def ask_with(self, asker: Asker) -> None:
        """From now on, this asks the user about calls of tools. Without anybody who asks they are refused."""
        self._asker = asker
        if "conversation" in self.__dict__:
            self.conversation.ask_with(asker)

    async def path(self, conversation_id: int, last: int | None = None) -> list[Message]:
        """What a conversation shows, or its `last` messages, with all that came of running answers, saved or not."""
        if "conversation" in self.__dict__:
            return await self.conversation.path(conversation_id, last)
        return await self.store.messages.path(conversation_id, last)  # nothing was asked yet: the store has it all

    async def interrupt(self) -> None:
        """Stores what still runs as cut off: the program is being ended from outside, not by its user."""
        if "conversation" in self.__dict__:
            await self.conversation.interrupt()

    async def client(self) -> Client:
        """The client of this place. Waits for the demo service where that is still starting.

        The network library is loaded here, in a thread: it takes longer than a key may wait for its echo.

        Raises:
            Unreachable: The demo service cannot be started.
        """
        async with self._connecting:
            base_url, key = wanted = await self._address()
            if self._client is None or wanted != self._client_for:
                await self._close_client()  # the demo service died and came back at another address
                client_class = await asyncio.to_thread(_load_client)
                self._client = client_class(base_url, key, timeouts=self._timeouts, record=self.wire)
                self._client_for = wanted
            return self._client

    @property
    def spent(self) -> float:
        """US dollars in this session, as far as they are known."""
        return self.spending.spent_session

    @property
    def spent_is_partial(self) -> bool:
        """Whether something was paid whose price is not known: `spent` is then only a lower bound."""
        return self.spending.session_is_partial

    def spend(self, cost: float | None) -> None:
        """Counts an answer that has just ended, in US dollars; None where that is not known."""
        self.spending.add(cost)

    async def close(self) -> None:
        """Stops what runs, keeps what came, and lets go of everything, the demo service too."""
        async with AsyncExitStack() as closing:  # in the reverse order, each whatever the others do
            if self._demo is not None:
                closing.push_async_callback(self._demo.close)
            closing.push_async_callback(self.store.close)
            closing.push_async_callback(self._close_client)
            closing.push_async_callback(self.catalogue.close)
            if "conversation" in self.__dict__:
                closing.push_async_callback(self.conversation.close)
            if "spending" in self.__dict__:  # asking for it would make it
                closing.push_async_callback(self.spending.close)
            if "thumbnails" in self.__dict__:
                closing.push_async_callback(self.thumbnails.close)
            if "generations" in self.__dict__:
                closing.push_async_callback(self.generations.close)
            if self._starting is not None:
                self._starting.cancel()
                await asyncio.gather(self._starting, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _address(self) -> tuple[str, Secret | None]:
        if self._demo is None:
            return self.place.base_url, self.place.key
        try:
            address = await self._demo.start()
        except DemoError as error:
            # For who asks, this is a server that does not answer, with better words.
            raise Unreachable(title=error.title, advice=error.advice, may_retry=False) from error
        return address.base_url, address.token

    async def _close_client(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


async def open_session(
    place: Place, paths: Paths, *, demo: EmbeddedDemo | None = None, timeouts: Timeouts | None = None
) -> Session:
    """Opens the store of a place and begins to start the demo service where that is the place.

    Args:
        place: Where to talk to.
        paths: Where the store is.
        demo: For tests; else one is made for the demo.
        timeouts: See `Session`.

    Raises:
        StoreUnavailable: The store cannot be written, is damaged or another program's. Nothing is left open.
    """
    store = await Store.open(paths.store_file(place.store_name))
    if place.is_demo and demo is None:
        demo = EmbeddedDemo()
    cache = CatalogueCache(paths.catalogue_file(place.store_name), f"{FORM} {place.base_url}")
    return Session(place, store, demo if place.is_demo else None, timeouts=timeouts, cache=cache, paths=paths)


async def _to_wire(body: Mapping[str, Any], model: Model) -> Mapping[str, Any]:
    from oxen_tui.services.media_inputs_wire import to_wire
    from oxen_tui.services.request_schema import model_schema

    return await to_wire(body, model_schema(model))


def _load_client() -> type[Client]:
    from oxen_tui.api.client import Client

    return Client
