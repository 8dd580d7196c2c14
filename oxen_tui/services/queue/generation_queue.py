"""The queue of generations: sent once, watched to their end, and their results fetched, whatever happens between.

A journey in a breath: `send` writes jobs down and posts the request (`sending`); what was never answered is
looked for (`reconciling`); the list is read at a pace that fits (`watching`, `pace`), with events
as hints (`events`); what it says becomes jobs (`rows`, `reports`) in one book (`book`);
results are fetched as soon as they are there (`fetching`).

Jobs that were begun elsewhere are shown and, while somebody looks, watched. Their results are fetched when the user
asks for them (`retry`): whoever began them fetches them too, and in a shared namespace there may be hundreds. Who
wants all of them says so (`fetch_elsewhere`); they are then watched to their end as one's own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.queue.client import ClientProvider, ResultKeeper, ToWire
from oxen_tui.services.queue.reports import kept_body, prompt_of
from oxen_tui.services.queue.work import QueueWork
from oxen_tui.store.job import Job, JobState, Origin

if TYPE_CHECKING:
    from oxen_tui.api.errors import ApiError
    from oxen_tui.services.queue.typical_time import Typical
    from oxen_tui.store.errors import StoreError
    from oxen_tui.store.store import Store

MOST_AT_ONCE = 4
"""Generations of one request (contract section 6)."""

_KINDS = (ModelKind.IMAGE, ModelKind.VIDEO, ModelKind.AUDIO)


def _now() -> datetime:
    return datetime.now(UTC)


async def _as_it_is(body: Mapping[str, Any], model: Model) -> Mapping[str, Any]:
    return body


class GenerationQueue:
    """Jobs of one place. Nothing is asked before `begin`."""

    def __init__(
        self,
        store: Store,
        client: ClientProvider,
        results: ResultKeeper,
        *,
        model: Callable[[str], Model | None] = lambda _: None,
        to_wire: ToWire = _as_it_is,
        now: Callable[[], datetime] = _now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        fetch_elsewhere: bool = False,
        own_server: bool = False,
    ) -> None:
        """
        Args:
            store: Where jobs are kept.
            client: Gives the client of the moment; called for every request.
            results: Keeps results.
            model: What is known of a model by its id.
            to_wire: Puts local media into a request.
            now: The moment, with its time zone.
            monotonic: A clock in seconds.
            sleep: Waits for some seconds.
            fetch_elsewhere: Whether results of jobs that were begun elsewhere are fetched by themselves.
            own_server: Whether the server is this running program's alone, though it may share its store.
        """
        self._model = model
        self._to_wire = to_wire
        self._now = now
        self._work = QueueWork(
            *(store, client, results),
            now=now,
            monotonic=monotonic,
            sleep=sleep,
            kind_of=self._kind_of,
            fetch_elsewhere=fetch_elsewhere,
            own_server=own_server,
        )
        self._book = self._work.book

    # --- looking

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All that are not hidden, newest first."""
        return self._book.jobs

    def job(self, job_id: int) -> Job | None:
        """One of `jobs`."""
        return self._book.job(job_id)

    @property
    def checked_at(self) -> datetime | None:
        """When the server's list was read last, by this program or by the one that watches for both."""
        return self._work.watching.checked_at

    @property
    def trouble(self) -> ApiError | StoreError | None:
        """Why the last look failed, or why the disk does not take what is known. Jobs are as of `checked_at` then."""
        return self._work.watching.trouble

    @property
    def looking(self) -> bool:
        """Whether somebody looks at the queue: it is then asked more often, also for what others begin."""
        return self._work.watching.looking

    @looking.setter
    def looking(self, looking: bool) -> None:
        was, self._work.watching.looking = self._work.watching.looking, looking
        if looking and not was:
            self._work.watching.wake()

    def progress(self, job_id: int) -> tuple[int, int | None] | None:
        """Bytes of a result that have come, and of all if that is known; None if it is not on its way."""
        return self._work.fetching.progress.get(job_id)

    def typical(self, model: str, kind: str) -> Typical | None:
        """How long the user's own runs of a model took; None where there were too few."""
        return self._book.typical.typical(model, kind)

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        """Calls `listener` with the ids of jobs that changed, came or went; with none where only `trouble` did.

        A look that finds nothing new moves `checked_at` and tells nobody. What comes back ends that.
        """
        return self._book.subscribe(listener)

    # --- the beginning and the end

    async def begin(self) -> None:
        """Loads the jobs, takes up what runs, finds out about what was being sent, and watches from then on.

        May be called again; then nothing happens. Never raises for the disk's sake: see `trouble`.
        """
        await self._work.begin()

    async def close(self) -> None:
        """Stops watching. Jobs go on at the server and are taken up at the next start."""
        await self._work.close()

    # --- what the user does

    async def send(
        self,
        body: Mapping[str, Any],
        *,
        model: Model,
        count: int = 1,
        estimate: float | None = None,
        origin: Origin = Origin.FORM,
        parents: Sequence[int] = (),
        wire_body: Mapping[str, Any] | None = None,
        message_id: int | None = None,
        sync: bool = False,
    ) -> tuple[Job, ...]:
        """Sends a request once. Its jobs are on the disk before.

        Args:
            body: As a form keeps it, local media as `file:` URLs.
            model: To be asked.
            count: Generations, 1 to 4.
            estimate: US dollars for all of them; None is unknown.
            origin: Where it was asked for.
            parents: The jobs whose results are in it.
            wire_body: What goes over the wire where that is known already; else it is made of `body`.
            message_id: The message that asked for it.
            sync: By a call that waits for the result, for pictures only; each of `count` by a call of its own.

        Returns:
            The jobs as they are when the fate of the request is known: waiting, refused, or looked for. Cancelling
            who waits does not stop it.

        Raises:
            StoreError: It could not be written down, so it was not sent.
            CannotSend: A local medium cannot be sent; nothing was.
        """
        if not 1 <= count <= MOST_AT_ONCE:
            raise ValueError(f"1 to {MOST_AT_ONCE} generations can be asked for, not {count}")
        await self.begin()
        wire = wire_body if wire_body is not None else await self._to_wire(body, model)
        kind = _kind(model)
        waits = sync and kind == "image"
        job = Job(
            *(0, 0, 0, model.id, kind, JobState.SENDING, self._now(), kept_body(body), prompt_of(body)),
            origin=origin,
            sync=waits,
            estimate=None if estimate is None else estimate / count,
            namespace=str(body.get("target_namespace") or ""),
            parents=tuple(parents),
            message_id=message_id,
        )
        request = {**wire, "model": model.id}
        request.pop("num_generations", None)
        if waits:
            added = [(await self._book.add([job]))[0] for _ in range(count)]
            await asyncio.gather(*(self._work.sending.send([each], request) for each in added))
        else:
            if count > 1:
                request["num_generations"] = count
            added = list(await self._book.add([job] * count))
            await self._work.sending.send(added, request)
        return self._now_of(added)

    async def cancel(self, ids: Collection[int]) -> dict[int, str]:
        """Asks the server to stop jobs, and asks how they are then. Sentences for those that were not stopped."""
        said = await self._work.cancelling.cancel(ids)
        self._work.watching.wake()
        return said

    async def retry(self, job_id: int) -> tuple[Job, ...]:
        """The same request as a new job; where only the result is missing, that is fetched again instead.

        Nothing happens to jobs that are on their way. A job of unknown fate may have been made: ask the user first.

        Raises:
            StoreError, CannotSend: See `send`.
        """
        job = self._book.job(job_id)
        if job is None or job.state.is_active:
            return ()
        if job.state is JobState.NOT_SAVED:
            await self._work.fetch_again([job_id])
            return self._now_of([job])
        model = self._model(job.model) or Model(job.model, outputs=frozenset({job.kind}))
        return await self.send(
            job.body,
            model=model,
            estimate=job.estimate,
            origin=Origin.FORM if job.origin is Origin.ELSEWHERE else job.origin,
            parents=job.parents,
            message_id=job.message_id,
            sync=job.sync,
        )

    async def remove(self, ids: Collection[int]) -> None:
        """Takes jobs that have ended out of the list. Their results stay.

        Raises:
            StoreError: They stay in the list.
        """
        ended = [job_id for job_id in ids if (job := self._book.job(job_id)) and not job.state.is_active]
        if ended:
            await self._book.hide(ended)

    async def look_again(self) -> None:
        """Asks the server now; `trouble` says whether that went well."""
        await self.begin()
        await self._work.watching.look()

    def _kind_of(self, model_id: str) -> str:
        model = self._model(model_id)
        return "image" if model is None else _kind(model)

    def _now_of(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        return tuple(self._book.job(job.id) or job for job in jobs)


def _kind(model: Model) -> str:
    return model.kind.value if model.kind in _KINDS else "image"
