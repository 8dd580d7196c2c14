"""The client: every call of an inference server, as methods that give nouns or raise `ApiError`s."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import httpx

from oxen_tui.api.account import UploadedFile, User
from oxen_tui.api.address import Address
from oxen_tui.api.chat import ChatCompletion, ChatDelta, ChatRequest, KeptAlive
from oxen_tui.api.client_account import AccountCalls
from oxen_tui.api.client_chat import ChatCalls
from oxen_tui.api.client_connection import Connection, OnRetry
from oxen_tui.api.client_downloads import MOST_DOWNLOAD, Download, OnProgress, download
from oxen_tui.api.client_events import follow_events
from oxen_tui.api.client_generations import GenerationCalls
from oxen_tui.api.client_models import ModelCalls
from oxen_tui.api.client_pages import Page, fetch_page
from oxen_tui.api.generation import Generation, GenerationCompleted, GenerationPage, MediaResult
from oxen_tui.api.model import Model
from oxen_tui.api.secret import Secret
from oxen_tui.api.timeouts import Timeouts
from oxen_tui.api.wire_record import WireRecord


class Client:
    """One server, with or without a key. Close it, or use it as an async context manager.

    Calls that only read are sent again by themselves, at most three times, when that can help; so is a chat that has
    produced nothing. Calls that make something are sent again only if the server certainly did not take them.

    Args:
        base_url: such as https://hub.oxen.ai/api/ai, or any OpenAI-compatible server's (there chat and, where
            offered, the list of models work).
        key: None for servers that need none.
        transport: a network for tests.
        sleep: waits a number of seconds between attempts.
        now: unix seconds.
        chance: random numbers from 0 to 1.
        on_retry: told of every retry before the pause; a call's own `on_retry` takes its place.
        record: told what goes over the wire, but for what is fetched without the key; None keeps nothing.

    Raises:
        Unreachable: if `base_url` is no http or https URL.
    """

    def __init__(
        self,
        base_url: str,
        key: Secret | None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        timeouts: Timeouts | None = None,
        on_retry: OnRetry | None = None,
        record: WireRecord | None = None,
    ) -> None:
        self.address = Address.parse(base_url)
        self._connection = Connection(
            self.address,
            key,
            transport=transport,
            sleep=sleep,
            now=now,
            chance=chance,
            timeouts=timeouts,
            on_retry=on_retry,
            record=record,
        )
        self._chats = ChatCalls(self._connection)
        self._models = ModelCalls(self._connection)
        self._generations = GenerationCalls(self._connection)
        self._account = AccountCalls(self._connection)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._connection.aclose()

    # Chat

    def stream_chat(self, request: ChatRequest, on_retry: OnRetry | None = None) -> AsyncGenerator[ChatDelta, None]:
        """The answer as it comes. Ends when the answer is complete; closing it (`contextlib.aclosing`) closes the
        socket at once, and the server stops.

        Raises:
            CutOff: if the stream ends without a finish reason or closing mark. What was yielded before stands.
            ApiError: others, also in mid-stream.
        """
        return self._chats.stream(request, on_retry)

    def chat_body(self, request: ChatRequest) -> dict[str, Any]:
        """The JSON that `stream_chat` sends to this server, as far as it is known what the server takes."""
        return self._chats.body(request)

    async def complete_chat(self, request: ChatRequest, on_retry: OnRetry | None = None) -> ChatCompletion:
        """The whole answer, once it is there."""
        return await self._chats.complete(request, on_retry)

    # Pictures and videos

    async def generate_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        """Makes a picture and waits for it. Billed. `body` holds the prompt and the model's own parameters."""
        seconds = self._connection.timeouts.images
        return await self._generations.make("/images/generate", model, body, seconds, on_retry)

    async def edit_images(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        """As `generate_images`, for a body with a picture in it."""
        seconds = self._connection.timeouts.images
        return await self._generations.make("/images/edit", model, body, seconds, on_retry)

    async def generate_videos(
        self, model: str, body: Mapping[str, Any], on_retry: OnRetry | None = None
    ) -> tuple[MediaResult, ...]:
        """Makes a video and waits for it, up to 20 minutes. Better: `enqueue`."""
        seconds = self._connection.timeouts.videos
        return await self._generations.make("/videos/generate", model, body, seconds, on_retry)

    async def enqueue(self, body: Mapping[str, Any], on_retry: OnRetry | None = None) -> tuple[Generation, ...]:
        """Queues `num_generations` (1 to 4) pictures or videos. Billed. The rows hold id and status only.

        Raises:
            ServerFailed, TimedOut, CutOff: after these it may have been queued all the same: look, do not resend.
        """
        return await self._generations.enqueue(body, on_retry)

    async def queue(
        self,
        *,
        status: str | None = None,
        namespace: str | None = None,
        model: str | None = None,
        media_type: str | None = None,
        repo: str | None = None,
        folder: str | None = None,
    ) -> tuple[Generation, ...]:
        """The rows of one status, or without one the active rows, all of them in one answer."""
        return await self._generations.queue(
            {
                "status": status,
                "namespace": namespace,
                "model": model,
                "media_type": media_type,
                "repo": repo,
                "folder": folder,
            }
        )

    async def queue_row(self, generation_id: str) -> Generation:
        """One row, with a fresh result URL. NotFound for one seen before means ended, result unknown."""
        return await self._generations.row(generation_id)

    async def cancel(self, generation_id: str) -> None:
        """Cancels a queued or running generation. Without effect (or NotFound) for one that has ended."""
        await self._generations.cancel(generation_id)

    async def generations(
        self,
        page: int = 1,
        page_size: int = 50,
        *,
        status: str | None = None,
        namespace: str | None = None,
        model: str | None = None,
        media_type: str | None = None,
    ) -> GenerationPage:
        """A page of the history with costs. NotFound means this server keeps none."""
        query = {"status": status, "namespace": namespace, "model": model, "media_type": media_type}
        return await self._generations.history(page, page_size, query)

    async def generation(self, generation_id: str) -> Generation:
        """One row of the history, with its cost."""
        return await self._generations.row(generation_id, "/generations")

    def events(self) -> AsyncGenerator[GenerationCompleted | KeptAlive, None]:
        """What happens to the user's generations, without end. The first KeptAlive says that the stream is open.

        Ends when the server closes it; coming back, and how soon, is up to the caller.
        """
        return follow_events(self._connection)

    # Models

    async def models(self, *, developer: str | None = None, provider: str | None = None) -> tuple[Model, ...]:
        """The catalogue. Answers without a key too."""
        return await self._models.listed(developer_name=developer, provider_name=provider)

    async def search_models(self, text: str) -> tuple[Model, ...]:
        """Models that the server finds, which may be newer than its list."""
        return await self._models.listed("/search", search=text)

    async def featured_models(self) -> tuple[Model, ...]:
        """Models that Oxen puts forward."""
        return await self._models.listed("/featured")

    async def favorite_models(self) -> tuple[Model, ...]:
        """The user's starred models."""
        return await self._models.listed("/favorites")

    async def model(self, model_id: str, live: bool = False) -> Model:
        """One model. `live` asks how a custom model's deployment stands right now."""
        return await self._models.detail(model_id, live)

    async def models_body(self, search: str | None = None, *, anonymous: bool = False) -> bytes:
        """The catalogue, or what a search finds, as it came: for `model_list.entries`, which cuts it into models.

        Args:
            search: words; None is for all models.
            anonymous: leaves the key out.
        """
        return await self._models.list_body(search, anonymous)

    async def model_body(self, model_id: str, live: bool = False, *, anonymous: bool = False) -> bytes:
        """As `model`, as it came: for `model_list.model_text`."""
        return await self._models.detail_body(model_id, live, anonymous)

    async def star(self, model_id: str) -> Model | None:
        """Makes a model a favourite. None if the server does not give the model back."""
        return await self._models.star(model_id, True)

    async def unstar(self, model_id: str) -> Model | None:
        """Undoes `star`."""
        return await self._models.star(model_id, False)

    async def activate(self, model_id: str) -> Model:
        """Wakes a custom model. Takes minutes: ask `model(id, live=True)` until its deployment is active."""
        return await self._models.activate(model_id, True)

    async def deactivate(self, model_id: str) -> Model:
        """Stops a custom model."""
        return await self._models.activate(model_id, False)

    # Account and files

    async def me(self) -> User:
        """The user of the key. InvalidKey for a bad one; NotFound on servers that have no users."""
        return await self._account.me()

    async def upload(self, path: Path, on_retry: OnRetry | None = None) -> UploadedFile:
        """Puts a local file into the user's private repository, for requests that need a URL. Ask the user first.

        Raises:
            OSError: if the file cannot be read.
        """
        return await self._account.upload(path, on_retry)

    async def download(
        self,
        url: str,
        into: BinaryIO,
        *,
        limit: int = MOST_DOWNLOAD,
        on_progress: OnProgress | None = None,
        on_retry: OnRetry | None = None,
    ) -> Download:
        """Fetches a result (http, https or data URL) into a file, from where the file stands; without the key.

        Raises:
            OSError: if the file cannot be written.
        """
        return await download(self._connection, url, into, limit, on_progress, on_retry)

    async def page(self, url: str, limit: int, address: str = "") -> Page:
        """Fetches a web page, whatever it answers; never with the key, and no step along a redirect.

        Args:
            url: http or https.
            limit: bytes that are read; what is beyond is left.
            address: the IP address to ask, where the name was looked up before.
        """
        return await fetch_page(self._connection, url, limit, address)
