"""What a session is made of beside its client: each part is made, and its code loaded, when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.clock import Clock
from oxen_tui.services.server.connection import Place
from oxen_tui.settings import Settings
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from oxen_tui.api.client import Client
    from oxen_tui.api.model import Model
    from oxen_tui.api.wire_record import WireRecord
    from oxen_tui.services.catalogue.browser import ModelBrowser
    from oxen_tui.services.catalogue.catalogue import Catalogue
    from oxen_tui.services.conversation.conversation import ConversationService
    from oxen_tui.services.gallery.gallery import Gallery
    from oxen_tui.services.gallery.showcase import Showcase
    from oxen_tui.services.gallery.thumbnails import Thumbnails
    from oxen_tui.services.queue.generation_queue import GenerationQueue
    from oxen_tui.services.queue.results import Results
    from oxen_tui.services.session_tools import Tools
    from oxen_tui.services.spending import Spending
    from oxen_tui.services.tools.tool import Asker


class SessionParts:
    """The services of one place. A start needs next to none of them."""

    def __init__(
        self, place: Place, store: Store, clock: Clock, catalogue_file: Path | None, paths: Paths | None
    ) -> None:
        self.place = place
        self.store = store
        self.clock = clock
        self.settings = Settings()
        """What the user has chosen; set by whoever opens the session, before anything is made that looks at it."""
        self._asker: Asker | None = None
        self._catalogue_file = catalogue_file
        self._paths = paths
        self._is_own_server = False
        """Whether the server was started by this session, and nobody else sends it anything."""

    async def client(self) -> Client:
        """The client of this place."""
        raise NotImplementedError

    @cached_property
    def catalogue(self) -> Catalogue:
        """The models of this place; made when they are first asked for."""
        from oxen_tui.services.catalogue.catalogue import Catalogue
        from oxen_tui.services.catalogue.listing import FORM
        from oxen_tui.store.catalogue_cache import CatalogueCache

        file = self._catalogue_file
        cache = CatalogueCache(file, f"{FORM} {self.place.base_url}") if file is not None else None
        return Catalogue(self.client, cache, now=self.clock.now)

    @property
    def made_catalogue(self) -> Catalogue | None:
        """The same if anybody has asked for it, else None: nothing is loaded for this."""
        return self.catalogue if "catalogue" in self.__dict__ else None

    @cached_property
    def conversation(self) -> ConversationService:
        """Chats with models; made with the first question."""
        from oxen_tui.services.conversation.conversation import ConversationService

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
        from oxen_tui.services.catalogue.browser import ModelBrowser

        has_key = self.place.is_demo or self.place.key is not None
        return ModelBrowser(self.catalogue, self.store.models, self.client, self.clock, has_key=has_key)

    @cached_property
    def generations(self) -> GenerationQueue:
        """Pictures and clips in the making; made when they are first asked for. Whoever does that begins it."""
        from oxen_tui.services.queue.generation_queue import GenerationQueue

        queue = GenerationQueue(
            self.store,
            self.client,
            self.results,
            model=self.catalogue.get,
            to_wire=_to_wire,
            now=self.clock.now,
            monotonic=self.clock.monotonic,
            fetch_elsewhere=self.settings.fetch_elsewhere,
            own_server=self._is_own_server,
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
        from oxen_tui.services.queue.results import Results

        return Results(self._folders.results(self.place.store_name), self.client, now=self.clock.now)

    @cached_property
    def wire(self) -> WireRecord:
        """The last requests and what came back, as they were on the wire; made with the client."""
        from oxen_tui.api.wire_record import WireRecord

        return WireRecord()

    @cached_property
    def tools(self) -> Tools:
        """What models may be allowed to call."""
        from oxen_tui.services.session_tools import Tools

        return Tools(self)

    @cached_property
    def gallery(self) -> Gallery:
        """All that was made or opened here; made when it is first looked at."""
        from oxen_tui.services.gallery.gallery import Gallery

        return Gallery(self.store.jobs, self.results, now=self.clock.now)

    @cached_property
    def thumbnails(self) -> Thumbnails:
        """Small pictures of it."""
        from oxen_tui.services.gallery.thumbnails import Thumbnails

        return Thumbnails(self._folders.thumbnails(self.place.store_name))

    @cached_property
    def showcase(self) -> Showcase:
        """What models show of themselves."""
        from oxen_tui.services.gallery.showcase import Showcase

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


async def _to_wire(body: Mapping[str, Any], model: Model) -> Mapping[str, Any]:
    from oxen_tui.services.inputs.wire import to_wire
    from oxen_tui.services.schema.request_schema import model_schema

    return await to_wire(body, model_schema(model))
