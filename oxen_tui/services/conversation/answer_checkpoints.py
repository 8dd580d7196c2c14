"""The saving of an answer while it grows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from oxen_tui.services.conversation.answer_growth import GrowingAnswer, Unsaved
from oxen_tui.store.errors import StoreError

CHECKPOINT_SECONDS = 1.0
"""The longest that a piece of an answer is in memory only."""


class Checkpoints:
    """Saves what came no later than a second after it came, without the stream waiting for it.

    No clock runs while nothing is unsaved. A save that fails is tried again a second later with all that came since.
    """

    def __init__(
        self,
        answer: GrowingAnswer,
        save: Callable[[Unsaved], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        on_trouble: Callable[[StoreError], None],
    ) -> None:
        self._answer = answer
        self._save = save
        self._sleep = sleep
        self._on_trouble = on_trouble
        self._task: asyncio.Task[None] | None = None
        self._troubled = False

    def wake(self) -> None:
        """Something may have come."""
        if self._answer.has_unsaved and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    def end(self) -> None:
        """No more of them: the answer is about to be saved whole.

        Not awaited, so that nothing can come between the end of a stream and its saving. A checkpoint on its way is
        ahead of that in the writer's queue, or never gets there.
        """
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while self._answer.has_unsaved:
            await self._sleep(CHECKPOINT_SECONDS)
            unsaved = self._answer.unsaved()
            try:
                await self._save(unsaved)
            except StoreError as error:
                if not self._troubled:  # once an answer: it is tried every second
                    self._on_trouble(error)
                self._troubled = True
            else:
                self._answer.saved(unsaved)
