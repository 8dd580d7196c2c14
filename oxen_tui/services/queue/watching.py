"""Watching the server's queue: one request for all jobs at once, at a pace that fits them, none without reason."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from oxen_tui.api.errors import ApiError, NotAnApi, NotFound, Unreachable
from oxen_tui.services.queue.book import QueueBook
from oxen_tui.services.queue.client import ClientProvider
from oxen_tui.services.queue.events import EventWatch
from oxen_tui.services.queue.pace import Circumstances, spacing
from oxen_tui.services.queue.rows import RUNNING, QueueRows
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.store.jobs_at_work import Watch
from oxen_tui.store.store import Store

_OTHERS = 2.0
"""Seconds between two looks at the disk while another program watches."""

_OTHERS_IDLE = 10.0
"""The same while nothing runs."""


class Watching:
    """Asks, and hands on what it hears. Of the programs that share a store and a server only one asks."""

    def __init__(
        self,
        book: QueueBook,
        store: Store,
        client: ClientProvider,
        rows: QueueRows,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        orphaned: Callable[[Sequence[Job]], Awaitable[None]],
        watches_others: bool = False,
        own_server: bool = False,
    ) -> None:
        """
        Args:
            book: Where the jobs are.
            store: Where several programs agree.
            client: Gives the client of the moment.
            rows: Takes over what the server says.
            now: The moment.
            monotonic: A clock in seconds.
            sleep: Waits for some seconds.
            orphaned: Told of jobs that another program had in its hands when it ended.
            watches_others: Whether jobs that were begun elsewhere are asked for also while nobody looks.
            own_server: Whether no other program that shares the store can ask this server. Each then asks for its
                own jobs: nobody else's server knows them.
        """
        self.checked_at: datetime | None = None
        self.trouble: ApiError | StoreError | None = None
        self.looking = False
        self._book = book
        self._store = store
        self._client = client
        self._rows = rows
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._orphaned = orphaned
        self._watches_others = watches_others
        self._own_server = own_server
        self._events = EventWatch(client, sleep, self._hear)
        self._heard: set[str] = set()
        self._woken = asyncio.Event()
        self._next_look = 0.0
        self._looks = asyncio.Lock()
        self._failures = 0
        self._asked_to_wait = 0.0
        self._offered = True
        """Whether the server has a queue at all."""
        self._is_watching = False
        self._has_company = False
        """Whether other running programs share the store."""
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Watches from now on."""
        self._next_look = self._monotonic()
        self._task = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stops watching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._events.close()
        if self._is_watching:
            try:
                await self._store.jobs_at_work.leave_watch()
            except StoreError as error:
                self.trouble = error  # the mark of this program goes with its end

    def wake(self) -> None:
        """Looks soon: something was sent, or somebody looks. At once where nothing was watched so far."""
        self._offered = self._offered or bool(self._active())
        pause = self._pause() if self._is_watching else 0.0
        self._next_look = min(self._next_look, self._monotonic() + pause)
        self._woken.set()

    async def look(self) -> None:
        """Looks now, whatever the pace."""
        self._offered = True
        await self._look(forced=True)
        self._woken.set()  # the pause begins anew

    # --- the loop

    async def _watch(self) -> None:
        while True:
            self._woken.clear()
            heard, self._heard = self._heard, set()
            if heard:
                await self._look_at(heard)
            if self._monotonic() >= self._next_look:
                await self._look()
            elif self._has_company:
                await self._glance()
            if not self._woken.is_set():
                pause = self._next_look - self._monotonic()
                await self._rest(min(pause, _OTHERS) if self._has_company else pause)

    async def _rest(self, seconds: float) -> None:
        if seconds <= 0:
            return
        rest = [asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._woken.wait())]
        try:
            await asyncio.wait(rest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in rest:
                each.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

    async def _glance(self) -> None:
        """Sees what another program has written down, and looks sooner if there is something new to ask for."""
        before = {job.id for job in self._active()}
        async with self._looks:
            try:
                await self._book.sync()
            except StoreError as error:
                self._say(error)
        if {job.id for job in self._active()} - before:
            self.wake()

    async def _look(self, *, forced: bool = False) -> None:
        async with self._looks:
            try:
                pause = await self._look_once(forced)
            except StoreError as error:
                pause = _OTHERS_IDLE
                self._say(error)
            self._next_look = self._monotonic() + pause

    async def _look_once(self, forced: bool) -> float:
        """Seconds until the next one."""
        at_work = self._store.jobs_at_work
        self._has_company = not await at_work.is_alone()
        await self._book.sync()
        if self._book.having(JobState.SENDING, JobState.SAVING) and (left := await at_work.take_orphans()):
            await self._orphaned(left)
        if not forced and (not self._offered or self._usual_pause() is None):
            self._events.want(False)
            if self._is_watching:
                await at_work.leave_watch()
                self._is_watching = False
            return _OTHERS_IDLE
        watch = Watch(True) if self._own_server else await at_work.take_watch()
        self._is_watching = watch.ours
        if not watch.ours and not forced:
            self._events.want(False)
            self._follow(watch.trouble, watch.checked_at)
            return _OTHERS
        self._events.want(watch.ours and bool(self._active()))
        error = await self._ask()
        if error is not None:
            await self._fail(error)
        else:
            await self._succeed()
        return self._pause()

    async def _ask(self) -> ApiError | None:
        expected = [job for job in self._running() if job.generation_id is not None]
        try:
            client = await self._client()
            rows = await client.queue()
            self.checked_at = self._now()
            return await self._rows.take(rows, expected)
        except ApiError as error:
            return error

    async def _look_at(self, names: Iterable[str]) -> None:
        """What an event spoke of. It is only a hint: where the row cannot be had, the next look finds out."""
        jobs = [job for job in map(self._book.of_generation, names) if job is not None and job.state in RUNNING]
        if not jobs:
            return
        async with self._looks:
            try:
                error = await self._rows.ask(jobs)
            except ApiError as caught:
                error = caught
        if error is not None:
            self._next_look = min(self._next_look, self._monotonic() + self._pause())

    # --- troubles and pace

    async def _fail(self, error: ApiError) -> None:
        self._failures += 1
        self._asked_to_wait = error.retry_after or 0.0
        if isinstance(error, NotFound | NotAnApi) and not self._active():
            self._offered = False  # a server for chats: asked again when the user wants it
        is_news = not isinstance(self.trouble, ApiError) or self.trouble.title != error.title
        self._say(error)
        if is_news:
            await self._store.jobs_at_work.tell_trouble(error.title, self.checked_at)

    async def _succeed(self) -> None:
        was_in_trouble = isinstance(self.trouble, ApiError)
        self._failures, self._asked_to_wait = 0, 0.0
        self._say(self._book.store_trouble)
        if was_in_trouble:
            await self._store.jobs_at_work.tell_trouble("", None)

    def _follow(self, trouble: str, since: datetime | None) -> None:
        """Says what the program that watches says."""
        self.checked_at = since if trouble else self._now()
        self._say(Unreachable(title=trouble) if trouble else self._book.store_trouble)

    def _say(self, trouble: ApiError | StoreError | None) -> None:
        was, self.trouble = self.trouble, trouble
        if (was is None) != (trouble is None) or (was is not None and str(was) != str(trouble)):
            self._book.tell()

    def _hear(self, generation_id: str) -> None:
        self._heard.add(generation_id)
        self._woken.set()

    def _running(self) -> list[Job]:
        """What our server may know something of."""
        running = self._book.having(*RUNNING)
        if self._own_server and self._has_company:
            return [job for job in running if job.id in self._book.own]
        return running

    def _active(self) -> list[Job]:
        """What is worth asking for: others' jobs only while somebody looks, or wants their results."""
        others = self.looking or self._watches_others
        return [job for job in self._running() if others or job.origin is not Origin.ELSEWHERE]

    def _usual_pause(self) -> float | None:
        around = Circumstances(self.looking, self._events.is_open, self._failures, self._asked_to_wait)
        return spacing(self._active(), self._now(), around)

    def _pause(self) -> float:
        pause = self._usual_pause()
        return _OTHERS_IDLE if pause is None else pause
