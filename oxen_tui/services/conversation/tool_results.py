"""What tools found, put under the answer that called them, in the order of the calls."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from oxen_tui.services.conversation.tool_round import Outcome
from oxen_tui.store.message import Message


class Tree(Protocol):
    """The part of the store that is needed."""

    async def add_tool_result(
        self,
        parent: Message,
        tool_call_id: str,
        name: str,
        text: str,
        *,
        failed: bool = False,
        seconds: float | None = None,
    ) -> Message:
        """See `MessageTree.add_tool_result`."""


class ToolResults:
    """Keeps the results of one answer. A result waits in memory for those of the calls before it."""

    def __init__(self, tree: Tree, answer: Message, stored: Sequence[Message]) -> None:
        """
        Args:
            tree: Where they are kept.
            answer: That calls.
            stored: The results it has already, those of its first calls.
        """
        self._tree = tree
        self._answer = answer
        self._next = min(len(stored), len(answer.tool_calls))
        self._writing = asyncio.Lock()
        self.last = stored[-1] if stored else answer
        """What the next message follows."""

    async def store(self, outcomes: Mapping[int, Outcome]) -> list[Message]:
        """Keeps what can be kept now.

        Args:
            outcomes: By the numbers of the calls.

        Raises:
            StoreError: The disk. What was not kept is tried again with the next.
        """
        kept = []
        async with self._writing:
            while (outcome := outcomes.get(self._next)) is not None:
                call = self._answer.tool_calls[self._next]
                self.last = await self._tree.add_tool_result(
                    self.last, call.id, call.name, outcome.text, failed=outcome.failed, seconds=outcome.seconds
                )
                self._next += 1
                kept.append(self.last)
        return kept
