"""Answer after answer below one question, while each calls tools: the model is asked, they run, it is asked again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from oxen_tui.services.conversation.answer_request import response_format
from oxen_tui.services.conversation.answer_writing import AnswerWriter
from oxen_tui.services.conversation.events import AnswerEnded, ConversationEvent, Noted, ToolAsks, ToolsEnd
from oxen_tui.services.conversation.wishes import Wishes
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store

if TYPE_CHECKING:
    from oxen_tui.services.conversation.tool_turns import ToolTurns
    from oxen_tui.services.tools.tool import Asker, Toolbox


class Rounds:
    """Has answers written and their calls run. Its generators are those of `ConversationService`."""

    def __init__(
        self,
        store: Store,
        wishes: Wishes,
        writer: AnswerWriter,
        tools: Callable[[], Toolbox] | None,
        monotonic: Callable[[], float],
    ) -> None:
        self.asker: Asker | None = None
        """Asks the user about calls; without one they are refused."""
        self._store = store
        self._wishes = wishes
        self._writer = writer
        self._tools = tools
        self._monotonic = monotonic

    async def answer(
        self,
        before: Message,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        settings: ConversationSettings | None = None,
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Answers below a question or the results of tools, and again below those, while the answers call tools."""
        for rounds in count(1):
            await self._writer.save_unsaved()
            path = self._writer.with_memory(await self._store.messages.path_to(before.id))
            wish = await self._wishes.wish(path, model, parameters or {}, settings)
            kept = dict(wish.parameters)
            if wish.schema is not None:
                kept["response_format"] = response_format(wish.schema, wish.schema_name)
            answer = ended = await self._writer.opened(
                self._store.answers.begin(
                    before.conversation_id, before.id, model, kept, for_once=settings is not None
                )
            )
            async with aclosing(self._writer.write(answer, wish)) as events:
                async for event in events:
                    ended = event.message if isinstance(event, AnswerEnded) else ended
                    yield event
            end = ToolsEnd(ended)
            async with aclosing(self._run_tools(ended, (), settings, end, rounds)) as events:
                async for event in events:
                    yield event
            if not end.goes_on:
                return
            before = end.last

    async def go_on(self, answer: Message, results: Sequence[Message]) -> AsyncGenerator[ConversationEvent, None]:
        """Runs what an answer called and has no results yet, and answers below them; nothing where it called none."""
        end = ToolsEnd(answer)
        async with aclosing(self._run_tools(answer, results, None, end, rounds=0)) as events:
            async for event in events:
                yield event
        if end.goes_on:
            async with aclosing(self.answer(end.last, answer.model)) as events:
                async for event in events:
                    yield event

    def stop(self, answer_id: int) -> bool:
        """Ends the tools that an answer called. False: none of them run."""
        return "_turns" in self.__dict__ and self._turns.stop(answer_id)

    def stop_all(self) -> None:
        """Ends all tools that run."""
        if "_turns" in self.__dict__:
            self._turns.stop_all()

    async def close(self) -> None:
        """Ends all tools that run, and waits until what they found is kept."""
        if "_turns" in self.__dict__:
            await self._turns.close()

    async def _run_tools(
        self,
        answer: Message,
        results: Sequence[Message],
        settings: ConversationSettings | None,
        end: ToolsEnd,
        rounds: int,
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Runs the tools that an answer called, if it did, and says in `end` whether to ask again."""
        if answer.ending is not Ending.TOOL_CALLS or self._writer.is_unsaved(answer.id):
            return
        from oxen_tui.services.conversation.tool_turns import MOST_ROUNDS

        names = (await self._wishes.settings(answer.conversation_id, settings)).tools
        if not names and not results:
            return  # called though there are none: this is how the answer ends
        async with aclosing(self._turns.run(answer, results, names, end)) as events:
            async for event in events:
                yield event
        if end.goes_on and rounds and rounds % MOST_ROUNDS == 0:
            yield ToolAsks(answer.id, None, True)
            end.goes_on = await self._turns.ask_on(answer, rounds)
            yield ToolAsks(answer.id, None, False)
            if not end.goes_on:
                yield Noted(f"Stopped after {rounds} answers that called tools · c goes on")

    @cached_property
    def _turns(self) -> ToolTurns:
        """The calls that run; made with the first."""
        from oxen_tui.services.conversation.tool_turns import ToolTurns

        return ToolTurns(self._store, self._tools, lambda: self.asker, self._monotonic)
