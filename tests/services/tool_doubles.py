"""Doubles for tools: some that do as a test says, a user who answers, and calls as a model writes them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from oxen_tui.api.chat import AnswerFinished, ToolCallDelta
from oxen_tui.services.tools.tool import Answered, Finding, Question, Tool, Use, Verdict
from oxen_tui.store.attachment import Attachment
from tests.services.fake_client import Step

Work = Callable[[Mapping[str, Any], Use], Awaitable[str]]


def calling(*calls: tuple[str, object], ids: bool = True) -> list[Step]:
    """An answer that calls tools: names, and arguments as values or as text that is no JSON."""
    steps: list[Step] = []
    for index, (name, arguments) in enumerate(calls):
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        steps.append(ToolCallDelta(index, f"c{index}" if ids else "", name, written))
    return [*steps, AnswerFinished("tool_calls")]


class FakeTool(Tool):
    """Does what it is told, and counts how many of it run."""

    about = "a double"

    def __init__(self, name: str, work: Work | None = None, *, seconds: float = 30.0) -> None:
        self.name = name
        self.description = name
        self.seconds = seconds
        self.called: list[Mapping[str, Any]] = []
        self.running = 0
        self._work = work

    @property
    def parameters(self) -> Mapping[str, Any]:
        return {"type": "object", "properties": {"n": {"type": "integer"}}}

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        self.called.append(arguments)
        self.running += 1
        try:
            return Finding(await self._work(arguments, use) if self._work else f"{self.name} {arguments.get('n')}")
        finally:
            self.running -= 1


class FakeTools:
    """The tools of a test."""

    def __init__(self, *tools: Tool) -> None:
        self._tools = {tool.name: tool for tool in tools}

    def tool(self, name: str) -> Tool | None:
        return self._tools.get(name)

    def definitions(self, names: Iterable[str]) -> list[dict[str, Any]]:
        return [tool.definition for tool in self._tools.values() if tool.name in set(names)]


class FakeUser:
    """Answers questions in turn, the last answer again; remembers what was asked and how many at once."""

    def __init__(self, *answers: Answered) -> None:
        self.answers = list(answers) or [Answered(Verdict.ONCE)]
        self.asked: list[Question] = []
        self.hold: asyncio.Event | None = None
        self.at_once = 0
        self.most_at_once = 0

    async def __call__(self, question: Question) -> Answered:
        self.asked.append(question)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await asyncio.sleep(0)
            if self.hold is not None:
                await self.hold.wait()
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        finally:
            self.at_once -= 1


class FakeUse:
    """A call for tools that are tried alone."""

    def __init__(self, user: FakeUser | None = None) -> None:
        self.conversation_id = 1
        self.message_id = 2
        self.user = user or FakeUser()
        self.told: list[str] = []
        self.attached: list[Attachment] = []

    async def confirm(self, question: Question) -> None:
        from oxen_tui.services.tools.tool import Refused

        answered = await self.user(question)
        if answered.verdict is Verdict.NO:
            raise Refused(answered.reason)

    def tell(self, words: str) -> None:
        self.told.append(words)

    async def attach(self, attachment: Attachment) -> None:
        self.attached.append(attachment)
