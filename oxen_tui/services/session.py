"""Everything that is open while the app talks to one place; opened and closed as one."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from oxen_tui.api.errors import Unreachable
from oxen_tui.api.secret import Secret
from oxen_tui.paths import Paths
from oxen_tui.services.clock import REAL, Clock
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session_parts import SessionParts
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from oxen_tui.api.client import Client
    from oxen_tui.api.timeouts import Timeouts
    from oxen_tui.services.server.embedded_demo import EmbeddedDemo
    from oxen_tui.services.tools.tool import Asker
    from oxen_tui.store.message import Message


class Session(SessionParts):
    """One place, its store, and its client as soon as somebody needs it. Made by `open_session`."""

    def __init__(
        self,
        place: Place,
        store: Store,
        demo: EmbeddedDemo | None,
        *,
        clock: Clock = REAL,
        timeouts: Timeouts | None = None,
        catalogue_file: Path | None = None,
        paths: Paths | None = None,
    ) -> None:
        """
        Args:
            place: Where this session talks to.
            store: Open; the session closes it.
            demo: The embedded service where the place is the demo; the session ends it.
            clock: The time of day for lists, and how long answers take.
            timeouts: How long the client waits; None is as long as is right for a user.
            catalogue_file: Where the list of models is kept; None keeps it in memory only.
            paths: Where results and small pictures of them are kept; None is where the user's are.
        """
        super().__init__(place, store, clock, catalogue_file, paths)
        self._demo = demo
        self._is_own_server = demo is not None
        self._timeouts = timeouts
        self._client: Client | None = None
        self._client_for: tuple[str, Secret | None] | None = None
        self._connecting = asyncio.Lock()
        self._starting = asyncio.create_task(demo.start()) if demo else None

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
            if (catalogue := self.made_catalogue) is not None:
                closing.push_async_callback(catalogue.close)
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
        from oxen_tui.services.server.embedded_demo import DemoError

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
        from oxen_tui.services.server.embedded_demo import EmbeddedDemo

        demo = EmbeddedDemo()
    file = paths.catalogue_file(place.store_name)
    return Session(place, store, demo if place.is_demo else None, timeouts=timeouts, catalogue_file=file, paths=paths)


def _load_client() -> type[Client]:
    from oxen_tui.api.client import Client

    return Client
