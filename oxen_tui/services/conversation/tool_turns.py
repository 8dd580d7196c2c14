"""Between two answers of one question: the calls of the first are run, and their results kept for the second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial

from oxen_tui.services.conversation.events import ConversationEvent, ToolEnded, ToolsEnd, ToolStored
from oxen_tui.services.conversation.tool_results import ToolResults
from oxen_tui.services.conversation.tool_round import Grants, ToolRound
from oxen_tui.services.tools.tool import Answered, Asker, Question, Toolbox, Verdict
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Message
from oxen_tui.store.store import Store

MOST_ROUNDS = 12
"""Answers with calls in a row, before the user is asked whether this is to go on."""


async def _nobody(question: Question) -> Answered:
    return Answered(Verdict.NO, "There is nobody here who could be asked.")


class ToolTurns:
    """Runs the calls of answers, and knows which run."""

    def __init__(
        self,
        store: Store,
        tools: Callable[[], Toolbox] | None,
        asker: Callable[[], Asker | None],
        monotonic: Callable[[], float],
    ) -> None:
        """
        Args:
            store: Where results are kept.
            tools: Gives the tools; called when they are needed. None: there are none.
            asker: Gives who asks the user. None: every call that is to be asked about is refused.
            monotonic: A clock in seconds.
        """
        self._asker = asker
        self._store = store
        self._tools = tools
        self._monotonic = monotonic
        self._grants = Grants()
        self._running: dict[int, ToolRound] = {}
        self._keeping: set[asyncio.Task[list[Message]]] = set()

    async def run(
        self, answer: Message, stored: Sequence[Message], names: Sequence[str], end: ToolsEnd
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Runs the calls of an answer that have no result.

        Args:
            answer: Ends in calls.
            stored: The results it has already.
            names: Of the tools that are switched on.
            end: Told how it ends.

        Raises:
            StoreError: A result could not be kept.
        """
        calls = list(enumerate(answer.tool_calls))[len(stored) :]
        attach = partial(self._store.messages.set_attachments, answer.id)
        round_ = self._running[answer.id] = ToolRound(
            *(answer, calls, names, self._tools, self._asker() or _nobody, self._grants, attach, self._monotonic)
        )
        results, told = ToolResults(self._store.messages, answer, stored), set[int]()
        try:
            async with aclosing(round_.events()) as events:
                async for event in events:
                    yield event
                    if isinstance(event, ToolEnded):
                        told.add(event.number)
                        for result in await results.store(round_.outcomes):
                            yield ToolStored(answer.id, result)
            for number, outcome in round_.outcomes.items():
                if number not in told:
                    yield ToolEnded(answer.id, number, outcome.text, outcome.failed, outcome.seconds)
            for result in await results.store(round_.outcomes):
                yield ToolStored(answer.id, result)
            end.last, end.goes_on = results.last, not round_.stopped
        finally:
            # Left before its end, by a cancelled worker or a closed generator: what was found is kept all the same.
            self._running.pop(answer.id, None)
            task = asyncio.create_task(results.store(round_.outcomes))
            self._keeping.add(task)
            task.add_done_callback(self._kept)
            await asyncio.wait([task])

    def stop(self, answer_id: int) -> bool:
        """Ends the calls of an answer. False: none of its calls run."""
        running = self._running.get(answer_id)
        if running is None:
            return False
        running.stop()
        return True

    def stop_all(self) -> None:
        """Ends all calls."""
        for running in list(self._running.values()):
            running.stop()

    async def close(self) -> None:
        """Ends all calls, and waits until what they found is kept."""
        self.stop_all()
        if self._keeping:
            await asyncio.wait(self._keeping)

    async def ask_on(self, answer: Message, rounds: int) -> bool:
        """Asks whether a model may go on calling tools.

        Args:
            answer: The last that called.
            rounds: Answers with calls so far, without a word of the user.
        """
        question = Question(
            answer.conversation_id,
            "",
            f"Go on? {answer.model} has called tools in {rounds} answers in a row",
            (("last calls", ", ".join(call.name for call in answer.tool_calls)),),
            yes=f"lets it go on for {MOST_ROUNDS} more",
        )
        return (await (self._asker() or _nobody)(question)).verdict in (Verdict.ONCE, Verdict.CONVERSATION)

    def _kept(self, task: asyncio.Task[list[Message]]) -> None:
        self._keeping.discard(task)
        # A store that fails leaves the calls as a crash would: not sent, and run again by `continue`. Whoever waits
        # for the answer is told by what comes next; where nobody does, the next answer finds out.
        if not task.cancelled() and not isinstance(error := task.exception(), StoreError | None):
            raise error
