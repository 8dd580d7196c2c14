"""What models were used for: the ledger's rows with the tokens of their answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .database import Database
from .instance import Instance
from .spending import AMOUNT, COUNTED, UNKNOWN, Sum


@dataclass(frozen=True, slots=True)
class Used:
    """Of one model, or of several together."""

    model: str = ""
    answers: int = 0
    """Those that no conversation keeps too: titles that were asked for."""
    jobs: int = 0
    """Pictures, clips and the like."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    uncounted: int = 0
    """Answers of which nobody said the tokens: they are in no sum."""
    amount: Sum = field(default_factory=Sum)
    """US dollars, estimates where the server says nothing."""

    def __add__(self, other: Used) -> Used:
        return Used(
            "",
            self.answers + other.answers,
            self.jobs + other.jobs,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.uncounted + other.uncounted,
            self.amount + other.amount,
        )


class Usages:
    """Reads what was used, each model apart, the dearest first. What was deleted since is in it: it was paid for."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._session = instance.id

    async def of_conversation(self, conversation_id: int) -> Sequence[Used]:
        """All answers of a conversation, on whichever branch."""
        return await self._used("m.conversation_id = ?", conversation_id)

    async def of_session(self) -> Sequence[Used]:
        """What this running program asked for."""
        return await self._used("s.session = ?", self._session)

    async def since(self, moment: datetime) -> Sequence[Used]:
        """What all running programs asked for since a moment."""
        return await self._used("s.asked_at >= ?", moment.timestamp())

    async def _used(self, where: str, value: object) -> Sequence[Used]:
        def work(connection: sqlite3.Connection) -> list[Used]:
            rows = connection.execute(
                f"""SELECT s.model, sum(s.source <> 'job'), sum(s.source = 'job'),
                        sum(coalesce(m.prompt_tokens, 0)), sum(coalesce(m.completion_tokens, 0)),
                        sum(s.source <> 'job' AND m.prompt_tokens IS NULL),
                        coalesce(sum({AMOUNT}), 0.0), max({UNKNOWN})
                    FROM spending s LEFT JOIN messages m ON s.source = 'answer' AND m.id = s.reference
                    WHERE {COUNTED} AND {where} GROUP BY s.model ORDER BY 7 DESC, 1""",
                (value,),
            )
            return [
                Used(model, answers, jobs, given, made, uncounted, Sum(dollars, bool(is_partial)))
                for model, answers, jobs, given, made, uncounted, dollars, is_partial in rows
            ]

        return await self._database.read(work)
