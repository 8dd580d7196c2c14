"""The calls of one answer, run at once: each asked about, bounded in time and words, and ended in a result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.safe_text import clean
from oxen_tui.services.conversation.events import (
    StoreTrouble,
    ToolAsks,
    ToolAttached,
    ToolBegun,
    ToolEnded,
    ToolEvent,
    ToolProgress,
)
from oxen_tui.services.tools.arguments import read_arguments
from oxen_tui.services.tools.tool import (
    Answered,
    Asker,
    Question,
    Refused,
    StoppedByUser,
    Tool,
    Toolbox,
    ToolFailed,
    Verdict,
)
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Message

MOST_CALLS = 16
"""Of one answer. Those beyond are told to come again."""
MOST_AT_ONCE = 8
MOST_TEXT = 60_000
"""Characters of a result that the model is sent."""
STOPPED = "The user stopped this call before it ended."


class Grants:
    """What the user allowed for a conversation. Kept while the program runs, not longer."""

    def __init__(self) -> None:
        self._scopes: set[tuple[int, str, str]] = set()

    def has(self, question: Question) -> bool:
        return bool(question.scope) and not question.warning and self._key(question) in self._scopes

    def add(self, question: Question) -> None:
        if question.scope:
            self._scopes.add(self._key(question))

    @staticmethod
    def _key(question: Question) -> tuple[int, str, str]:
        return question.conversation_id, question.tool, question.scope


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended."""

    text: str
    failed: bool
    seconds: float


