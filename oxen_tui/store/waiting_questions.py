"""Questions that wait until the answer before them is complete. Each is on the disk until it is asked, and not after.

A list for each conversation, kept where drafts are. Every change names the question it is about, so that two
programs with one store change one list.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .attachment import Attachment, attachments_from, written_attachments
from .database import Database
from .errors import StoreError


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """One of them."""

    id: str
    """Of no other question, also of none that was asked."""
    text: str
    """As the composer keeps it: pastes that it shows folded are marked."""
    attachments: tuple[Attachment, ...] = ()


class NotWaiting(StoreError):
    """Another program asked the question meanwhile, or took it away."""


_Waiting = list[WaitingQuestion]


class WaitingQuestions:
    """Reads and changes the lists. Asking one takes it off its list (`MessageTree.add_question`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, conversation_id: int) -> tuple[WaitingQuestion, ...]:
        """What waits there, first to be asked first."""
        return tuple(await self._database.read(lambda connection: _read(connection, conversation_id)))

    async def put(self, conversation_id: int, question: WaitingQuestion, place: int | None = None) -> None:
        """Keeps one as it is now: where it stands already, else at `place`, else at the end."""

        def change(waiting: _Waiting) -> _Waiting:
            at = next((number for number, each in enumerate(waiting) if each.id == question.id), None)
            if at is not None:
                return [*waiting[:at], question, *waiting[at + 1 :]]
            at = len(waiting) if place is None else place
            return [*waiting[:at], question, *waiting[at:]]

        await self._change(conversation_id, change)

    async def remove(self, conversation_id: int, question_id: str) -> None:
        """Takes one away; not having it is no mistake."""
        await self._change(conversation_id, lambda waiting: [each for each in waiting if each.id != question_id])

    async def order(self, conversation_id: int, ids: Sequence[str]) -> None:
        """Brings them into this order; what is not named goes to the end."""
        places = {each: number for number, each in enumerate(ids)}
        await self._change(
            conversation_id, lambda waiting: sorted(waiting, key=lambda each: places.get(each.id, len(places)))
        )

    async def _change(self, conversation_id: int, change: Callable[[_Waiting], _Waiting]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            _write(connection, conversation_id, change(_read(connection, conversation_id)))

        await self._database.write(work, durable=False)


def take_off(connection: sqlite3.Connection, conversation_id: int, question_id: str) -> None:
    """Takes a question off its list, in the transaction in which it becomes one of the conversation.

    Raises:
        NotWaiting: It is not there any more: it must not be asked twice.
    """
    waiting = _read(connection, conversation_id)
    left = [each for each in waiting if each.id != question_id]
    if len(left) == len(waiting):
        raise NotWaiting("This question does not wait any more", "It was asked or taken away in another window.")
    _write(connection, conversation_id, left)


def _place_of(conversation_id: int) -> str:
    return f"waiting in {conversation_id}"


def _read(connection: sqlite3.Connection, conversation_id: int) -> _Waiting:
    row = connection.execute("SELECT text FROM drafts WHERE place = ?", (_place_of(conversation_id),)).fetchone()
    return [
        WaitingQuestion(each["id"], each["text"], attachments_from(each.get("attachments")))
        for each in json.loads(row[0] if row else "[]")
    ]


def _write(connection: sqlite3.Connection, conversation_id: int, waiting: Sequence[WaitingQuestion]) -> None:
    place = _place_of(conversation_id)
    if not waiting:
        connection.execute("DELETE FROM drafts WHERE place = ?", (place,))
        return
    written = json.dumps(
        [
            {"id": each.id, "text": each.text, "attachments": written_attachments(each.attachments)}
            for each in waiting
        ],
        ensure_ascii=False,
    )
    connection.execute(
        "INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", (place, written)
    )