class ToolRound:
    """Runs the calls of an answer that have no result yet."""

    def __init__(
        self,
        answer: Message,
        calls: Sequence[tuple[int, ToolCall]],
        names: Sequence[str],
        tools: Callable[[], Toolbox] | None,
        asker: Asker,
        grants: Grants,
        attach: Callable[[tuple[Attachment, ...]], Awaitable[None]],
        monotonic: Callable[[], float],
    ) -> None:
        """
        Args:
            answer: That calls.
            calls: With their numbers in the answer.
            names: Of the tools that are switched on.
            tools: Gives them; None: there are none.
            asker: Asks the user.
            grants: What was allowed before.
            attach: Keeps what the answer carries.
            monotonic: A clock in seconds.
        """
        self._answer = answer
        self._calls = list(calls)
        self._names = frozenset(names)
        self._tools = tools
        self._asker = asker
        self._grants = grants
        self._keep = attach
        self._monotonic = monotonic
        self._queue: asyncio.Queue[ToolEvent | StoreTrouble | None] = asyncio.Queue()
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._asking = asyncio.Lock()
        self._attachments = answer.attachments
        self._task: asyncio.Task[None] | None = None
        self.stopped = False
        """Whether the user ended it."""
        self.outcomes: dict[int, Outcome] = {}
        """By the numbers of the calls."""

    async def events(self) -> AsyncGenerator[ToolEvent | StoreTrouble, None]:
        """Runs the calls and says what happens. Closing this ends all of them before it returns."""
        if self.stopped:
            self._end_rest()
            return
        self._task = asyncio.create_task(self._run_all())
        try:
            while (event := await self._queue.get()) is not None:
                yield event
            if not self.stopped:
                await self._task
        finally:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.exception()  # said already: without this asyncio complains of it
            self._end_rest()

    def stop(self) -> None:
        """Ends all calls; what `events` yields then ends."""
        self.stopped = True
        if self._task is not None:
            self._task.cancel()
        self._queue.put_nowait(None)

    def _end_rest(self) -> None:
        for number, _ in self._calls:
            self.outcomes.setdefault(number, Outcome(STOPPED, True, 0.0))

    async def _run_all(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for place, (number, call) in enumerate(self._calls):
                    group.create_task(self._run(number, call, place))
        except* StoppedByUser:
            self.stopped = True
        finally:
            self._queue.put_nowait(None)

    async def _run(self, number: int, call: ToolCall, place: int) -> None:
        use = _Use(self, number)
        try:
            if place >= MOST_CALLS:
                raise ToolFailed(f"More than {MOST_CALLS} calls at once: make this one again in the next answer.")
            async with self._places:
                tool = self._known(call)
                # In a thread: what checks them takes a quarter of a second to load.
                arguments = await asyncio.to_thread(read_arguments, call.arguments, tool.parameters)
                use.begin(tool.seconds)
                self._queue.put_nowait(ToolBegun(self._answer.id, number))
                async with use.deadline:
                    finding = await tool.run(arguments, use)
        except TimeoutError:
            self._ended(number, f"The tool did not end within {tool.seconds:g} s and was ended.", True, use)
        except ToolFailed as failed:
            self._ended(number, failed.sentence, True, use)
        else:
            self._ended(number, finding.text, False, use)

    def _known(self, call: ToolCall) -> Tool:
        tool = self._tools().tool(call.name) if call.name in self._names and self._tools is not None else None
        if tool is None:
            names = ", ".join(sorted(self._names)) or "none"
            raise ToolFailed(f'There is no tool "{call.name}" here. The tools are: {names}.')
        if tool.trouble:
            raise ToolFailed(tool.trouble)
        return tool

    def _ended(self, number: int, text: str, failed: bool, use: _Use) -> None:
        outcome = self.outcomes[number] = Outcome(cut(clean(text)) or "(nothing)", failed, use.seconds)
        self._queue.put_nowait(ToolEnded(self._answer.id, number, outcome.text, outcome.failed, outcome.seconds))

    async def ask(self, number: int, question: Question) -> None:
        """See `Use.confirm`. Questions of several calls wait for each other."""
        if self._grants.has(question):
            return
        self._queue.put_nowait(ToolAsks(self._answer.id, number, True))
        try:
            async with self._asking:
                # The yes to the one before may have been for this one too.
                answered = Answered(Verdict.ONCE) if self._grants.has(question) else await self._asker(question)
        finally:
            self._queue.put_nowait(ToolAsks(self._answer.id, number, False))
        if answered.verdict is Verdict.STOP:
            raise StoppedByUser
        if answered.verdict is Verdict.NO:
            raise Refused(answered.reason)
        if answered.verdict is Verdict.CONVERSATION or question.holds:
            self._grants.add(question)

    def tell(self, number: int, words: str) -> None:
        """See `Use.tell`."""
        self._queue.put_nowait(ToolProgress(self._answer.id, number, words))

    async def attach(self, attachment: Attachment) -> None:
        """See `Use.attach`."""
        self._attachments = (*self._attachments, attachment)
        try:
            await self._keep(self._attachments)
        except StoreError as error:
            self._queue.put_nowait(StoreTrouble(str(error)))
        self._queue.put_nowait(ToolAttached(self._answer.id, self._attachments))

    @property
    def answer(self) -> Message:
        return self._answer

    @property
    def now(self) -> float:
        return self._monotonic()


class _Use:
    """One call while it runs."""

    def __init__(self, round_: ToolRound, number: int) -> None:
        self._round = round_
        self._number = number
        self._began: float | None = None
        self._asked = 0.0
        self.deadline = asyncio.timeout(None)
        self.conversation_id = round_.answer.conversation_id
        self.message_id = round_.answer.id

    def begin(self, seconds: float) -> None:
        self._began = self._round.now
        self.deadline = asyncio.timeout(seconds)

    @property
    def seconds(self) -> float:
        """That it took, without the time in which the user was asked."""
        return 0.0 if self._began is None else max(0.0, self._round.now - self._began - self._asked)

    async def confirm(self, question: Question) -> None:
        loop = asyncio.get_running_loop()
        until, began = self.deadline.when(), self._round.now
        left = None if until is None else until - loop.time()
        self.deadline.reschedule(None)
        try:
            await self._round.ask(self._number, question)
        finally:
            self._asked += self._round.now - began
            self.deadline.reschedule(None if left is None else loop.time() + left)

    def tell(self, words: str) -> None:
        self._round.tell(self._number, words)

    async def attach(self, attachment: Attachment) -> None:
        await self._round.attach(attachment)


def cut(text: str, most: int = MOST_TEXT) -> str:
    """A result as long as a model is sent it, with a word on what is missing."""
    if len(text) <= most:
        return text
    return f"{text[:most]}\n\n[cut: {len(text) - most:,} characters more]"
